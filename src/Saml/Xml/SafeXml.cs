using System.Text;
using System.Xml;

namespace OrleansIdentity.Saml.Xml;

/// <summary>Loads XML that anybody may have sent: no DTD, nothing external, every blank kept. There is one parser, and this is its only door.</summary>
internal static class SafeXml
{
    /// <summary>How deep elements may lie in each other: canonicalisation recurses.</summary>
    public const int MaxDepth = 32;

    /// <summary>How many attributes and namespaces an element may have: canonicalisation sorts them, for each element anew.</summary>
    public const int MaxAttributes = 64;

    /// <summary>The document; null if it is not well-formed, has a DTD, or exceeds a limit.</summary>
    /// <param name="xml">The text.</param>
    /// <param name="ignoreRemarks">Whether comments and processing instructions are left out, as if they were not there.</param>
    public static XmlDocument? Load(string xml, bool ignoreRemarks = false)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = ignoreRemarks,
            IgnoreProcessingInstructions = ignoreRemarks,
        };
        try
        {
            using var scout = XmlReader.Create(new StringReader(xml), settings);
            if (!IsWithinLimits(scout))
            {
                return null;
            }

            using var reader = XmlReader.Create(new StringReader(xml), settings);
            var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
            document.Load(reader);
            return document;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>The element that canonical bytes consist of; null as above.</summary>
    public static XmlElement? LoadCanonical(byte[] bytes) => Load(Encoding.UTF8.GetString(bytes))?.DocumentElement;

    // Ahead of the tree, so that no tree is built that something recurses into.
    private static bool IsWithinLimits(XmlReader reader)
    {
        while (reader.Read())
        {
            if (reader.Depth > MaxDepth || reader.AttributeCount > MaxAttributes)
            {
                return false;
            }
        }

        return true;
    }
}
