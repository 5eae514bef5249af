namespace OrleansIdentity.Grains.SignIn;

/// <summary>How soon guessing is slowed down.</summary>
/// <param name="Free">How many attempts cost no wait.</param>
/// <param name="Longest">The longest wait. The first is a second, and each one twice the one before.</param>
internal sealed record AttemptLimits(int Free, TimeSpan Longest);

/// <summary>Counts attempts, for as many subjects as there is room for: the one that was quiet for longest makes room. No thread safety.</summary>
/// <param name="limits">How soon.</param>
/// <param name="capacity">How many subjects.</param>
internal sealed class AttemptTable(AttemptLimits limits, int capacity)
{
    // Whoever was quiet for so long begins anew.
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly Dictionary<string, LinkedListNode<Entry>> _bySubject = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byAge = new();

    /// <summary>How many subjects are remembered.</summary>
    public int Count => _bySubject.Count;

    /// <summary>Counts an attempt. Null when it may be made; else how long to wait, and nothing is counted.</summary>
    public TimeSpan? TryBegin(string subject, DateTimeOffset now)
    {
        var entry = Find(subject, now) ?? new Entry(subject, 0, now, now);
        if (entry.BlockedUntil > now)
        {
            return entry.BlockedUntil - now;
        }

        var attempts = entry.Attempts + 1;
        Keep(entry with { Attempts = attempts, LastAt = now, BlockedUntil = now + Wait(attempts) });
        return null;
    }

    /// <summary>Forgets the subject.</summary>
    public void Forget(string subject)
    {
        if (_bySubject.Remove(subject, out var node))
        {
            _byAge.Remove(node);
        }
    }

    /// <summary>Takes one attempt back.</summary>
    public void GiveBack(string subject, DateTimeOffset now)
    {
        if (Find(subject, now) is { Attempts: > 0 } entry)
        {
            Keep(entry with { Attempts = entry.Attempts - 1, BlockedUntil = now });
        }
    }

    private TimeSpan Wait(int attempts)
    {
        if (attempts <= limits.Free)
        {
            return TimeSpan.Zero;
        }

        var wait = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempts - limits.Free - 1, 30)));
        return wait < limits.Longest ? wait : limits.Longest;
    }

    private Entry? Find(string subject, DateTimeOffset now) =>
        _bySubject.TryGetValue(subject, out var node) && now - node.Value.LastAt < Memory ? node.Value : null;

    private void Keep(Entry entry)
    {
        Forget(entry.Subject);
        if (_bySubject.Count == capacity)
        {
            Forget(_byAge.First!.Value.Subject);
        }

        _bySubject.Add(entry.Subject, _byAge.AddLast(entry));
    }

    private sealed record Entry(string Subject, int Attempts, DateTimeOffset LastAt, DateTimeOffset BlockedUntil);
}
