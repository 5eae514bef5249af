namespace OrleansIdentity.Api.Hosting;

/// <summary>What protects secrets at rest; section <c>Secrets</c>.</summary>
public sealed class SecretsOptions
{
    /// <summary>The key-encryption key: 32 random bytes, base64. The same on every node and for as long as the data lives.</summary>
    public string? KeyEncryptionKey { get; set; }

    /// <summary>The key's bytes; null when it is missing or not 32 bytes of base64.</summary>
    public byte[]? KeyBytes()
    {
        var bytes = new byte[33];
        return KeyEncryptionKey is { } text && Convert.TryFromBase64String(text, bytes, out var written) && written == 32 ? bytes[..32] : null;
    }
}
