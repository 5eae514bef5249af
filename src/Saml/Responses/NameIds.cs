using System.Xml;
using OrleansIdentity.Saml.Refusals;
using OrleansIdentity.Saml.Xml;

namespace OrleansIdentity.Saml.Responses;

/// <summary>The name of the user.</summary>
internal static class NameIds
{
    private const string Saml = SamlNames.Assertion;

    /// <summary>The name is one text that is not empty, and in the format that the tenant wants.</summary>
    public static SamlOutcome<SamlNameId> Read(XmlElement assertion, Expectations expected)
    {
        var element = assertion.Only("Subject", Saml)!.Only("NameID", Saml)!;

        // The element comes from canonical bytes, where a text is one node: anything else is no plain name.
        if (element.ChildNodes.Count != 1 || element.Text() is not { } value || string.IsNullOrWhiteSpace(value))
        {
            return SamlRefusals.NameId("it is empty or no plain text");
        }

        var format = element.Value("Format") ?? SamlNames.UnspecifiedNameId;
        return expected.Idp.Policy.NameIdFormat is { } wanted && format != wanted
            ? SamlRefusals.NameIdFormat(format, wanted)
            : new SamlNameId(value, format, element.Value("NameQualifier"), element.Value("SPNameQualifier"));
    }
}
