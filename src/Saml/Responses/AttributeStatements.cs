using System.Xml;
using OrleansIdentity.Saml.Refusals;
using OrleansIdentity.Saml.Xml;

namespace OrleansIdentity.Saml.Responses;

/// <summary>The attributes of the user (core §2.7.3).</summary>
internal static class AttributeStatements
{
    private const string Saml = SamlNames.Assertion;

    /// <summary>The values by name. A name that comes twice is refused: which of the two is meant would be a matter of luck.</summary>
    public static SamlOutcome<IReadOnlyDictionary<string, IReadOnlyList<string>>> Read(XmlElement assertion)
    {
        var attributes = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var attribute in assertion.Elements("AttributeStatement", Saml).SelectMany(statement => statement.Elements()))
        {
            var name = attribute.Value("Name");
            if (!attribute.Is("Attribute", Saml) || string.IsNullOrEmpty(name) || Content.Fault(attribute, Content.Any("AttributeValue", Saml)) is not null)
            {
                return SamlRefusals.Attribute(name, "is not built as an attribute is");
            }

            var values = attribute.Elements().Select(value => value.Text()).ToList();
            if (values.Contains(null))
            {
                return SamlRefusals.Attribute(name, "has a value that is no plain text");
            }

            if (!attributes.TryAdd(name, values!))
            {
                return SamlRefusals.Attribute(name, "comes twice");
            }
        }

        return attributes;
    }
}
