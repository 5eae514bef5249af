using OrleansIdentity.Grains.Applications;
using OrleansIdentity.Grains.Contracts.Applications;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Schemas;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Tenants;
using OrleansIdentity.Grains.Users.SignOns;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Directory;

/// <summary>Answers from the store. Its only memory is where walks through pages are.</summary>
[GrainType("directory")]
internal sealed class DirectoryGrain(IDirectoryStore store, StoredUserTypes userTypes, TimeProvider time) : Grain, IDirectoryGrain
{
    private static readonly ListedType Groups = new(ResourceTypes.Group, RecordKinds.Group);

    private readonly Listing _listing = new(store, new PageWalks(time));

    private string Tenant => this.GetPrimaryKeyString();

    public async Task<ListReply> ListUsersAsync(ListRequest request, CancellationToken cancellationToken) =>
        await _listing.ReadAsync(Tenant, [await UsersAsync(request, cancellationToken)], request, cancellationToken);

    public Task<ListReply> ListGroupsAsync(ListRequest request, CancellationToken cancellationToken) =>
        _listing.ReadAsync(Tenant, [Groups], request, cancellationToken);

    public async Task<ListReply> ListAllAsync(ListRequest request, CancellationToken cancellationToken) =>
        await _listing.ReadAsync(Tenant, [await UsersAsync(request, cancellationToken), Groups], request, cancellationToken);

    public async Task<string[]> ReadMembersAsync(string groupId, string? after, int count, CancellationToken cancellationToken) =>
        [.. await store.ReadMembersAsync(new RecordKey(Tenant, RecordKinds.Group, groupId), after, count, cancellationToken)];

    public async Task<EventView[]> ReadEventsAsync(long after, int count, string? resourceId, CancellationToken cancellationToken)
    {
        var events = await store.ReadEventsAsync(Tenant, after, count, resourceId, cancellationToken);
        return [.. events.Select(View)];
    }

    public async Task<string?> FindLoginAsync(string login, CancellationToken cancellationToken)
    {
        var folded = CaseFolding.Fold(login);
        IndexKey[] keys = [new("userName", folded, Unique: true), new("emails.value", folded, Unique: false)];
        return await store.FindHoldersAsync(Tenant, RecordKinds.User, keys, 1, cancellationToken) switch
        {
            [{ Total: 1, Ids: [var named] }, _] => named,
            [_, { Total: 1, Ids: [var addressed] }] => addressed,
            _ => null,
        };
    }

    public async Task<SignOnMatch> FindSignOnAsync(string? oktaId, string? email, CancellationToken cancellationToken)
    {
        var (ofId, ofEmail) = SignOnMatching.Keys(oktaId, email);
        IndexKey[] keys = [.. ofId, .. ofEmail];
        var holders = keys.Length == 0 ? [] : await store.FindHoldersAsync(Tenant, RecordKinds.User, keys, SignOnMatching.Holders, cancellationToken);
        return SignOnMatching.Decide(holders.Take(ofId.Length).SelectMany(one => one.Ids), holders.Skip(ofId.Length).SelectMany(one => one.Ids));
    }

    public async Task RecordFactAsync(string type, string subject, EventOrigin origin)
    {
        var now = time.GetUtcNow();
        var data = new EventData(type, now, RecordKinds.Operator, subject, 0, origin, EventChanges.None);
        await store.CommitAsync(new Commit(Guid.CreateVersion7(now), Tenant, null, data));
    }

    public async Task<TenantView[]> ListTenantsAsync(string? afterSlug, int count, CancellationToken cancellationToken)
    {
        if (Tenant != RecordKey.SystemTenant)
        {
            throw new InvalidOperationException($"The directory of '{Tenant}' does not list tenants.");
        }

        var records = await store.ListTenantsAsync(afterSlug, count, cancellationToken);
        return [.. records.Select(record => TenantState.From(record).ToView())];
    }

    public async Task<ApplicationView[]> ListApplicationsAsync(CancellationToken cancellationToken)
    {
        var page = await store.QueryAsync(new RecordQuery(RecordKey.SystemTenant, RecordKinds.Application, null, null, 0, int.MaxValue), cancellationToken);
        return Tenant != RecordKey.SystemTenant
            ? throw new InvalidOperationException($"The directory of '{Tenant}' does not list applications.")
            : [.. page.Records.Select(record => (record.Key.Id, ApplicationState.From(record))).Select(one => new ApplicationView(one.Id, one.Item2.Name, one.Item2.CreatedAt))];
    }

    private async ValueTask<ListedType> UsersAsync(ListRequest request, CancellationToken cancellationToken) =>
        new((await userTypes.OfAsync(Tenant, request.SchemaRevision, cancellationToken)).Type, RecordKinds.User);

    private static EventView View(StoredEvent stored)
    {
        var data = stored.Data;
        return new EventView(
            stored.Position, stored.CommitId, data.Type, data.Time, data.Kind, data.ResourceId, data.Version, data.Origin, data.Changes.ToArray());
    }
}
