using System.Xml;

namespace OrleansIdentity.Saml.Xml;

/// <summary>Reading of elements by exact name and namespace; prefixes mean nothing.</summary>
internal static class XmlElements
{
    public static bool Is(this XmlElement element, string name, string ns) => element.LocalName == name && element.NamespaceURI == ns;

    public static IEnumerable<XmlElement> Elements(this XmlNode parent) => parent.ChildNodes.OfType<XmlElement>();

    public static IEnumerable<XmlElement> Elements(this XmlNode parent, string name, string ns) => parent.Elements().Where(child => child.Is(name, ns));

    /// <summary>The child of this name; null if there is none or more than one.</summary>
    public static XmlElement? Only(this XmlNode parent, string name, string ns)
    {
        XmlElement? only = null;
        foreach (var child in parent.Elements(name, ns))
        {
            if (only is not null)
            {
                return null;
            }

            only = child;
        }

        return only;
    }

    /// <summary>The value of an attribute without namespace; null if it is absent.</summary>
    public static string? Value(this XmlElement element, string attribute) => element.GetAttributeNode(attribute, "")?.Value;

    /// <summary>The whole text, blanks included, of an element that contains nothing but text; null otherwise.</summary>
    public static string? Text(this XmlElement element) =>
        element.ChildNodes.Cast<XmlNode>().All(node => node is XmlCharacterData and not XmlComment) ? element.InnerText : null;

    /// <summary>The element and everything below it, in document order.</summary>
    public static IEnumerable<XmlElement> SelfAndDescendants(this XmlElement element)
    {
        yield return element;
        foreach (var descendant in element.Elements().SelectMany(SelfAndDescendants))
        {
            yield return descendant;
        }
    }
}
