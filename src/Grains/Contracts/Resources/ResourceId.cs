namespace OrleansIdentity.Grains.Contracts.Resources;

/// <summary>Ids of resources: UUIDs of version 7, whose order is the order of creation.</summary>
public static class ResourceId
{
    private const int Version = 0x70;
    private const int Steps = 1 << 12;

    /// <summary>Whether a text can be an id: a UUID in lower case.</summary>
    public static bool IsOne(string text) => Guid.TryParseExact(text, "d", out var id) && id.ToString() == text;

    /// <summary>A new id.</summary>
    /// <param name="now">The time (UTC). Of two ids, the one of the earlier time is the lower one, down to a quarter of a microsecond.</param>
    public static string New(DateTimeOffset now)
    {
        // RFC 9562 §6.2, method 3: the bits behind the milliseconds are a fraction of one. Two creates within one come in the order in which they came.
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(now).TryWriteBytes(bytes, bigEndian: true, out _);
        var fraction = (int)(now.UtcTicks % TimeSpan.TicksPerMillisecond * Steps / TimeSpan.TicksPerMillisecond);
        bytes[6] = (byte)(Version | (fraction >> 8));
        bytes[7] = (byte)fraction;
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
