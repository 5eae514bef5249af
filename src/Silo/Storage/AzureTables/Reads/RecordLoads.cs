using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Account;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Silo.Storage.AzureTables.Reads;

/// <summary>Reads records from their rows: the newest committed state.</summary>
internal sealed class RecordLoads(TableClient table, Blobs blobs, Persistence persistence)
{
    private const int AtOnce = 16;
    private const int FewEnoughToReadAlone = 4;

    /// <summary>One record; null when it does not live.</summary>
    public async Task<StoredRecord?> LoadAsync(RecordKey key, CancellationToken cancellationToken)
    {
        while (true)
        {
            var row = await persistence.RunAsync(
                token => table.GetEntityIfExistsAsync<TableEntity>(TableKeys.Partition(key.Tenant), TableKeys.Record(key.Kind, key.Id), null, token), cancellationToken);
            if (!row.HasValue || !RecordRow.IsLive(row.Value!))
            {
                return null;
            }

            // A blob that is gone was replaced between the two reads: the row now points to another.
            if (await CompleteAsync(key.Tenant, key.Kind, row.Value!, cancellationToken) is { } record)
            {
                return record;
            }
        }
    }

    /// <summary>The records of given ids, in the order of the ids; null when one of them does not live any more.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="ids">The ids, in order.</param>
    /// <param name="areAdjacent">Whether no other record lies between them, so that they can be read in one go.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task<StoredRecord[]?> LoadAllAsync(string tenant, string kind, string[] ids, bool areAdjacent, CancellationToken cancellationToken) =>
        await LoadLivingAsync(tenant, kind, ids, areAdjacent, cancellationToken) is var records && records.Length == ids.Length ? records : null;

    /// <summary>As <see cref="LoadAllAsync"/>, but what does not live any more is left out.</summary>
    public async Task<StoredRecord[]> LoadLivingAsync(string tenant, string kind, string[] ids, bool areAdjacent, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, StoredRecord>(StringComparer.Ordinal);
        if (areAdjacent && ids.Length > FewEnoughToReadAlone)
        {
            var range = $"RowKey ge '{TableKeys.Record(kind, ids[0])}' and RowKey le '{TableKeys.Record(kind, ids[^1])}'";
            await foreach (var record in ScanAsync(tenant, kind, range, cancellationToken))
            {
                found[record.Key.Id] = record;
            }
        }

        await Parallel.ForEachAsync(
            ids.Where(id => !found.ContainsKey(id)).ToArray(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (id, token) =>
            {
                if (await LoadAsync(new RecordKey(tenant, kind, id), token) is { } record)
                {
                    lock (found)
                    {
                        found[id] = record;
                    }
                }
            });
        return [.. ids.Select(found.GetValueOrDefault).OfType<StoredRecord>()];
    }

    /// <summary>All records of a kind, in the order of their keys.</summary>
    public IAsyncEnumerable<StoredRecord> ScanAsync(string tenant, string kind, CancellationToken cancellationToken) =>
        ScanAsync(tenant, kind, $"RowKey ge '{TableKeys.Records(kind)}' and RowKey lt '{TableKeys.Records(kind)[..^1]}\"'", cancellationToken);

    // What is put between quotes are encoded keys, which have none.
    private async IAsyncEnumerable<StoredRecord> ScanAsync(string tenant, string kind, string range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = $"PartitionKey eq '{TableKeys.Partition(tenant)}' and {range} and {RecordRow.Live} eq true";
        await foreach (var row in RowReads.QueryAsync(table, persistence, filter, null, null, cancellationToken))
        {
            var key = new RecordKey(tenant, kind, RecordRow.Id(row));
            if ((await CompleteAsync(tenant, kind, row, cancellationToken) ?? await LoadAsync(key, cancellationToken)) is { } record)
            {
                yield return record;
            }
        }
    }

    private async Task<StoredRecord?> CompleteAsync(string tenant, string kind, TableEntity row, CancellationToken cancellationToken) =>
        await blobs.ReadAsync(RecordRow.Document(row), cancellationToken) is { } document
            ? RecordRow.Record(row, new RecordKey(tenant, kind, RecordRow.Id(row)), document)
            : null;
}
