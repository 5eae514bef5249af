using System.Buffers.Text;
using System.Security.Cryptography;

namespace OrleansIdentity.Api.Authentication;

/// <summary>Makes secrets of event hooks.</summary>
internal static class HookSecrets
{
    // A fixed beginning lets scanners find a secret that leaked into a repository or a log.
    private const string Prefix = "oidhook_";

    /// <summary>A new secret of 256 random bits, and an id by which it is listed and revoked. The id tells nothing about the secret.</summary>
    public static (string Id, string Secret) Create() => (
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
        Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));
}
