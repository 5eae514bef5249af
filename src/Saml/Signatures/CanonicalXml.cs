using System.Security.Cryptography.Xml;
using System.Xml;

namespace OrleansIdentity.Saml.Signatures;

/// <summary>Exclusive canonicalisation without comments (<c>http://www.w3.org/2001/10/xml-exc-c14n#</c>).</summary>
internal static class CanonicalXml
{
    private const string Namespaces = "http://www.w3.org/2000/xmlns/";

    /// <summary>The canonical bytes of an element.</summary>
    /// <param name="element">The element, which stays as it is.</param>
    /// <param name="without">A child to leave out: the signature itself, where the transform is <c>enveloped-signature</c>.</param>
    /// <param name="prefixes">The <c>PrefixList</c> of <c>InclusiveNamespaces</c>; null for none.</param>
    public static byte[] Of(XmlElement element, XmlElement? without = null, string? prefixes = null)
    {
        var copy = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        var root = (XmlElement)copy.AppendChild(copy.ImportNode(element, deep: false))!;
        foreach (XmlNode child in element.ChildNodes)
        {
            if (child != without)
            {
                root.AppendChild(copy.ImportNode(child, deep: true));
            }
        }

        InheritNamespaces(element, root);
        var transform = new XmlDsigExcC14NTransform(includeComments: false, prefixes);
        transform.LoadInput(copy);
        using var output = (MemoryStream)transform.GetOutput(typeof(Stream));
        return output.ToArray();
    }

    // What an element inherits is part of its meaning, and of its canonical form where it is used.
    private static void InheritNamespaces(XmlElement element, XmlElement root)
    {
        for (var ancestor = element.ParentNode as XmlElement; ancestor is not null; ancestor = ancestor.ParentNode as XmlElement)
        {
            foreach (XmlAttribute attribute in ancestor.Attributes)
            {
                if (attribute.NamespaceURI == Namespaces && !root.HasAttribute(attribute.LocalName, Namespaces))
                {
                    root.SetAttributeNode((XmlAttribute)root.OwnerDocument.ImportNode(attribute, deep: true));
                }
            }
        }
    }
}
