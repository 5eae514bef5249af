using System.Text;
using System.Text.Json;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Silo.Storage.Sqlite;

/// <summary>Reads by keys. The first condition gives the candidates, from a range of its index for each value; the others are looked up for each of them.</summary>
internal static class KeyReads
{
    private const string InTotal = "";

    /// <summary>A page of what fulfils the conditions, from one snapshot.</summary>
    public static RecordPage Find(SqliteSession session, KeyQuery query) => InSnapshot(session, () =>
    {
        var total = Count(session, query, InTotal);
        var remaining = query.AfterId is { } after ? Count(session, query, after) : total;
        return new RecordPage(total, remaining, [.. Load(session, query, query.AfterId ?? InTotal, query.Count)]);
    });

    /// <summary>A page of what fulfils the conditions and matches the filter as well, from one snapshot.</summary>
    public static RecordPage Select(SqliteSession session, KeyQuery query, CancellationToken cancellationToken) => InSnapshot(session, () =>
    {
        var selection = new OrderedSelection(query);
        foreach (var record in Load(session, query, InTotal, int.MaxValue))
        {
            cancellationToken.ThrowIfCancellationRequested();
            selection.Add(record);
        }

        return selection.Page;
    });

    /// <summary>Who holds each of some keys.</summary>
    public static List<KeyHolders> Holders(SqliteSession session, string tenant, string kind, IReadOnlyList<IndexKey> keys, int count)
    {
        var holders = new List<KeyHolders>(keys.Count);
        foreach (var key in keys)
        {
            var (from, values) = key switch
            {
                { Attribute: IndexedLookup.Id } => ("record WHERE tenant = $0 AND kind = $1 AND id = $2", (object[])[tenant, kind, key.Value]),
                { Unique: true } => ("unique_key WHERE tenant = $0 AND kind = $1 AND attribute = $2 AND value = $3", [tenant, kind, key.Attribute, key.Value]),
                _ => ("index_key WHERE tenant = $0 AND kind = $1 AND attribute = $2 AND value = $3", [tenant, kind, key.Attribute, key.Value]),
            };
            var total = session.Number($"SELECT count(*) FROM {from}", values) ?? 0;
            holders.Add(new KeyHolders(total, count == 0 || total == 0 ? [] : Ids(session, $"SELECT id FROM {from} ORDER BY id LIMIT ${values.Length}", [.. values, count])));
        }

        return holders;
    }

    private static IEnumerable<StoredRecord> Load(SqliteSession session, KeyQuery query, string after, int count)
    {
        var (from, values) = Candidates(query, after);
        return Ids(session, $"SELECT DISTINCT k.id {from} ORDER BY k.id LIMIT ${values.Count}", [.. values, count])
            .Select(id => RecordReads.Load(session, new RecordKey(query.Tenant, query.Kind, id)))
            .OfType<StoredRecord>();
    }

    private static long Count(SqliteSession session, KeyQuery query, string after)
    {
        var (from, values) = Candidates(query, after);
        return session.Number($"SELECT count(DISTINCT k.id) {from}", [.. values]) ?? 0;
    }

    private static (string From, List<object> Values) Candidates(KeyQuery query, string after)
    {
        var values = new List<object> { query.Tenant, query.Kind, after };
        var sql = new StringBuilder($"FROM json_each({Place(values, query.Conditions[0])}) AS v CROSS JOIN index_key AS k ")
            .Append($"WHERE k.tenant = $0 AND k.kind = $1 AND k.attribute = {Add(values, query.Conditions[0].Attribute)} AND k.value = v.value AND k.id > $2");
        foreach (var condition in query.Conditions.Skip(1))
        {
            sql.Append($" AND EXISTS (SELECT 1 FROM json_each({Place(values, condition)}) AS w CROSS JOIN index_key AS c ")
                .Append($"WHERE c.tenant = $0 AND c.kind = $1 AND c.attribute = {Add(values, condition.Attribute)} AND c.value = w.value AND c.id = k.id)");
        }

        if (query.MembershipWith is { } group)
        {
            sql.Append($" AND EXISTS (SELECT 1 FROM member AS m WHERE m.tenant = $0 AND m.group_id = {Add(values, group)} AND m.member_id = k.id AND m.departed = 0)");
        }

        return (sql.ToString(), values);
    }

    private static string Place(List<object> values, KeyCondition condition) =>
        Add(values, JsonSerializer.Serialize(condition.Values, StatementJson.Default.IReadOnlyListString));

    private static string Add(List<object> values, object value)
    {
        values.Add(value);
        return $"${values.Count - 1}";
    }

    private static string[] Ids(SqliteSession session, string sql, object[] values)
    {
        var ids = new List<string>();
        using var rows = session.Bind(sql, values).ExecuteReader();
        while (rows.Read())
        {
            ids.Add(rows.GetString(0));
        }

        return [.. ids];
    }

    private static RecordPage InSnapshot(SqliteSession session, Func<RecordPage> read)
    {
        session.Execute("BEGIN");
        try
        {
            return read();
        }
        finally
        {
            session.Execute("COMMIT");
        }
    }
}
