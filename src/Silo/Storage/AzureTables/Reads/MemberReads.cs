using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Lanes;

namespace OrleansIdentity.Silo.Storage.AzureTables.Reads;

/// <summary>Reads of members: the lane's index says who, the groups' rows say what is in them.</summary>
internal sealed class MemberReads(ILanes lanes, RecordLoads records, DepartureMarks marks)
{
    private const int Attempts = 10;

    /// <summary>A group's members behind an id, in order.</summary>
    public async Task<string[]> MembersAsync(RecordKey group, string? after, int count) =>
        (await lanes.Of(group.Tenant).PageRelatedAsync(RecordKinds.User, group.Id, after, 0, count)).Ids;

    /// <summary>Which of these ids are members.</summary>
    public async Task<HashSet<string>> FindAsync(RecordKey group, IReadOnlyCollection<string> ids) => ids.Count == 0
        ? []
        : new HashSet<string>(await lanes.Of(group.Tenant).FindRelatedAsync(RecordKinds.User, group.Id, [.. ids]), StringComparer.Ordinal);

    /// <summary>How many members each of some groups has.</summary>
    public Task<long[]> CountAsync(string tenant, IReadOnlyList<string> groups) => lanes.Of(tenant).CountMembersAsync([.. groups]);

    /// <summary>The memberships of users.</summary>
    public async Task<IReadOnlyList<Membership>> MembershipsAsync(string tenant, IReadOnlyList<string> users, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var groups = await lanes.Of(tenant).GroupsOfAsync([.. users]);
            string[] ids = [.. groups.SelectMany(some => some).Distinct(StringComparer.Ordinal)];

            // A group that is gone was deleted between the two reads: the index now says so too.
            if (await records.LoadAllAsync(tenant, RecordKinds.Group, ids, areAdjacent: false, cancellationToken) is { } found)
            {
                var byId = found.ToDictionary(group => group.Key.Id, StringComparer.Ordinal);
                return [.. users.Zip(groups).SelectMany(one => one.Second.Select(group => new Membership(one.First, byId[group])))];
            }
        }

        throw new StoreUnavailableException("The groups of these users change faster than they can be read.");
    }

    /// <summary>Groups, of all tenants, that have departed members.</summary>
    public async Task<IReadOnlyList<RecordKey>> ListDepartedAsync(int count, CancellationToken cancellationToken)
    {
        var departed = new List<RecordKey>();
        foreach (var tenant in (await marks.ReadAsync(cancellationToken)).GroupBy(mark => mark.Tenant, StringComparer.Ordinal))
        {
            if (departed.Count >= count)
            {
                break;
            }

            var answer = await lanes.Of(tenant.Key).ListDepartedAsync(count - departed.Count);
            departed.AddRange(answer.Groups.Select(group => new RecordKey(tenant.Key, RecordKinds.Group, group)));
            foreach (var mark in tenant.Where(mark => answer.Groups.Length == 0 && mark.Position < answer.Position))
            {
                await marks.RemoveAsync(mark, cancellationToken);
            }
        }

        return departed;
    }

    /// <summary>Departed members of a group, in order.</summary>
    public Task<string[]> DepartedAsync(RecordKey group, int count) => lanes.Of(group.Tenant).ReadDepartedAsync(group.Id, count);
}
