using System.Xml;
using OrleansIdentity.Saml.Refusals;
using OrleansIdentity.Saml.Xml;

namespace OrleansIdentity.Saml.Responses;

/// <summary>What a signed assertion for sign-in consists of (profiles §4.1.4.2).</summary>
internal static class AssertionShape
{
    private const string Saml = SamlNames.Assertion;

    public static SamlRefusal? Check(XmlElement assertion)
    {
        if (!assertion.Is("Assertion", Saml) || assertion.Value("Version") != "2.0")
        {
            return SamlRefusals.AssertionShape("it is no SAML 2.0 assertion");
        }

        var fault = Content.Fault(
                assertion,
                Content.One("Issuer", Saml),
                Content.Optional("Signature", SamlNames.Signature),
                Content.One("Subject", Saml),
                Content.One("Conditions", Saml),
                Content.One("AuthnStatement", Saml),
                Content.Any("AttributeStatement", Saml))
            ?? Content.Fault(
                assertion.Only("Subject", Saml)!,
                Content.One("NameID", Saml),
                Content.One("SubjectConfirmation", Saml));
        return fault is null ? null : SamlRefusals.AssertionShape(fault);
    }
}
