namespace OrleansIdentity.Bench.Calls;

/// <summary>One kind of call: makes the bytes of one request after the other, from many threads at once.</summary>
/// <param name="Name">What it is, for people.</param>
/// <param name="Taught">Under which name the bare endpoint is taught its answer.</param>
/// <param name="Make">Makes the n-th request.</param>
internal sealed record Call(string Name, string Taught, Func<int, byte[]> Make)
{
    private int _count;

    public byte[] Next() => Make(Interlocked.Increment(ref _count));
}
