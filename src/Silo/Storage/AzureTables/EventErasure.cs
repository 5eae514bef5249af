using Azure.Data.Tables;
using OrleansIdentity.Silo.Storage.AzureTables.Account;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;
using OrleansIdentity.Silo.Storage.AzureTables.Reads;

namespace OrleansIdentity.Silo.Storage.AzureTables;

/// <summary>
/// Empties what the events of a resource say about changes, row by row. An event's row is never written again by a lane, so no fence is needed; and what
/// the index is made of stays, so a lane that catches up in the middle sees nothing of it.
/// </summary>
internal sealed class EventErasure(TableClient table, Blobs blobs, Persistence persistence)
{
    private const int AtOnce = 16;

    /// <summary>Empties them. Cut short, it can be asked for again.</summary>
    public async Task EraseAsync(string tenant, string resourceId)
    {
        var positions = new List<long>();
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {TableKeys.Partition(tenant)} and RowKey gt {TableKeys.History(resourceId, 0)} and RowKey le {TableKeys.History(resourceId, long.MaxValue)}");
        await foreach (var row in RowReads.QueryAsync(table, persistence, filter, ["RowKey"], null, CancellationToken.None))
        {
            positions.Add(TableKeys.Position(row.RowKey));
        }

        await Parallel.ForEachAsync(positions, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (position, _) => await EraseAsync(tenant, position));
    }

    private async Task EraseAsync(string tenant, long position)
    {
        TableEntity row = await persistence.RunAsync(
            token => table.GetEntityAsync<TableEntity>(TableKeys.Partition(tenant), TableKeys.Event(position), null, token), CancellationToken.None);

        if (EventRow.Changes(row) is { Blob: not null } apart)
        {
            // The row goes on pointing to it: whenever the process dies, an event can be read, and what was erased is gone.
            await blobs.EmptyAsync(apart);
            return;
        }

        EventRow.EraseChanges(row);
        await persistence.RunAsync(token => table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, token), CancellationToken.None);
    }
}
