using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Silo.Storage.Sqlite;

/// <summary>Reads of events.</summary>
internal static class EventReads
{
    private const string Columns = "position, commit_id, time, type, kind, resource_id, version, source, actor, correlation_id, changes";

    /// <summary>Events behind a position, in order; of one resource, or of all.</summary>
    public static List<StoredEvent> Read(SqliteSession session, string tenant, long after, int count, string? resourceId)
    {
        using var rows = (resourceId is null
            ? session.Bind($"SELECT {Columns} FROM event WHERE tenant = $0 AND position > $1 ORDER BY position LIMIT $2", tenant, after, count)
            : session.Bind(
                $"SELECT {Columns} FROM event WHERE tenant = $0 AND position > $1 AND resource_id = $3 ORDER BY position LIMIT $2",
                tenant, after, count, resourceId)).ExecuteReader();
        var events = new List<StoredEvent>();
        while (rows.Read())
        {
            var origin = new EventOrigin(rows.GetString(7), rows.GetString(8), rows.GetString(9));
            var data = new EventData(
                rows.GetString(3), new DateTimeOffset(rows.GetInt64(2), TimeSpan.Zero), rows.GetString(4), rows.GetString(5), rows.GetInt64(6),
                origin, rows.GetFieldValue<byte[]>(10));
            events.Add(new StoredEvent(rows.GetInt64(0), new Guid(rows.GetFieldValue<byte[]>(1)), data));
        }

        return events;
    }
}
