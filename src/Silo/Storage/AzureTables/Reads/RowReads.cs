using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using OrleansIdentity.Silo.Storage.AzureTables.Account;

namespace OrleansIdentity.Silo.Storage.AzureTables.Reads;

/// <summary>Reads rows page by page; a page that fails is read again, not the ones before it.</summary>
internal static class RowReads
{
    private const int MaxPage = 1_000;

    /// <summary>Reads the rows that a filter of keys selects, in the order of keys.</summary>
    /// <param name="table">The table.</param>
    /// <param name="persistence">Repeats what fails.</param>
    /// <param name="filter">Which rows.</param>
    /// <param name="columns">Which columns; null for all.</param>
    /// <param name="count">How many rows at most; null for all.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public static async IAsyncEnumerable<TableEntity> QueryAsync(
        TableClient table,
        Persistence persistence,
        string filter,
        IEnumerable<string>? columns,
        int? count,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (count == 0)
        {
            yield break;
        }

        string? next = null;
        var left = count ?? int.MaxValue;
        do
        {
            // A filter may select few rows of many, so that a page comes back empty and yet is not the last.
            var page = await persistence.RunAsync(token => ReadPageAsync(table, filter, columns, Math.Min(MaxPage, left), next, token), cancellationToken);
            foreach (var row in page.Values)
            {
                yield return row;
                if (--left == 0)
                {
                    yield break;
                }
            }

            next = page.ContinuationToken;
        }
        while (next is not null);
    }

    private static async Task<Azure.Page<TableEntity>> ReadPageAsync(
        TableClient table, string filter, IEnumerable<string>? columns, int size, string? next, CancellationToken cancellationToken)
    {
        await foreach (var page in table.QueryAsync<TableEntity>(filter, size, columns, cancellationToken).AsPages(next, size))
        {
            return page;
        }

        throw new InvalidOperationException("The service answered without a page.");
    }
}
