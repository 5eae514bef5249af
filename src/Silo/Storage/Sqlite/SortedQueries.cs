using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Silo.Storage.Sqlite;

/// <summary>Answers queries for a sorted page: the page is chosen by keys alone, and only its documents are kept.</summary>
internal static class SortedQueries
{
    /// <summary>Answers, from one snapshot.</summary>
    public static RecordPage Answer(SqliteSession session, SortedQuery query, CancellationToken cancellationToken)
    {
        session.Execute("BEGIN");
        try
        {
            var selection = new SortedSelection(query);
            foreach (var part in query.Parts)
            {
                var (candidates, allMatch) = RecordQueries.Candidates(session, query.All(part));
                foreach (var record in candidates)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    selection.Add(part, record, allMatch);
                }
            }

            var positions = selection.Positions();
            return selection.Page(positions, [.. positions.Select(position =>
                RecordReads.Load(session, new RecordKey(query.Tenant, position.Kind, position.Id))!)]);
        }
        finally
        {
            session.Execute("COMMIT");
        }
    }
}
