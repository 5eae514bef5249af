namespace OrleansIdentity.Grains.Store;

/// <summary>How grains get at their records: the store, and for how long they may remember what it said.</summary>
internal sealed class RecordAccess(IDirectoryStore store, RecordLease lease, TimeProvider time)
{
    public IDirectoryStore Store => store;

    /// <summary>A point in time for <see cref="IsOver"/>.</summary>
    public long Now() => time.GetTimestamp();

    /// <summary>Whether what was known to be right at that time may no longer be answered from memory.</summary>
    public bool IsOver(long confirmedAt) => lease.Duration is { } duration && time.GetElapsedTime(confirmedAt) >= duration;
}
