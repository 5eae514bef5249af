using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Silo.Storage.AzureTables.Reads;

/// <summary>Answers queries for a sorted page: the page is chosen by keys alone, and only its documents are kept.</summary>
internal sealed class SortedQueries(RecordQueries queries, RecordLoads records)
{
    /// <summary>Answers.</summary>
    public async Task<RecordPage> AnswerAsync(SortedQuery query, CancellationToken cancellationToken)
    {
        var selection = new SortedSelection(query);
        foreach (var part in query.Parts)
        {
            await foreach (var record in queries.CandidatesAsync(query.All(part), cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                selection.Add(part, record);
            }
        }

        var positions = selection.Positions();
        var found = new Dictionary<RecordKey, StoredRecord>();
        foreach (var part in query.Parts)
        {
            string[] ids = [.. positions.Where(position => position.Kind == part.Kind).Select(position => position.Id)];
            foreach (var record in await records.LoadLivingAsync(query.Tenant, part.Kind, ids, areAdjacent: false, cancellationToken))
            {
                // What has changed since may not match any more.
                if (part.Filter is null || OrderedSelection.Matches(part.Filter, record))
                {
                    found.Add(record.Key, record);
                }
            }
        }

        return selection.Page(positions, [.. positions
            .Select(position => found.GetValueOrDefault(new RecordKey(query.Tenant, position.Kind, position.Id)))
            .OfType<StoredRecord>()]);
    }
}
