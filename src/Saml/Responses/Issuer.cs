using System.Xml;
using OrleansIdentity.Saml.Refusals;
using OrleansIdentity.Saml.Xml;

namespace OrleansIdentity.Saml.Responses;

/// <summary>Who issued a response or an assertion.</summary>
internal static class Issuer
{
    /// <summary>The issuer is the identity provider of the tenant, letter by letter.</summary>
    public static SamlRefusal? Check(XmlElement issued, Expectations expected)
    {
        var issuer = issued.Only("Issuer", SamlNames.Assertion);
        return issuer?.Text() == expected.Idp.EntityId && (issuer.Value("Format") ?? SamlNames.EntityNameId) == SamlNames.EntityNameId
            ? null
            : SamlRefusals.Issuer(issuer?.Text(), expected.Idp.EntityId);
    }
}
