using System.Security.Cryptography;
using System.Text;

namespace OrleansIdentity.Api.Authentication;

/// <summary>Bearer credentials (RFC 6750 §2.1).</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";
    private const int MaxLength = 4_096;

    /// <summary>The token of an <c>Authorization</c> header; null when the header is not of the form <c>Bearer token</c>.</summary>
    public static string? Parse(string? header)
    {
        if (header is null || header.Length > MaxLength || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var token = header[Scheme.Length..].Trim();
        return token.Length > 0 && !token.Contains(' ') ? token : null;
    }

    /// <summary>Whether somebody pasted the scheme into the token field, so that it comes twice.</summary>
    public static bool IsSchemeTwice(string? header) =>
        header is not null && header.StartsWith("Bearer Bearer ", StringComparison.OrdinalIgnoreCase);

    /// <summary>SHA-256 of a token. Something that is no token has a digest too, of the same length and at the same cost.</summary>
    public static byte[] Hash(string? token) => SHA256.HashData(Encoding.UTF8.GetBytes(token ?? "no token"));
}
