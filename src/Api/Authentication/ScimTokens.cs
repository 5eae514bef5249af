using System.Buffers.Text;
using System.Security.Cryptography;

namespace OrleansIdentity.Api.Authentication;

/// <summary>Makes SCIM bearer tokens.</summary>
internal static class ScimTokens
{
    // A fixed beginning lets scanners find a token that leaked into a repository or a log.
    private const string Prefix = "oidscim_";

    /// <summary>A new token of 256 random bits, and an id by which it is listed and revoked. The id tells nothing about the token.</summary>
    public static (string Id, string Token) Create() => (
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
        Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));
}
