namespace OrleansIdentity.OktaSimulator.Directories;

/// <summary>Ids as Okta makes them: a prefix that tells the kind, and 17 characters. The same seed makes the same ids.</summary>
internal sealed class OktaIds(int seed)
{
    private const string Characters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);

    public string New(string prefix, int length = 17)
    {
        lock (_lock)
        {
            return prefix + new string(_random.GetItems(Characters.AsSpan(), length));
        }
    }

    /// <summary>An id as the System Log has.</summary>
    public string NewUuid()
    {
        lock (_lock)
        {
            Span<byte> bytes = stackalloc byte[16];
            _random.NextBytes(bytes);
            return new Guid(bytes).ToString();
        }
    }
}
