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

    /// <summary>Which page: who walks, through what, in which stride, and the index it begins at.</summary>
    public readonly record struct Step(string Caller, string Kind, string? Filter, int Count, int StartIndex);

    /// <summary>The last id of the page that ended just before this one; null when that page was not seen.</summary>
    public string? Before(Step step) => _marks.TryGetValue(step, out var mark) && time.GetElapsedTime(mark.At) < Lifetime ? mark.LastId : null;

    /// <summary>Remembers that a page which ended with this id was given to the caller.</summary>
    /// <param name="next">The page that follows it.</param>
    /// <param name="lastId">Its last id.</param>
    public void Remember(Step next, string lastId)
    {
        if (_marks.Count >= Capacity && !_marks.ContainsKey(next))
        {
            _marks.Remove(_marks.MinBy(pair => pair.Value.At).Key);
        }

        _marks[next] = new Mark(lastId, time.GetTimestamp());
    }

    private readonly record struct Mark(string LastId, long At);
}
