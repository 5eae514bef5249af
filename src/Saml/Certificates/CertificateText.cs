using System.Security.Cryptography;

namespace OrleansIdentity.Saml.Certificates;

/// <summary>The two ways in which certificates are pasted.</summary>
internal static class CertificateText
{
    /// <summary>More characters than any certificate has.</summary>
    public const int MaxLength = 16 * 1024;

    /// <summary>The DER bytes of exactly one certificate; null for anything else.</summary>
    public static byte[]? Decode(string text)
    {
        if (text.Length > MaxLength)
        {
            return null;
        }

        var base64 = text;
        if (PemEncoding.TryFind(text, out var fields))
        {
            // Two certificates in one paste: nobody could say which of them is meant.
            if (text[fields.Label] != "CERTIFICATE" || PemEncoding.TryFind(text.AsSpan()[fields.Location.End..], out _))
            {
                return null;
            }

            base64 = text[fields.Base64Data];
        }

        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) && length > 0 ? bytes[..length] : null;
    }
}
