namespace OrleansIdentity.OktaSimulator.Verification;

/// <summary>A whole import: page after page until the total is reached, as Okta walks.</summary>
/// <param name="Ids">The ids in the order in which they came, repetitions included.</param>
/// <param name="Totals">What <c>totalResults</c> was on each page.</param>
internal sealed record ImportWalk(IReadOnlyList<string> Ids, IReadOnlyList<int> Totals)
{
    /// <summary>Walks; null when a page was missing.</summary>
    /// <param name="scim">The server.</param>
    /// <param name="count">The size of a page.</param>
    /// <param name="afterPage">What happens between two pages.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static async Task<ImportWalk?> RunAsync(ScimSession scim, int count, Func<UserList, Task>? afterPage, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var totals = new List<int>();
        for (var startIndex = 1; ; startIndex += count)
        {
            if (await scim.PageAsync(startIndex, count, cancellationToken) is not { } page)
            {
                return null;
            }

            ids.AddRange(page.Ids);
            totals.Add(page.TotalResults);

            // A page that brings nobody new ends the walk too: a server that gives the same page for ever must not hold it.
            var bringsNew = page.Ids.Count(seen.Add) > 0;
            if (startIndex + page.ItemsPerPage > page.TotalResults || !bringsNew)
            {
                return new ImportWalk(ids, totals);
            }

            await (afterPage?.Invoke(page) ?? Task.CompletedTask);
        }
    }
}
