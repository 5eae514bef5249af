using System.Text;

namespace OrleansIdentity.Api.Introspection;

/// <summary>Client credentials in HTTP Basic (RFC 6749 §2.3.1): both parts are form-encoded.</summary>
internal static class BasicCredentials
{
    private const string Scheme = "Basic ";
    private const int MaxLength = 1_024;

    /// <summary>Client id and secret of an <c>Authorization</c> header; null when it is not of that form.</summary>
    public static (string ClientId, string Secret)? Parse(string header)
    {
        if (header.Length > MaxLength || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[Scheme.Length..].Trim(), bytes, out var length))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? (Decode(text[..colon]), Decode(text[(colon + 1)..])) : null;
    }

    private static string Decode(string part) => Uri.UnescapeDataString(part.Replace('+', ' '));
}
