using OrleansIdentity.Api.Standard.Orgs;
using OrleansIdentity.Api.Standard.People;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Standard;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Okta.Apps;
using OrleansIdentity.Okta.Paging;
using OrleansIdentity.Okta.Results;

namespace OrleansIdentity.Api.Standard.Runs;

/// <summary>Takes a step of a run: asks Okta, changes who differs, reports.</summary>
internal sealed class RunWalker(
    GrainsOf<ISyncGrain> runs, GrainsOf<ITenantProvisioningGrain> tenants, TenantOrgs orgs, PageSync pages, AbsentSync absent, TimeProvider time)
{
    /// <summary>How many people are on a page: with their profiles, each is some kilobytes.</summary>
    public const int PageSize = 200;

    private static readonly OktaError NotInForce = new(
        "sync-standard-not-in-force", "The integration is disabled, or the tenant is not provisioned by Standard any more. The run ended as it was; a later one does what is left.");

    private static readonly OktaError PageLoop = new("okta-page-loop", "The list leads back to the page that was just read. The walk begins anew.");

    /// <summary>Takes a step.</summary>
    /// <returns>When to go on (UTC); null for at once.</returns>
    public async Task<DateTimeOffset?> TakeStepAsync(string tenant, RunStep step, CancellationToken cancellationToken)
    {
        if (await tenants.Get(tenant).ReadProvisioningAsync() is not { IsStandardInForce: true } provisioning)
        {
            await runs.Get(tenant).StopAsync(step.Place, Reason(NotInForce));
            return null;
        }

        if (!orgs.Of(tenant, provisioning.Access!).TryGet(out var org, out var failure))
        {
            return await PauseAsync(tenant, step, failure);
        }

        var call = new SyncCall(tenant, provisioning, new EventOrigin("sync", "sync", step.Place.RunId), step.IsRehearsal);
        switch (step.Place.Phase)
        {
            case RunPhase.Walking:
                return await WalkAsync(call, org, step, cancellationToken);
            case RunPhase.Listing:
                await runs.Get(tenant).ListAbsentAsync(step.Place).WaitAsync(cancellationToken);
                return null;
            case RunPhase.Weighing:
                var weighed = await absent.WeighAsync(org, step.Absent, cancellationToken);
                if (weighed.Report is { Gone: var gone, Still: var still } && gone + still > 0)
                {
                    await runs.Get(tenant).WeighedAsync(step.Place, weighed.Report);
                }

                return weighed.Failure is { } unknown ? await PauseAsync(tenant, Moved(step, weighed.Report.Gone + weighed.Report.Still), unknown) : null;
            default:
                var removed = await absent.RemoveAsync(call, org, step.Absent, cancellationToken);
                if (removed.Report.Count > 0 || step.Absent.Length == 0)
                {
                    await runs.Get(tenant).RemovalsDoneAsync(step.Place, removed.Report);
                }

                return removed.Failure is { } cut ? await PauseAsync(tenant, Moved(step, removed.Report.Count), cut) : null;
        }
    }

    private async Task<DateTimeOffset?> WalkAsync(SyncCall call, TenantOrg org, RunStep step, CancellationToken cancellationToken)
    {
        var readAt = time.GetUtcNow();
        var cursor = step.Cursor is { } url ? new PageCursor(url) : null;
        var read = await org.Client.GetAppUsersPageAsync(org.AppId, new AppUserQuery(PageSize, WithUsers: true), cursor, cancellationToken);
        if (!read.TryGet(out var page, out var failure))
        {
            return cursor is not null && failure is OktaFailure.Refused { Error: { Id: "okta-cursor-expired" or "okta-cursor-foreign" } error }
                ? await RestartAsync(call.Tenant, step, error)
                : await PauseAsync(call.Tenant, step, failure);
        }

        if (page.Next is { } next && next == cursor)
        {
            return await RestartAsync(call.Tenant, step, PageLoop);
        }

        org.AppSeenAt = readAt;
        var report = await pages.SyncAsync(call, org, page.Items, readAt, rows => runs.Get(call.Tenant).PlanAsync(step.Place, rows), cancellationToken);
        await runs.Get(call.Tenant).PageDoneAsync(step.Place, report with { Next = page.Next?.Url });
        return null;
    }

    private async Task<DateTimeOffset?> RestartAsync(string tenant, RunStep step, OktaError why)
    {
        var until = time.GetUtcNow() + Backoff.After(step.Failures + 1);
        await runs.Get(tenant).RestartAsync(step.Place, Reason(why), until);
        return until;
    }

    // A rate limit is no failure: the run goes on when there is something left of it, and says nothing.
    private async Task<DateTimeOffset?> PauseAsync(string tenant, RunStep step, OktaFailure failure)
    {
        if (failure is OktaFailure.RateLimited limited)
        {
            return limited.Until;
        }

        var until = time.GetUtcNow() + Backoff.After(step.Failures + 1);
        await runs.Get(tenant).PauseAsync(step.Place, Reason(failure.Describe()), until);
        return until;
    }

    private static RunStep Moved(RunStep step, int by) => step with { Place = step.Place with { Number = step.Place.Number + by } };

    private static Refusal Reason(OktaError error) => new(503, error.Id, error.Message);
}
