using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Silo.Storage.Sqlite;

/// <summary>Answers queries: from an index where one gives all candidates, in pages where all records match, and by evaluation otherwise.</summary>
internal static class RecordQueries
{
    /// <summary>Whether the query cannot be answered without looking at every record.</summary>
    public static bool NeedsScan(RecordQuery query) =>
        query.Filter is { } filter && (query.MembershipWith is not null || IndexedLookup.From(query.Kind, filter) is null);

    /// <summary>Answers, from one snapshot.</summary>
    public static RecordPage Answer(SqliteSession session, RecordQuery query, CancellationToken cancellationToken)
    {
        session.Execute("BEGIN");
        try
        {
            if (query.Filter is null)
            {
                return query.MembershipWith is null ? Unfiltered(session, query) : Related(session, query);
            }

            var (candidates, allMatch) = Candidates(session, query);
            return Select(candidates, query, allMatch, cancellationToken);
        }
        finally
        {
            session.Execute("COMMIT");
        }
    }

    /// <summary>The records of all pages, by the narrowest way to them, and whether all of them match.</summary>
    public static (IEnumerable<StoredRecord> Records, bool AllMatch) Candidates(SqliteSession session, RecordQuery query)
    {
        if (query.MembershipWith is not null)
        {
            return (Load(session, query, MemberReads.Related(session, query, "", 0, int.MaxValue)), query.Filter is null);
        }

        return query.Filter is { } filter && IndexedLookup.From(query.Kind, filter) is { } lookup
            ? (Load(session, query, RecordReads.Find(session, query.Tenant, query.Kind, lookup)), lookup.IsWhole)
            : (RecordReads.Scan(session, query.Tenant, query.Kind), query.Filter is null);
    }

    private static RecordPage Unfiltered(SqliteSession session, RecordQuery query)
    {
        var total = RecordReads.Total(session, query.Tenant, query.Kind);
        var remaining = query.AfterId is { } after ? RecordReads.Remaining(session, query.Tenant, query.Kind, after) : total;
        var page = query.Count == 0 || query.Skip >= remaining
            ? []
            : RecordReads.Page(session, query.Tenant, query.Kind, query.AfterId ?? "", query.Skip, query.Count);
        return new RecordPage(total, remaining, page);
    }

    private static RecordPage Related(SqliteSession session, RecordQuery query)
    {
        var total = MemberReads.CountRelated(session, query, "");
        var remaining = query.AfterId is { } after ? MemberReads.CountRelated(session, query, after) : total;
        return new RecordPage(total, remaining, [.. Load(session, query, MemberReads.Related(session, query, query.AfterId ?? "", query.Skip, query.Count))]);
    }

    private static IEnumerable<StoredRecord> Load(SqliteSession session, RecordQuery query, List<string> ids) =>
        ids.Select(id => RecordReads.Load(session, new RecordKey(query.Tenant, query.Kind, id)))
            .OfType<StoredRecord>();

    private static RecordPage Select(IEnumerable<StoredRecord> records, RecordQuery query, bool isWhole, CancellationToken cancellationToken)
    {
        var selection = new OrderedSelection(query);
        foreach (var record in records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            selection.Add(record, matches: isWhole);
        }

        return selection.Page;
    }
}
