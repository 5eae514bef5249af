using System.Xml;
using OrleansIdentity.Saml.Refusals;
using OrleansIdentity.Saml.Xml;

namespace OrleansIdentity.Saml.Responses;

/// <summary>The outer shape: one response, at most one assertion, and signatures nowhere but directly in these two.</summary>
internal static class ResponseShape
{
    private const string Saml = SamlNames.Assertion;
    private const string Samlp = SamlNames.Protocol;

    public static SamlRefusal? Check(XmlElement root)
    {
        if (root.NamespaceURI == Samlp && root.LocalName is "LogoutRequest" or "LogoutResponse")
        {
            return SamlRefusals.LogoutUnsupported();
        }

        if (!root.Is("Response", Samlp) || root.Value("Version") != "2.0")
        {
            return SamlRefusals.Shape("it is no SAML 2.0 Response");
        }

        // By local names, whatever their namespace or place: nobody who looks for these may find another one than we do.
        foreach (var element in root.SelfAndDescendants())
        {
            switch (element.LocalName)
            {
                case "EncryptedAssertion" or "EncryptedID" or "EncryptedAttribute" or "EncryptedData":
                    return SamlRefusals.Encrypted();
                case "Assertion" when element.ParentNode != root || !element.Is("Assertion", Saml):
                case "Assertion" when root.Only("Assertion", Saml) is null:
                    return SamlRefusals.AssertionCount();
                case "Signature" when element.NamespaceURI != SamlNames.Signature || !(element.ParentNode == root || IsAssertion(element.ParentNode)):
                    return SamlRefusals.Shape("it has a signature in a place where none belongs");
                case "Response" when element != root:
                    return SamlRefusals.Shape("it has a response within a response");
            }
        }

        return Content.Fault(
            root,
            Content.Optional("Issuer", Saml),
            Content.Optional("Signature", SamlNames.Signature),
            Content.One("Status", Samlp),
            Content.Optional("Assertion", Saml)) is { } fault
                ? SamlRefusals.Shape(fault)
                : null;
    }

    private static bool IsAssertion(XmlNode? node) => node is XmlElement element && element.Is("Assertion", Saml);
}
