using Microsoft.Data.Sqlite;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Silo.Storage.Sqlite;

/// <summary>Reads of records by key, by index and in pages.</summary>
internal static class RecordReads
{
    private const string Columns = "id, version, commit_id, document, private";

    /// <summary>One record; null when there is none.</summary>
    public static StoredRecord? Load(SqliteSession session, RecordKey key)
    {
        using var row = session.Bind(
            $"SELECT {Columns} FROM record WHERE tenant = $0 AND kind = $1 AND id = $2", key.Tenant, key.Kind, key.Id).ExecuteReader();
        return row.Read() ? Record(row, key.Tenant, key.Kind) : null;
    }

    /// <summary>The ids of the records that an index names, in order.</summary>
    public static List<string> Find(SqliteSession session, string tenant, string kind, IndexedLookup lookup)
    {
        return lookup.Attribute == IndexedLookup.Id
            ? [lookup.Value]
            : Find(session, tenant, kind, new IndexKey(lookup.Attribute, lookup.Value, lookup.IsUnique));
    }

    /// <summary>The ids of the records that hold a key, in order.</summary>
    public static List<string> Find(SqliteSession session, string tenant, string kind, IndexKey key)
    {
        var ids = new List<string>();
        using var rows = session.Bind(
            key.Unique
                ? "SELECT id FROM unique_key WHERE tenant = $0 AND kind = $1 AND attribute = $2 AND value = $3"
                : "SELECT id FROM index_key WHERE tenant = $0 AND kind = $1 AND attribute = $2 AND value = $3 ORDER BY id",
            tenant, kind, key.Attribute, key.Value).ExecuteReader();
        while (rows.Read())
        {
            ids.Add(rows.GetString(0));
        }

        return ids;
    }

    /// <summary>How many records there are.</summary>
    public static long Total(SqliteSession session, string tenant, string kind) =>
        session.Number("SELECT total FROM tally WHERE tenant = $0 AND kind = $1", tenant, kind) ?? 0;

    /// <summary>How many records lie behind an id.</summary>
    public static long Remaining(SqliteSession session, string tenant, string kind, string after) =>
        session.Number("SELECT count(*) FROM record WHERE tenant = $0 AND kind = $1 AND id > $2", tenant, kind, after) ?? 0;

    /// <summary>A page of records in the order of their ids: found in the index alone, then joined to documents.</summary>
    public static List<StoredRecord> Page(SqliteSession session, string tenant, string kind, string after, int skip, int count)
    {
        using var rows = session.Bind(
            "SELECT r.id, r.version, r.commit_id, r.document, r.private FROM "
            + "(SELECT rowid AS n FROM record WHERE tenant = $0 AND kind = $1 AND id > $2 ORDER BY id LIMIT $3 OFFSET $4) AS page "
            + "JOIN record AS r ON r.rowid = page.n ORDER BY r.id",
            tenant, kind, after, count, skip).ExecuteReader();
        return All(rows, tenant, kind);
    }

    /// <summary>All records in the order of their ids, one at a time.</summary>
    public static IEnumerable<StoredRecord> Scan(SqliteSession session, string tenant, string kind)
    {
        using var rows = session.Bind($"SELECT {Columns} FROM record WHERE tenant = $0 AND kind = $1 ORDER BY id", tenant, kind).ExecuteReader();
        while (rows.Read())
        {
            yield return Record(rows, tenant, kind);
        }
    }

    /// <summary>Tenants' own records, in the order of their slugs.</summary>
    public static List<StoredRecord> Tenants(SqliteSession session, string after, int count)
    {
        var tenants = new List<StoredRecord>();
        using var rows = session.Bind(
            $"SELECT {Columns}, tenant FROM record WHERE kind = 'tenant' AND id > $0 ORDER BY id LIMIT $1", after, count).ExecuteReader();
        while (rows.Read())
        {
            tenants.Add(Record(rows, rows.GetString(5), RecordKinds.Tenant));
        }

        return tenants;
    }

    private static List<StoredRecord> All(SqliteDataReader rows, string tenant, string kind)
    {
        var records = new List<StoredRecord>();
        while (rows.Read())
        {
            records.Add(Record(rows, tenant, kind));
        }

        return records;
    }

    private static StoredRecord Record(SqliteDataReader row, string tenant, string kind) => new(
        new RecordKey(tenant, kind, row.GetString(0)), row.GetInt64(1), new Guid(row.GetFieldValue<byte[]>(2)), row.GetFieldValue<byte[]>(3),
        row.GetFieldValue<byte[]>(4));
}
