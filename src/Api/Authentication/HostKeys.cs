using System.Buffers.Text;
using System.Security.Cryptography;

namespace OrleansIdentity.Api.Authentication;

/// <summary>Makes keys of the host API.</summary>
internal static class HostKeys
{
    // A fixed beginning lets scanners find a key that leaked into a repository or a log.
    private const string Prefix = "oidhost_";

    /// <summary>A new key of 256 random bits, and an id by which it is listed and revoked. The id tells nothing about the key.</summary>
    public static (string Id, string Key) Create() => (
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
        Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));
}
