using OrleansIdentity.Api.Tenancy;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Schemas;
using OrleansIdentity.Grains.Standard.Mapping;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Standard.People;

/// <summary>Finds who somebody of Okta is, and has the user's grain become what was read.</summary>
internal sealed class PersonApplier(GrainsOf<IJoinGrain> joins, GrainsOf<IUserGrain> users, TenantUserTypes types, TimeProvider time)
{
    private const int Attempts = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Refusal Ambiguous = new(
        409, "account-ambiguous", "Several accounts have the person's e-mail address or Okta id. Nothing was changed. Correct them so that one has it.");

    /// <summary>Users as the tenant has them.</summary>
    public ValueTask<TenantUserType> TypesAsync(string tenant, Provisioning provisioning, CancellationToken cancellationToken) =>
        types.OfAsync(tenant, provisioning.SchemaRevision, cancellationToken);

    /// <summary>Who some people are.</summary>
    public Task<Joined[]> JoinAsync(string tenant, IEnumerable<MappedPerson> people, bool compare, CancellationToken cancellationToken) => joins.Get(tenant).FindAsync(
        [.. people.Select(person => new JoinRequest(person.OktaId, person.UserName, person.Email, compare ? person.Digest : null))], cancellationToken);

    /// <summary>Applies a person.</summary>
    /// <param name="call">For whom, and by what right.</param>
    /// <param name="person">The person as read.</param>
    /// <param name="joined">Who it is, when that is known.</param>
    /// <param name="readAt">When the read began (UTC).</param>
    /// <param name="cancellationToken">Gives up, with an exception.</param>
    public async Task<Applied> ApplyAsync(SyncCall call, MappedPerson person, Joined? joined, DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        var applied = new Applied(SyncResult.Unchanged, null, null, JoinedBy.Nothing, []);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            joined ??= (await JoinAsync(call.Tenant, [person], compare: false, cancellationToken))[0];
            if (joined.By == JoinedBy.Ambiguous)
            {
                return applied with { Result = SyncResult.Refused, Refusal = Ambiguous, By = joined.By };
            }

            if (joined.UserId is null && !person.IsActive)
            {
                return applied;
            }

            var id = joined.UserId ?? ResourceId.New(time.GetUtcNow());
            var command = Command(call, person.OktaId, readAt, person.IsActive) with { Fields = person.Fields, Digest = person.Digest, OktaUpdatedAt = person.UpdatedAt };
            applied = Told(await users.Get(GrainKeys.Resource(call.Tenant, id)).SyncAsync(command).WaitAsync(cancellationToken), id, joined.By);

            // Somebody else made the user meanwhile, or it is gone: then who it is has another answer.
            if (applied.Refusal is not { Id: "value-taken" or "resource-not-found" } || call.IsRehearsal)
            {
                return applied;
            }

            joined = null;
        }

        return applied;
    }

    /// <summary>Takes access from whoever is no longer assigned.</summary>
    public async Task<Applied> RemoveAsync(SyncCall call, string oktaId, string? userId, DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        var id = userId ?? (await joins.Get(call.Tenant).FindAsync([new JoinRequest(oktaId, null, null, null)], cancellationToken))[0].UserId;
        if (id is null)
        {
            return new Applied(SyncResult.Unchanged, null, null, JoinedBy.Nothing, []);
        }

        var reply = await users.Get(GrainKeys.Resource(call.Tenant, id)).SyncAsync(Command(call, oktaId, readAt, isActive: false)).WaitAsync(cancellationToken);
        return reply.Error?.Id == "resource-not-found" ? new Applied(SyncResult.Unchanged, null, id, JoinedBy.OktaId, []) : Told(reply, id, JoinedBy.OktaId);
    }

    private SyncUser Command(SyncCall call, string oktaId, DateTimeOffset readAt, bool isActive) =>
        new(call.Origin, time.GetUtcNow() + Patience, oktaId, readAt, isActive)
        {
            SchemaRevision = call.Provisioning.SchemaRevision,
            Invitations = call.Provisioning.Settings.Invitations,
            IsRehearsal = call.IsRehearsal,
        };

    private static Applied Told(SyncReply reply, string userId, JoinedBy by) => new(
        reply.Result, reply.Error is { } error ? new Refusal(error.Status, error.Id, error.Detail) : null, userId, by, reply.Changes);
}

/// <summary>For whom people are applied.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Provisioning">How its users are provisioned.</param>
/// <param name="Origin">What asks for it.</param>
/// <param name="IsRehearsal">Whether nothing may be changed.</param>
internal sealed record SyncCall(string Tenant, Provisioning Provisioning, EventOrigin Origin, bool IsRehearsal = false);

/// <summary>What became of a person.</summary>
/// <param name="Result">What.</param>
/// <param name="Refusal">Why it was refused; null otherwise.</param>
/// <param name="UserId">The user; null for nobody.</param>
/// <param name="By">By what it was found.</param>
/// <param name="Changes">What differed, as an event holds it.</param>
internal sealed record Applied(SyncResult Result, Refusal? Refusal, string? UserId, JoinedBy By, byte[] Changes);
