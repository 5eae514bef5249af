using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Directory;

/// <summary>
/// Remembers where the page before ended, so that a walk by <c>startIndex</c> goes on behind the last resource it has seen. With plain offsets a
/// deletion during Okta's import would shift every later resource forward by one, and one of them would never be seen.
/// </summary>
internal sealed class PageWalks(TimeProvider time)
{
    private const int Capacity = 256;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly Dictionary<Step, Mark> _marks = [];

    /// <summary>Which page: who walks, through which list, in which order and stride, and the index it begins at.</summary>
    public readonly record struct Step(string Caller, string List, string? Filter, string? SortBy, string? SortOrder, int Count, int StartIndex);

    /// <summary>Where the page that stands just before this one ended; null when that page was not seen.</summary>
    public RecordPosition? Before(Step step) => _marks.TryGetValue(step, out var mark) && time.GetElapsedTime(mark.At) < Lifetime ? mark.Last : null;

    /// <summary>Remembers that a page which ended here was given to the caller.</summary>
    /// <param name="next">The page that follows it.</param>
    /// <param name="last">Where it ended.</param>
    public void Remember(Step next, RecordPosition last)
    {
        if (_marks.Count >= Capacity && !_marks.ContainsKey(next))
        {
            _marks.Remove(_marks.MinBy(pair => pair.Value.At).Key);
        }

        _marks[next] = new Mark(last, time.GetTimestamp());
    }

    private readonly record struct Mark(RecordPosition Last, long At);
}
