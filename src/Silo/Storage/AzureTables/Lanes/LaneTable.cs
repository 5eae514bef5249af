using Azure;
using Azure.Data.Tables;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Account;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;
using OrleansIdentity.Silo.Storage.AzureTables.Reads;

namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

/// <summary>The requests that a lane makes to its partition.</summary>
internal sealed class LaneTable(string tenant, TableClient table, Blobs blobs, Persistence persistence)
{
    private readonly string _partition = TableKeys.Partition(tenant);

    /// <summary>Reads the sequence row.</summary>
    public async Task<Sequence> ReadSequenceAsync()
    {
        var row = await persistence.RunAsync(
            token => table.GetEntityIfExistsAsync<TableEntity>(_partition, TableKeys.Sequence, cancellationToken: token), CancellationToken.None);
        return row.HasValue ? new Sequence(row.Value!.GetInt64("Position")!.Value, row.Value.ETag) : new Sequence(0, null);
    }

    /// <summary>Writes a batch, once. The sequence row comes first: if another lane wrote meanwhile, that is what the refusal says.</summary>
    public async Task<Sequence> WriteAsync(Batch batch, ETag? fence)
    {
        var sequence = new TableEntity(_partition, TableKeys.Sequence) { ["Position"] = batch.LastPosition };
        var first = fence is { } known
            ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, sequence, known)
            : new TableTransactionAction(TableTransactionActionType.Add, sequence);
        var answer = await table.SubmitTransactionAsync([first, .. batch.Actions]);
        return new Sequence(batch.LastPosition, answer.Value[0].Headers.ETag);
    }

    /// <summary>Reads the row of a record, living or deleted; null when its id was never used.</summary>
    public async Task<IndexEntry?> ReadRowAsync(string kind, string id)
    {
        var row = await persistence.RunAsync(
            token => table.GetEntityIfExistsAsync<TableEntity>(_partition, TableKeys.Record(kind, id), RecordRow.IndexColumns, token), CancellationToken.None);
        return row.HasValue ? RecordRow.Index(row.Value!) : null;
    }

    /// <summary>Reads all rows of records, a page at a time.</summary>
    public IAsyncEnumerable<TableEntity> ReadRecordsAsync() => RowReads.QueryAsync(
        table,
        persistence,
        TableClient.CreateQueryFilter($"PartitionKey eq {_partition} and RowKey gt {TableKeys.FirstRecord} and RowKey lt {TableKeys.BehindRecords}"),
        RecordRow.IndexColumns,
        null,
        CancellationToken.None);

    /// <summary>Reads events in order.</summary>
    public IAsyncEnumerable<IndexedEvent> ReadEventsAsync(long after, long upTo) => ReadEventsAsync(Events(after, upTo));

    /// <summary>Reads the events that changed memberships, from the first on, in order.</summary>
    public IAsyncEnumerable<IndexedEvent> ReadMemberEventsAsync(long upTo) => ReadEventsAsync($"{Events(0, upTo)} and {EventRow.ChangesMembers}");

    private string Events(long after, long upTo) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {_partition} and RowKey gt {TableKeys.Event(after)} and RowKey le {TableKeys.Event(upTo)}");

    private async IAsyncEnumerable<IndexedEvent> ReadEventsAsync(string filter)
    {
        await foreach (var row in RowReads.QueryAsync(table, persistence, filter, EventRow.IndexColumns, null, CancellationToken.None))
        {
            var members = EventRow.Members(row) is { } packed ? await ReadMembersAsync(packed, EventRow.Position(row)) : null;
            yield return new IndexedEvent(EventRow.Position(row), EventRow.CommitId(row), EventRow.Change(row, members));
        }
    }

    private async Task<MemberDelta> ReadMembersAsync(Payload packed, long position) =>
        await blobs.ReadAsync(packed, CancellationToken.None) is { } bytes
            ? MemberIds.Unpack(bytes)
            : throw new StoreUnavailableException($"The members of event {position} are missing from the container.");
}

/// <summary>How far a tenant's events have come.</summary>
/// <param name="Position">The place of the last event.</param>
/// <param name="Fence">The sequence row's ETag; null while there is no row.</param>
internal readonly record struct Sequence(long Position, ETag? Fence);
