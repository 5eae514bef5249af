using System.Text.Json;
using Microsoft.Data.Sqlite;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Silo.Storage.Sqlite;

/// <summary>Reads of member rows. Each is a range of one index.</summary>
internal static class MemberReads
{
    /// <summary>A group's members behind an id, in order.</summary>
    public static List<string> Members(SqliteSession session, RecordKey group, string after, int count) => Ids(session.Bind(
        "SELECT member_id FROM member WHERE tenant = $0 AND group_id = $1 AND member_id > $2 AND departed = 0 ORDER BY member_id LIMIT $3",
        group.Tenant, group.Id, after, count));

    /// <summary>Which of these ids are members.</summary>
    public static HashSet<string> Find(SqliteSession session, RecordKey group, IReadOnlyCollection<string> ids)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (session.Number(
                "SELECT 1 FROM member WHERE tenant = $0 AND group_id = $1 AND member_id = $2 AND departed = 0", group.Tenant, group.Id, id) is not null)
            {
                found.Add(id);
            }
        }

        return found;
    }

    /// <summary>How many members each of some groups has.</summary>
    public static long[] Count(SqliteSession session, string tenant, IReadOnlyList<string> groups) =>
        [.. groups.Select(group => session.Number("SELECT count(*) FROM member WHERE tenant = $0 AND group_id = $1 AND departed = 0", tenant, group) ?? 0)];

    /// <summary>The memberships of users. One statement for all users, and each group is read once: a page of a list asks for a hundred.</summary>
    public static List<Membership> Memberships(SqliteSession session, string tenant, IReadOnlyList<string> users)
    {
        var pairs = new List<(string User, string Group)>();
        using (var rows = session.Bind(
            "SELECT m.member_id, m.group_id FROM json_each($1) AS asked CROSS JOIN member AS m "
            + "WHERE m.tenant = $0 AND m.member_id = asked.value AND m.departed = 0 ORDER BY asked.key, m.group_id",
            tenant, JsonSerializer.Serialize(users, StatementJson.Default.IReadOnlyListString)).ExecuteReader())
        {
            while (rows.Read())
            {
                pairs.Add((rows.GetString(0), rows.GetString(1)));
            }
        }

        var groups = new Dictionary<string, StoredRecord>(StringComparer.Ordinal);
        foreach (var (_, id) in pairs)
        {
            if (!groups.ContainsKey(id) && RecordReads.Load(session, new RecordKey(tenant, RecordKinds.Group, id)) is { } group)
            {
                groups.Add(id, group);
            }
        }

        // A group that was deleted between the two reads has no members any more.
        return [.. pairs.Where(pair => groups.ContainsKey(pair.Group)).Select(pair => new Membership(pair.User, groups[pair.Group]))];
    }

    /// <summary>Groups, of all tenants, that have departed members.</summary>
    public static List<RecordKey> Departed(SqliteSession session, int count)
    {
        var groups = new List<RecordKey>();
        using var rows = session.Bind("SELECT DISTINCT tenant, group_id FROM member WHERE departed = 1 ORDER BY tenant, group_id LIMIT $0", count).ExecuteReader();
        while (rows.Read())
        {
            groups.Add(new RecordKey(rows.GetString(0), RecordKinds.Group, rows.GetString(1)));
        }

        return groups;
    }

    /// <summary>Departed members of a group.</summary>
    public static List<string> Departed(SqliteSession session, RecordKey group, int count) => Ids(session.Bind(
        "SELECT member_id FROM member WHERE departed = 1 AND tenant = $0 AND group_id = $1 ORDER BY member_id LIMIT $2", group.Tenant, group.Id, count));

    /// <summary>The ids at the other end of a query's memberships: those behind <see cref="RecordQuery.AfterId"/>, or from the first on.</summary>
    public static List<string> Related(SqliteSession session, RecordQuery query, string after, int skip, int count) => Ids(session.Bind(
        query.Kind == RecordKinds.User
            ? "SELECT member_id FROM member WHERE tenant = $0 AND group_id = $1 AND member_id > $2 AND departed = 0 ORDER BY member_id LIMIT $3 OFFSET $4"
            : "SELECT group_id FROM member WHERE tenant = $0 AND member_id = $1 AND group_id > $2 AND departed = 0 ORDER BY group_id LIMIT $3 OFFSET $4",
        query.Tenant, query.MembershipWith!, after, count, skip));

    /// <summary>How many there are of them.</summary>
    public static long CountRelated(SqliteSession session, RecordQuery query, string after) => session.Number(
        query.Kind == RecordKinds.User
            ? "SELECT count(*) FROM member WHERE tenant = $0 AND group_id = $1 AND member_id > $2 AND departed = 0"
            : "SELECT count(*) FROM member WHERE tenant = $0 AND member_id = $1 AND group_id > $2 AND departed = 0",
        query.Tenant, query.MembershipWith!, after) ?? 0;

    private static List<string> Ids(SqliteCommand command)
    {
        var ids = new List<string>();
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            ids.Add(rows.GetString(0));
        }

        return ids;
    }
}
