using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Silo.Storage.Sqlite;

/// <summary>
/// Carries out one commit inside the writer's transaction. Everything is checked before anything is written, so a refused commit leaves
/// nothing behind and needs no savepoint; there is one writer, so nothing can change between the two.
/// </summary>
internal static class CommitStatements
{
    /// <summary>Carries it out, or says why not.</summary>
    public static CommitOutcome Apply(SqliteSession session, Commit commit)
    {
        if (commit.Change is not { } change)
        {
            return new CommitOutcome.Committed(WriteEvent(session, commit));
        }

        var current = Current.Read(session, change.Key);
        if (current.CommitId == commit.Id)
        {
            // Sent again after an unknown outcome: it had become durable.
            return new CommitOutcome.Committed(current.Position);
        }

        if (current.IsDeleted || current.Version != change.ExpectedVersion)
        {
            return new CommitOutcome.Stale();
        }

        if (change is PutRecord candidate && FindTaken(session, candidate) is { } taken)
        {
            return taken;
        }

        if (commit.Members is { Added.Count: > 0 } joining && MemberStatements.Missing(session, commit.Tenant, joining.Added) is { Count: > 0 } missing)
        {
            return new CommitOutcome.Missing(missing);
        }

        if (commit.Guard is { } guard && !IsHeldByAnother(session, change.Key, guard.Key))
        {
            return new CommitOutcome.Refused();
        }

        var position = WriteEvent(session, commit);
        switch (change)
        {
            case PutRecord put:
                Put(session, put, current, commit.Id, position);
                if (commit.Members is { } members)
                {
                    MemberStatements.Apply(session, put.Key, members);
                }

                break;
            case DeleteRecord:
                Delete(session, change, current, commit, position);
                break;
        }

        return new CommitOutcome.Committed(position);
    }

    private static CommitOutcome.Taken? FindTaken(SqliteSession session, PutRecord put)
    {
        foreach (var key in put.Keys)
        {
            if (key.Unique
                && session.Bind(
                    "SELECT id FROM unique_key WHERE tenant = $0 AND kind = $1 AND attribute = $2 AND value = $3",
                    put.Key.Tenant, put.Key.Kind, key.Attribute, key.Value).ExecuteScalar() is string holder
                && holder != put.Key.Id)
            {
                return new CommitOutcome.Taken(key.Attribute, holder);
            }
        }

        return null;
    }

    private static bool IsHeldByAnother(SqliteSession session, RecordKey record, IndexKey key) => session.Number(
        "SELECT 1 FROM index_key WHERE tenant = $0 AND kind = $1 AND attribute = $2 AND value = $3 AND id <> $4 LIMIT 1",
        record.Tenant, record.Kind, key.Attribute, key.Value, record.Id) is not null;

    private static void Put(SqliteSession session, PutRecord put, Current current, Guid commitId, long position)
    {
        var (tenant, kind, id) = put.Key;
        var keys = JsonSerializer.Serialize(put.Keys, StatementJson.Default.IReadOnlyListIndexKey);
        if (current.Keys != keys)
        {
            RemoveKeys(session, put.Key, current.Keys);
            foreach (var key in put.Keys)
            {
                session.Execute(
                    key.Unique
                        ? "INSERT INTO unique_key (tenant, kind, attribute, value, id) VALUES ($0, $1, $2, $3, $4)"
                        : "INSERT INTO index_key (tenant, kind, attribute, value, id) VALUES ($0, $1, $2, $3, $4)",
                    tenant, kind, key.Attribute, key.Value, id);
            }
        }

        var (document, hidden) = (put.Document.ToArray(), put.Private.ToArray());
        if (current.Version == 0)
        {
            session.Execute(
                "INSERT INTO record (tenant, kind, id, version, commit_id, position, keys, document, private) VALUES ($0, $1, $2, 1, $3, $4, $5, $6, $7)",
                tenant, kind, id, commitId.ToByteArray(), position, keys, document, hidden);
            Tally(session, put.Key, +1);
        }
        else
        {
            session.Execute(
                "UPDATE record SET version = $3, commit_id = $4, position = $5, keys = $6, document = $7, private = $8 WHERE tenant = $0 AND kind = $1 AND id = $2",
                tenant, kind, id, current.Version + 1, commitId.ToByteArray(), position, keys, document, hidden);
        }
    }

