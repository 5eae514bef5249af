using OrleansIdentity.Okta.Results;

namespace OrleansIdentity.Okta.Paging;

/// <summary>
/// One step of a walk over all pages. The last step is <see cref="Completed"/> or <see cref="Broken"/>; only a walk can make a <see cref="Completed"/>, so
/// whoever holds one has seen the whole list. The list is not a snapshot: what changed during the walk may be missing.
/// </summary>
public abstract record PageStep<T>
{
    private protected PageStep()
    {
    }

    /// <summary>A page.</summary>
    public sealed record Page(IReadOnlyList<T> Items) : PageStep<T>;

    /// <summary>There is no further page.</summary>
    public sealed record Completed : PageStep<T>
    {
        internal Completed(int count) => Count = count;

        /// <summary>How many items all pages had.</summary>
        public int Count { get; }
    }

    /// <summary>There are further pages, and they could not be read: nothing follows from what is missing.</summary>
    /// <param name="Failure">Why.</param>
    /// <param name="At">Where the walk can go on; null when the first page failed.</param>
    public sealed record Broken(OktaFailure Failure, PageCursor? At) : PageStep<T>;
}

/// <summary>A whole list. Only a walk that came to the end makes one.</summary>
public sealed record CompleteList<T>
{
    internal CompleteList(IReadOnlyList<T> items) => Items = items;

    /// <summary>All items.</summary>
    public IReadOnlyList<T> Items { get; }
}

/// <summary>Reads all pages of a list.</summary>
public static class PageWalk
{
    /// <summary>Collects a walk.</summary>
    /// <returns>The whole list, or why it is not whole; never a part of it.</returns>
    public static async Task<OktaResult<CompleteList<T>>> ToCompleteListAsync<T>(this IAsyncEnumerable<PageStep<T>> walk, CancellationToken cancellationToken)
    {
        var items = new List<T>();
        await foreach (var step in walk.WithCancellation(cancellationToken))
        {
            switch (step)
            {
                case PageStep<T>.Page page:
                    items.AddRange(page.Items);
                    break;
                case PageStep<T>.Broken broken:
                    return broken.Failure;
                default:
                    return new CompleteList<T>(items);
            }
        }

        throw new InvalidOperationException("A walk ended without saying whether it is complete.");
    }

    /// <summary>Walks.</summary>
    /// <param name="read">Reads the page at a cursor; null is the first.</param>
    /// <param name="cancellationToken">Ends the walk with an exception.</param>
    internal static async IAsyncEnumerable<PageStep<T>> OverAsync<T>(
        Func<PageCursor?, CancellationToken, Task<OktaResult<OktaPage<T>>>> read,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var count = 0;
        for (PageCursor? cursor = null; ;)
        {
            if (!(await read(cursor, cancellationToken)).TryGet(out var page, out var failure))
            {
                yield return new PageStep<T>.Broken(failure, cursor);
                yield break;
            }

            count += page.Items.Count;
            yield return new PageStep<T>.Page(page.Items);
            if (page.Next is null)
            {
                yield return new PageStep<T>.Completed(count);
                yield break;
            }

            if (!seen.Add(page.Next.Url))
            {
                yield return new PageStep<T>.Broken(new OktaFailure.Unreachable(Errors.OktaErrors.PageLoop), cursor);
                yield break;
            }

            cursor = page.Next;
        }
    }
}
