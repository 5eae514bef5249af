namespace OrleansIdentity.Grains.Store;

/// <summary>How grains get at their records: the store, and for how long they may remember what it said.</summary>
internal sealed class RecordAccess(IDirectoryStore store, RecordLease lease, TimeProvider time)
{
    public IDirectoryStore Store => store;

    /// <summary>A point in time for <see cref="IsOver"/>.</summary>
    public long Now() => time.GetTimestamp();

    /// <summary>Whether what was known to be right at that time may no longer be answered from memory.</summary>
    public bool IsOver(long confirmedAt) => lease.Duration is { } duration && time.GetElapsedTime(confirmedAt) >= duration;

    /// <summary>Completes when nobody may still answer from memory what was confirmed before that time; at once in a process that is alone.</summary>
    public async Task OutlastAsync(long learnedAt)
    {
        // A timer may fire a little early: what counts is the clock.
        while (lease.Duration is { } duration && !IsOver(learnedAt))
        {
            await Task.Delay(Max(duration - time.GetElapsedTime(learnedAt), TimeSpan.FromMilliseconds(1)), time);
        }
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
