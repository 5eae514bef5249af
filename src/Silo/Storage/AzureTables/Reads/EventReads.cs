using Azure.Data.Tables;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Account;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Silo.Storage.AzureTables.Reads;

/// <summary>Reads of events.</summary>
internal sealed class EventReads(TableClient table, Blobs blobs, Persistence persistence)
{
    private const int AtOnce = 16;

    /// <summary>Events behind a position, in order.</summary>
    public async Task<IReadOnlyList<StoredEvent>> ReadAsync(string tenant, long after, int count, CancellationToken cancellationToken)
    {
        var events = new List<StoredEvent>();
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {TableKeys.Partition(tenant)} and RowKey gt {TableKeys.Event(after)} and RowKey le {TableKeys.Event(long.MaxValue)}");
        await foreach (var row in RowReads.QueryAsync(table, persistence, filter, null, count, cancellationToken))
        {
            events.Add(await CompleteAsync(row, cancellationToken));
        }

        return events;
    }

    /// <summary>Events of one resource behind a position, in order: its history names them, and they are read by their keys.</summary>
    public async Task<IReadOnlyList<StoredEvent>> ReadAsync(string tenant, long after, int count, string resourceId, CancellationToken cancellationToken)
    {
        var positions = new List<long>();
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {TableKeys.Partition(tenant)} and RowKey gt {TableKeys.History(resourceId, after)} and RowKey le {TableKeys.History(resourceId, long.MaxValue)}");
        await foreach (var row in RowReads.QueryAsync(table, persistence, filter, ["RowKey"], count, cancellationToken))
        {
            positions.Add(TableKeys.Position(row.RowKey));
        }

        var events = new StoredEvent[positions.Count];
        await Parallel.ForAsync(0, events.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (index, token) =>
        {
            var row = await persistence.RunAsync(
                attempt => table.GetEntityAsync<TableEntity>(TableKeys.Partition(tenant), TableKeys.Event(positions[index]), null, attempt), token);
            events[index] = await CompleteAsync(row.Value, token);
        });
        return events;
    }

    private async Task<StoredEvent> CompleteAsync(TableEntity row, CancellationToken cancellationToken) =>
        await blobs.ReadAsync(EventRow.Changes(row), cancellationToken) is { } changes
            ? EventRow.Event(row, changes)
            : throw new StoreUnavailableException($"The changes of event {EventRow.Position(row)} are missing from the container.");
}
