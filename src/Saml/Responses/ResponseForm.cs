using System.Text;
using System.Xml;
using OrleansIdentity.Saml.Refusals;
using OrleansIdentity.Saml.Xml;

namespace OrleansIdentity.Saml.Responses;

/// <summary>From the form field to a document: size, base64, UTF-8, XML without anything that could make two readers differ.</summary>
internal static class ResponseForm
{
    /// <summary>The largest response, decoded. Okta's are some 10 KiB; several hundred groups make 100.</summary>
    public const int MaxBytes = 256 * 1024;

    // Base64 with a line break after every 64 characters.
    private const int MaxCharacters = (MaxBytes / 3 * 4) + (MaxBytes / 48 * 2) + 4;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The document.</summary>
    /// <returns>It, or <c>saml-response-malformed</c>, <c>saml-response-too-large</c>, <c>saml-xml-forbidden</c>.</returns>
    public static SamlOutcome<XmlDocument> Read(SamlResponseInput input)
    {
        if (input.SamlResponse.Length > MaxCharacters)
        {
            return SamlRefusals.TooLarge(MaxBytes);
        }

        var bytes = new byte[input.SamlResponse.Length];
        if (!Convert.TryFromBase64String(input.SamlResponse, bytes, out var length) || length == 0)
        {
            return SamlRefusals.Malformed("it is empty or not base64");
        }

        if (length > MaxBytes)
        {
            return SamlRefusals.TooLarge(MaxBytes);
        }

        try
        {
            var xml = StrictUtf8.GetString(bytes, 0, length);

            // The parser refuses a DTD too; here it gets an id of its own, before anything is parsed.
            if (xml.Contains("<!DOCTYPE", StringComparison.Ordinal))
            {
                return SamlRefusals.ForbiddenXml("a document type definition");
            }

            if (SafeXml.Load(xml) is not { } document)
            {
                return SamlRefusals.Malformed("it is not well-formed XML, or too deep");
            }

            return Forbidden(document) is { } what ? SamlRefusals.ForbiddenXml(what) : document;
        }
        catch (DecoderFallbackException)
        {
            return SamlRefusals.Malformed("it is not UTF-8");
        }
    }

    private static string? Forbidden(XmlDocument document)
    {
        if (document.FirstChild is XmlDeclaration { Encoding: { Length: > 0 } encoding } && !encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return "a declaration of another encoding than UTF-8";
        }

        foreach (var node in document.ChildNodes.Cast<XmlNode>().Concat(document.DocumentElement!.SelfAndDescendants().SelectMany(element => element.ChildNodes.Cast<XmlNode>())))
        {
            switch (node)
            {
                // Canonicalisation drops comments: what was signed as two texts would be read as one, or as its first half.
                case XmlComment:
                    return "a comment";
                case XmlProcessingInstruction:
                    return "a processing instruction";
                case XmlElement { NamespaceURI: SamlNames.XInclude }:
                    return "an XInclude element";
            }
        }

        return null;
    }
}