    private static void Delete(SqliteSession session, RecordChange change, Current current, Commit commit, long position)
    {
        var (tenant, kind, id) = change.Key;
        RemoveKeys(session, change.Key, current.Keys);
        MemberStatements.Forget(session, change.Key);
        session.Execute("DELETE FROM record WHERE tenant = $0 AND kind = $1 AND id = $2", tenant, kind, id);
        session.Execute(
            "INSERT INTO tombstone (tenant, kind, id, version, commit_id, position, deleted_at) VALUES ($0, $1, $2, $3, $4, $5, $6)",
            tenant, kind, id, current.Version + 1, commit.Id.ToByteArray(), position, commit.Event.Time.UtcTicks);
        Tally(session, change.Key, -1);
    }

    private static void RemoveKeys(SqliteSession session, RecordKey record, string keys)
    {
        foreach (var key in JsonSerializer.Deserialize(keys, StatementJson.Default.IReadOnlyListIndexKey)!)
        {
            session.Execute(
                key.Unique
                    ? "DELETE FROM unique_key WHERE tenant = $0 AND kind = $1 AND attribute = $2 AND value = $3 AND id = $4"
                    : "DELETE FROM index_key WHERE tenant = $0 AND kind = $1 AND attribute = $2 AND value = $3 AND id = $4",
                record.Tenant, record.Kind, key.Attribute, key.Value, record.Id);
        }
    }

    private static void Tally(SqliteSession session, RecordKey record, int step) => session.Execute(
        "INSERT INTO tally (tenant, kind, total) VALUES ($0, $1, $2) ON CONFLICT (tenant, kind) DO UPDATE SET total = total + excluded.total",
        record.Tenant, record.Kind, step);

    private static long WriteEvent(SqliteSession session, Commit commit)
    {
        var data = commit.Event;
        var position = session.Number(
            "INSERT INTO sequence (tenant, position) VALUES ($0, 1) ON CONFLICT (tenant) DO UPDATE SET position = position + 1 RETURNING position",
            commit.Tenant)!.Value;
        session.Execute(
            "INSERT INTO event (tenant, position, commit_id, time, type, kind, resource_id, version, source, actor, correlation_id, changes) "
            + "VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            commit.Tenant, position, commit.Id.ToByteArray(), data.Time.UtcTicks, data.Type, data.Kind, data.ResourceId, data.Version,
            data.Origin.Source, data.Origin.Actor, data.Origin.CorrelationId, data.Changes.ToArray());
        return position;
    }

    /// <summary>What the store holds of a record before the commit.</summary>
    private readonly record struct Current(long Version, Guid CommitId, long Position, string Keys, bool IsDeleted)
    {
        private const string NoKeys = "[]";

        public static Current Read(SqliteSession session, RecordKey key)
        {
            using (var row = session.Bind(
                "SELECT version, commit_id, position, keys FROM record WHERE tenant = $0 AND kind = $1 AND id = $2", key.Tenant, key.Kind, key.Id).ExecuteReader())
            {
                if (row.Read())
                {
                    return new Current(row.GetInt64(0), new Guid(row.GetFieldValue<byte[]>(1)), row.GetInt64(2), row.GetString(3), false);
                }
            }

            using var grave = session.Bind(
                "SELECT version, commit_id, position FROM tombstone WHERE tenant = $0 AND kind = $1 AND id = $2", key.Tenant, key.Kind, key.Id).ExecuteReader();
            return grave.Read()
                ? new Current(grave.GetInt64(0), new Guid(grave.GetFieldValue<byte[]>(1)), grave.GetInt64(2), NoKeys, true)
                : new Current(0, Guid.Empty, 0, NoKeys, false);
        }
    }
}

[JsonSerializable(typeof(IReadOnlyList<IndexKey>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class StatementJson : JsonSerializerContext;
