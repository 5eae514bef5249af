using System.Xml;
using OrleansIdentity.Saml.Xml;

namespace OrleansIdentity.Saml.Signatures;

/// <summary>The base64 values of a signature; line breaks are allowed, as XML Signature has them.</summary>
internal static class SignatureBytes
{
    /// <summary>The bytes; null if the element holds no base64, or something else than text.</summary>
    public static byte[]? Decode(XmlElement element)
    {
        if (element.Text() is not { Length: > 0 } text)
        {
            return null;
        }

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length > 0 ? bytes[..length] : null;
    }
}
