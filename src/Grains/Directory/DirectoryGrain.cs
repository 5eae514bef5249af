using OrleansIdentity.Grains.Applications;
using OrleansIdentity.Grains.Contracts.Applications;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Groups;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Tenants;
using OrleansIdentity.Scim;
using OrleansIdentity.Scim.Filters;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Directory;

/// <summary>Answers from the store. Its only memory is where walks through pages are.</summary>
[GrainType("directory")]
internal sealed class DirectoryGrain(IDirectoryStore store, TimeProvider time) : Grain, IDirectoryGrain
{
    private readonly PageWalks _walks = new(time);

    private string Tenant => this.GetPrimaryKeyString();

    public async Task<ListReply> ListUsersAsync(ListRequest request, CancellationToken cancellationToken)
    {
        var (refused, page) = await ListAsync(ResourceTypes.User, RecordKinds.User, request, cancellationToken);
        if (refused is not null)
        {
            return refused;
        }

        var memberships = await store.ReadMembershipsAsync(Tenant, [.. page!.Records.Select(record => record.Key.Id)], cancellationToken);
        var groups = GroupLinks.ByUser(memberships);
        return Reply(page, id => [.. groups[id]]);
    }

    public async Task<ListReply> ListGroupsAsync(ListRequest request, CancellationToken cancellationToken)
    {
        var (refused, page) = await ListAsync(ResourceTypes.Group, RecordKinds.Group, request, cancellationToken);
        return refused ?? Reply(page!, _ => []);
    }

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
        var byName = await store.FindAsync(Tenant, RecordKinds.User, new IndexKey("userName", folded, Unique: true), cancellationToken);
        var byEmail = await store.FindAsync(Tenant, RecordKinds.User, new IndexKey("emails.value", folded, Unique: false), cancellationToken);
        return byName.Count == 1 ? byName[0] : byEmail.Count == 1 ? byEmail[0] : null;
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

    private async Task<(ListReply? Refused, RecordPage? Page)> ListAsync(
        ResourceType type, string kind, ListRequest request, CancellationToken cancellationToken)
    {
        var parted = new MembershipFilter(null, null);
        if (request.Filter is { } text
            && (!Filter.Parse(type, text, ScimLimits.Default).TryGet(out var filter, out var error) || !MembershipFilter.From(filter).TryGet(out parted, out error)))
        {
            return (new ListReply(error, 0, []), null);
        }

        var step = new PageWalks.Step(request.Caller, kind, request.Filter, request.Count, request.StartIndex);
        var after = _walks.Before(step);
        var skip = after is null ? request.StartIndex - 1 : 0;
        var page = await store.QueryAsync(new RecordQuery(Tenant, kind, parted.Rest, after, skip, request.Count, parted.With), cancellationToken);
        if (page.Records.Count > 0)
        {
            _walks.Remember(step with { StartIndex = request.StartIndex + page.Records.Count }, page.Records[^1].Key.Id);
        }

        // Within a walk the total is what the walk has seen plus what is still ahead: resources deleted behind it must not end it early.
        return (null, after is null ? page : page with { Total = request.StartIndex - 1 + page.Remaining });
    }

    private static ListReply Reply(RecordPage page, Func<string, GroupLink[]> groups) => new(
        null, page.Total, [.. page.Records.Select(record => new ListedResource(record.Key.Id, record.Document, groups(record.Key.Id)))]);

    private static EventView View(StoredEvent stored)
    {
        var data = stored.Data;
        return new EventView(
            stored.Position, stored.CommitId, data.Type, data.Time, data.Kind, data.ResourceId, data.Version, data.Origin, data.Changes.ToArray());
    }
}
