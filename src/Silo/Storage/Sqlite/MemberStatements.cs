using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Silo.Storage.Sqlite;

/// <summary>Writes member rows inside the writer's transaction.</summary>
internal static class MemberStatements
{
    /// <summary>Which of these are no users of the tenant.</summary>
    public static List<string> Missing(SqliteSession session, string tenant, IReadOnlyList<string> ids)
    {
        var missing = new List<string>();
        foreach (var id in ids)
        {
            if (session.Number("SELECT 1 FROM record WHERE tenant = $0 AND kind = 'user' AND id = $1", tenant, id) is null)
            {
                missing.Add(id);
            }
        }

        return missing;
    }

    /// <summary>Carries out what a commit does to the members of its group.</summary>
    public static void Apply(SqliteSession session, RecordKey group, MemberDelta members)
    {
        foreach (var id in members.Removed)
        {
            session.Execute("DELETE FROM member WHERE tenant = $0 AND group_id = $1 AND member_id = $2", group.Tenant, group.Id, id);
        }

        foreach (var id in members.Added)
        {
            session.Execute(
                "INSERT INTO member (tenant, group_id, member_id, departed) VALUES ($0, $1, $2, 0) ON CONFLICT DO NOTHING", group.Tenant, group.Id, id);
        }
    }

    /// <summary>Carries out what the deletion of a record means for memberships.</summary>
    public static void Forget(SqliteSession session, RecordKey deleted)
    {
        switch (deleted.Kind)
        {
            case RecordKinds.Group:
                session.Execute("DELETE FROM member WHERE tenant = $0 AND group_id = $1", deleted.Tenant, deleted.Id);
                break;
            case RecordKinds.User:
                session.Execute("UPDATE member SET departed = 1 WHERE tenant = $0 AND member_id = $1", deleted.Tenant, deleted.Id);
                break;
        }
    }
}
