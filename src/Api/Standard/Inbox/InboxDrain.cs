using System.Collections.Concurrent;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Standard.Orgs;
using OrleansIdentity.Api.Standard.People;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Standard.Mapping;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Okta.Results;

namespace OrleansIdentity.Api.Standard.Inbox;

/// <summary>
/// Looks into a tenant's inbox: whoever waits is read again from Okta and applied. A person that makes trouble keeps no other from it; an org that does not answer
/// keeps all of them waiting, for as long as it takes.
/// </summary>
internal sealed partial class InboxDrain(
    GrainsOf<IInboxGrain> inboxes,
    GrainsOf<ITenantProvisioningGrain> tenants,
    TenantOrgs orgs,
    PersonReader reader,
    PersonApplier applier,
    TimeProvider time,
    ILogger<InboxDrain> logger)
{
    private const int AtOnce = 20;
    private const int Parallel = 4;

    private static readonly EventOrigin Origin = new("hook", "okta", "");
    private static readonly TimeSpan OrgPause = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _paused = new(StringComparer.Ordinal);

    /// <summary>Works until nobody is to be read now.</summary>
    /// <returns>When there will be more to do (UTC); null when nobody is waiting.</returns>
    public async Task<DateTimeOffset?> RunAsync(string tenant, CancellationToken cancellationToken)
    {
        var inbox = inboxes.Get(tenant);
        if (_paused.TryGetValue(tenant, out var until) && until > time.GetUtcNow())
        {
            return until;
        }

        while (true)
        {
            var work = await inbox.TakeAsync(AtOnce).WaitAsync(cancellationToken);
            if (work.Subjects.Length == 0)
            {
                return work.NextAt;
            }

            var isAnswering = true;
            await System.Threading.Tasks.Parallel.ForEachAsync(
                work.Subjects,
                new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
                async (subject, cancelled) =>
                {
                    if (!Volatile.Read(ref isAnswering) || !await TryAsync(tenant, inbox, subject, cancelled))
                    {
                        Volatile.Write(ref isAnswering, false);
                        await inbox.PostponeAsync(subject);
                    }
                });
            if (!isAnswering)
            {
                return _paused[tenant] = time.GetUtcNow() + OrgPause;
            }
        }
    }

    // False when Okta cannot be asked at the moment.
    private async Task<bool> TryAsync(string tenant, IInboxGrain inbox, string subject, CancellationToken cancellationToken)
    {
        try
        {
            // Before each person: a tenant that is switched off, or whose method changes, is so for the next one.
            if (await tenants.Get(tenant).ReadProvisioningAsync() is not { IsStandardInForce: true } provisioning)
            {
                await inbox.DoneAsync(subject);
                return true;
            }

            if (!orgs.Of(tenant, provisioning.Access!).TryGet(out var org, out var failure))
            {
                LogOrg(tenant, failure.Describe().Id);
                return false;
            }

            // Taken before the read: what happens in Okta while it is under way, another event tells.
            var readAt = time.GetUtcNow();
            switch (await reader.ReadAsync(org, subject, cancellationToken))
            {
                case PersonRead.Failed failed:
                    LogOrg(tenant, failed.Failure.Describe().Id);
                    return false;
                case PersonRead.Unfit unfit:
                    await inbox.FailAsync(subject, new Refusal(422, unfit.Error.Id, unfit.Error.Message));
                    return true;
                case var read when await ApplyAsync(new SyncCall(tenant, provisioning, Origin), read, readAt, cancellationToken) is { Refusal: { } refusal }:
                    await inbox.FailAsync(subject, refusal);
                    return true;
                default:
                    await inbox.DoneAsync(subject);
                    return true;
            }
        }
        catch (Exception exception) when (Problem.IsPassing(exception))
        {
            LogPassing(tenant, exception);
            return false;
        }
    }

    private async Task<Applied?> ApplyAsync(SyncCall call, PersonRead read, DateTimeOffset readAt, CancellationToken cancellationToken) => read switch
    {
        PersonRead.Found found => await applier.ApplyAsync(
            call, OktaProfileMapper.Map(await applier.TypesAsync(call.Tenant, call.Provisioning, cancellationToken), found.Person), null, readAt, cancellationToken),
        PersonRead.Gone { OktaId: { } oktaId } => await applier.RemoveAsync(call, oktaId, null, readAt, cancellationToken),
        _ => null,
    };

    [LoggerMessage(1, LogLevel.Warning, "People of tenant {Tenant} that event hooks named could not be read again ({Reason}); it is tried again.")]
    private partial void LogOrg(string tenant, string reason);

    [LoggerMessage(2, LogLevel.Warning, "The inbox of tenant {Tenant} could not be worked on; it is tried again.")]
    private partial void LogPassing(string tenant, Exception exception);
}
