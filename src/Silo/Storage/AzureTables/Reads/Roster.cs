using Azure.Data.Tables;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Account;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Silo.Storage.AzureTables.Reads;

/// <summary>
/// The tenants by name, across partitions. A slug is entered before the commit that creates its tenant, so none is missing; one whose commit never
/// came is passed over, since only the tenant's own row says that it exists.
/// </summary>
internal sealed class Roster(TableClient table, RecordLoads records, Persistence persistence)
{
    /// <summary>Enters a slug.</summary>
    public Task EnterAsync(string slug) => persistence.RunAsync(
        token => table.UpsertEntityAsync(new TableEntity(TableKeys.Roster, TableKeys.Encode(slug)) { ["Slug"] = slug }, TableUpdateMode.Replace, token),
        CancellationToken.None);

    /// <summary>Tenants' own records behind a slug, in order.</summary>
    public async Task<IReadOnlyList<StoredRecord>> ListAsync(string? afterSlug, int count, CancellationToken cancellationToken)
    {
        var found = new List<StoredRecord>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {TableKeys.Roster} and RowKey gt {TableKeys.Encode(afterSlug ?? "")}");
        await foreach (var row in RowReads.QueryAsync(table, persistence, filter, null, null, cancellationToken))
        {
            if (found.Count == count)
            {
                break;
            }

            var slug = row.GetString("Slug");
            if (await records.LoadAsync(new RecordKey(slug, RecordKinds.Tenant, slug), cancellationToken) is { } tenant)
            {
                found.Add(tenant);
            }
        }

        return found;
    }
}
