using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.People;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Groups;
using OrleansIdentity.Grains.Profiles;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users;
using OrleansIdentity.Grains.Users.Accounts;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.People;

/// <summary>Answers from the store.</summary>
[GrainType("people")]
internal sealed class PeopleGrain(IDirectoryStore store) : Grain, IPeopleGrain
{
    private string Tenant => this.GetPrimaryKeyString();

    public async Task<PeopleReply> ListAsync(PeopleRequest request, CancellationToken cancellationToken)
    {
        if (PeopleSearch.Refuse(request) is { } refusal)
        {
            return new PeopleReply(refusal, 0, [], HasMore: false);
        }

        if (request.Status == AccountStatuses.Anonymised)
        {
            var remains = await store.QueryAsync(Page(RecordKinds.Anonymised, request.After, request.Count), cancellationToken);
            return new PeopleReply(null, remains.Total, [.. remains.Records.Select(Remains.View)], HasMore(remains));
        }

        // A team or a manager that there is not has nobody; it is no mistake to ask.
        if (await ConditionsAsync(request, cancellationToken) is not { } conditions)
        {
            return new PeopleReply(null, 0, [], HasMore: false);
        }

        var filter = PeopleSearch.Filter(request.Search);
        var page = conditions.Count > 0
            ? await store.FindAsync(
                new KeyQuery(Tenant, RecordKinds.User, conditions, filter, request.Group, request.After, request.Count), cancellationToken)
            : await store.QueryAsync(
                new RecordQuery(Tenant, RecordKinds.User, filter, request.After, 0, request.Count, request.Group), cancellationToken);
        var memberships = await store.ReadMembershipsAsync(Tenant, [.. page.Records.Select(record => record.Key.Id)], cancellationToken);
        var groups = GroupLinks.ByUser(memberships);
        return new PeopleReply(
            null, page.Total, [.. page.Records.Select(record => UserRecord.From(record).ToView(record.Key.Id) with { Groups = [.. groups[record.Key.Id]] })], HasMore(page));
    }

    public async Task<string?[]> ResolveAsync(string[] names, bool withOktaIds, CancellationToken cancellationToken)
    {
        var keys = Array.ConvertAll(names, name => PersonName.Keys(name, withOktaIds));
        var holders = await store.FindHoldersAsync(Tenant, RecordKinds.User, [.. keys.SelectMany(several => several)], 2, cancellationToken);
        var next = 0;
        return Array.ConvertAll(keys, several =>
        {
            var ids = holders.Skip(next).Take(several.Count).SelectMany(holder => holder.Ids).Distinct(StringComparer.Ordinal).Take(2).ToArray();
            next += several.Count;
            return ids is [var one] ? one : null;
        });
    }

    public async Task<TeamPage> ListTeamsAsync(string? after, int count, CancellationToken cancellationToken)
    {
        var page = await store.QueryAsync(Page(RecordKinds.Team, after, count), cancellationToken);
        var names = page.Records.Select(Teams.Name).ToArray();
        var members = await store.FindHoldersAsync(Tenant, RecordKinds.User, Array.ConvertAll(names, TeamName.Key), 0, cancellationToken);
        return new TeamPage(page.Total, [.. page.Records.Select((record, index) => new TeamView(record.Key.Id, names[index], members[index].Total))], HasMore(page));
    }

    public async Task<TeamView?> ReadTeamAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.LoadAsync(new RecordKey(Tenant, RecordKinds.Team, id), cancellationToken) is not { } team)
        {
            return null;
        }

        var members = await store.FindHoldersAsync(Tenant, RecordKinds.User, [TeamName.Key(Teams.Name(team))], 0, cancellationToken);
        return new TeamView(id, Teams.Name(team), members[0].Total);
    }

    public async Task<GroupPage> ListGroupsAsync(string? after, int count, CancellationToken cancellationToken)
    {
        var page = await store.QueryAsync(Page(RecordKinds.Group, after, count), cancellationToken);
        return new GroupPage(page.Total, await ViewAsync(page.Records, cancellationToken), HasMore(page));
    }

    public async Task<GroupView?> ReadGroupAsync(string id, CancellationToken cancellationToken) =>
        await store.LoadAsync(new RecordKey(Tenant, RecordKinds.Group, id), cancellationToken) is { } group ? (await ViewAsync([group], cancellationToken))[0] : null;

    private async Task<List<KeyCondition>?> ConditionsAsync(PeopleRequest request, CancellationToken cancellationToken)
    {
        // The one that the fewest fulfil comes first.
        var conditions = new List<KeyCondition>();
        if (request.Manager is { } manager)
        {
            if (await store.LoadAsync(new RecordKey(Tenant, RecordKinds.User, manager), cancellationToken) is not { } record)
            {
                return null;
            }

            conditions.Add(new KeyCondition(UserKeys.Manager, PersonName.Of(manager, ResourceDocument.ReadAttributes(record.Document.Span))));
        }

        if (request.Team is { } team)
        {
            if (await store.LoadAsync(new RecordKey(Tenant, RecordKinds.Team, team), cancellationToken) is not { } record)
            {
                return null;
            }

            conditions.Add(Condition(TeamName.Key(Teams.Name(record))));
        }

        conditions.AddRange(
            from one in ((string Attribute, string? Value)[])[(UserKeys.Misfit, request.Misfit), (AccountKeys.Role, request.Role), (AccountKeys.Status, request.Status)]
            where one.Value is not null
            select new KeyCondition(one.Attribute, [one.Value]));
        return conditions;
    }

    private async Task<GroupView[]> ViewAsync(IReadOnlyList<StoredRecord> groups, CancellationToken cancellationToken)
    {
        var members = await store.CountMembersAsync(Tenant, [.. groups.Select(group => group.Key.Id)], cancellationToken);
        return [.. groups.Select((group, index) => new GroupView(group.Key.Id, GroupLinks.Name(group), members[index]))];
    }

    private RecordQuery Page(string kind, string? after, int count) => new(Tenant, kind, null, after, 0, count);

    private static bool HasMore(RecordPage page) => page.Remaining > page.Records.Count && page.Records.Count > 0;

    private static KeyCondition Condition(IndexKey key) => new(key.Attribute, [key.Value]);
}
