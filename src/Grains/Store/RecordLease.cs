namespace OrleansIdentity.Grains.Store;

/// <summary>
/// For how long a grain may answer from memory after it last knew that its memory is what the store holds. In a cluster two activations of a
/// grain can exist for a moment; the one that did not write must not answer from before the write for longer than this.
/// </summary>
/// <param name="Duration">The time; null when there is one process, in which two activations cannot be.</param>
public sealed record RecordLease(TimeSpan? Duration)
{
    /// <summary>What a process that is alone needs: none.</summary>
    public static RecordLease Unlimited { get; } = new((TimeSpan?)null);

    /// <summary>What a cluster needs.</summary>
    public static RecordLease Cluster { get; } = new(TimeSpan.FromSeconds(1));
}
