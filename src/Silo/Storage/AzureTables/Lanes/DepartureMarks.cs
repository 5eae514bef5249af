using Azure;
using Azure.Data.Tables;
using OrleansIdentity.Silo.Storage.AzureTables.Account;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;
using OrleansIdentity.Silo.Storage.AzureTables.Reads;

namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

/// <summary>
/// Which tenants may have departed members, across partitions, so that nobody has to ask every tenant. A mark names the position behind which
/// a lane is about to write a departure, and is set before. Once the tenant has come past that position, that transaction has either been carried
/// out or never will be: then the mark of a tenant without departed members says nothing any more.
/// </summary>
internal sealed class DepartureMarks(TableClient table, Persistence persistence)
{
    /// <summary>A tenant that may have departed members.</summary>
    /// <param name="Tenant">The tenant.</param>
    /// <param name="Position">The place of its last event when the departure was about to be written.</param>
    /// <param name="RowKey">The row.</param>
    public readonly record struct Mark(string Tenant, long Position, string RowKey);

    /// <summary>Marks a tenant.</summary>
    public Task SetAsync(string tenant, long position)
    {
        var row = new TableEntity(TableKeys.Departures, TableKeys.Departure(tenant, position)) { ["Tenant"] = tenant, ["Position"] = position };
        return persistence.RunAsync(token => table.UpsertEntityAsync(row, TableUpdateMode.Replace, token), CancellationToken.None);
    }

    /// <summary>Reads all marks, in the order of tenants.</summary>
    public async Task<List<Mark>> ReadAsync(CancellationToken cancellationToken)
    {
        var marks = new List<Mark>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {TableKeys.Departures}");
        await foreach (var row in RowReads.QueryAsync(table, persistence, filter, null, null, cancellationToken))
        {
            marks.Add(new Mark(row.GetString("Tenant"), row.GetInt64("Position")!.Value, row.RowKey));
        }

        return marks;
    }

    /// <summary>Removes a mark; that it is gone already is well.</summary>
    public Task RemoveAsync(Mark mark, CancellationToken cancellationToken) =>
        persistence.RunAsync(token => table.DeleteEntityAsync(TableKeys.Departures, mark.RowKey, ETag.All, token), cancellationToken);
}
