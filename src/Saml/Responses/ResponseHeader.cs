using System.Xml;
using OrleansIdentity.Saml.Refusals;
using OrleansIdentity.Saml.Signatures;
using OrleansIdentity.Saml.Xml;

namespace OrleansIdentity.Saml.Responses;

/// <summary>What the response says about itself. Only the assertion may be signed, so these can refuse a response, and never let one in.</summary>
internal static class ResponseHeader
{
    private const string Samlp = SamlNames.Protocol;

    /// <summary>The top-level status is Success, and then there is an assertion.</summary>
    public static SamlRefusal? CheckStatus(XmlElement response)
    {
        if (response.Only("Status", Samlp)!.Only("StatusCode", Samlp) is not { } code || code.Value("Value") is not { } status)
        {
            return SamlRefusals.Shape("it has no status");
        }

        if (status != SamlNames.Success)
        {
            return SamlRefusals.Status(status, code.Only("StatusCode", Samlp)?.Value("Value"));
        }

        return response.Only("Assertion", SamlNames.Assertion) is null ? SamlRefusals.AssertionCount() : null;
    }

    /// <summary>The issuer is the tenant's. It may be left out where the response is not signed (profiles §4.1.4.2).</summary>
    public static SamlRefusal? CheckIssuer(XmlElement response, Expectations expected) =>
        response.Only("Issuer", SamlNames.Assertion) is null && !SignatureVerifier.IsSigned(response) ? null : Issuer.Check(response, expected);

    /// <summary>The response was sent to here (core §3.2.2, bindings §3.5.5.2).</summary>
    public static SamlRefusal? CheckDestination(XmlElement response, Expectations expected)
    {
        var destination = response.Value("Destination");
        var isRight = destination is null ? !SignatureVerifier.IsSigned(response) : destination == expected.Sp.AssertionConsumerService;
        return isRight ? null : SamlRefusals.Destination(destination, expected.Sp.AssertionConsumerService);
    }
}
