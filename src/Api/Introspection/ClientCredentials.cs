using System.Buffers.Text;
using System.Security.Cryptography;

namespace OrleansIdentity.Api.Introspection;

/// <summary>Makes the credentials of applications.</summary>
internal static class ClientCredentials
{
    private const string IdPrefix = "app-";
    private const string SecretPrefix = "oidapp_";
    private const int IdBytes = 8;

    /// <summary>A new client id, and a secret of 256 random bits.</summary>
    public static (string ClientId, string Secret) Create() => (
        IdPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)),
        SecretPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>Whether the text can be a client id.</summary>
    public static bool IsClientId(string text) =>
        text.Length == IdPrefix.Length + (2 * IdBytes) && text.StartsWith(IdPrefix, StringComparison.Ordinal) && text[IdPrefix.Length..].All(char.IsAsciiHexDigitLower);
}
