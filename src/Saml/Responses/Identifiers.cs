using System.Xml;
using OrleansIdentity.Saml.Refusals;
using OrleansIdentity.Saml.Xml;

namespace OrleansIdentity.Saml.Responses;

/// <summary>What a reference could point to: libraries look for <c>ID</c>, <c>Id</c>, <c>id</c> or <c>xml:id</c>, and not in the same order. So one value names one element, however spelled.</summary>
internal static class Identifiers
{
    /// <summary>Longer than any identifier; they are kept as keys.</summary>
    public const int MaxLength = 256;

    public static SamlRefusal? Check(XmlElement root)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var element in root.SelfAndDescendants())
        {
            foreach (XmlAttribute attribute in element.Attributes)
            {
                if (!attribute.LocalName.Equals("id", StringComparison.OrdinalIgnoreCase) || attribute.Prefix == "xmlns")
                {
                    continue;
                }

                if (element.NamespaceURI is SamlNames.Protocol or SamlNames.Assertion && attribute.Name != "ID")
                {
                    return SamlRefusals.Identifier("an identifier in another attribute than ID");
                }

                if (!seen.Add(attribute.Value))
                {
                    return SamlRefusals.Identifier("one identifier on two elements");
                }
            }
        }

        return root.Elements("Assertion", SamlNames.Assertion).Prepend(root).All(element => IsId(element.Value("ID")))
            ? null
            : SamlRefusals.Identifier("no proper identifier on the response or the assertion");
    }

    private static bool IsId(string? text) => text is { Length: > 0 and <= MaxLength } && XmlReader.IsName(text) && !text.Contains(':');
}
