using System.Xml;
using OrleansIdentity.Saml.Parties;
using OrleansIdentity.Saml.Refusals;
using OrleansIdentity.Saml.Signatures;
using OrleansIdentity.Saml.Xml;

namespace OrleansIdentity.Saml.Responses;

/// <summary>From the response that was sent to the assertion that was signed.</summary>
internal static class SignedAssertion
{
    /// <summary>Verifies every signature there is, outermost first; each step goes on with what the one before it covers.</summary>
    /// <returns>The assertion, which consists of signed bytes alone; or a refusal.</returns>
    public static SamlOutcome<XmlElement> Verify(XmlElement response, Expectations expected)
    {
        var assertion = AssertionOf(response);
        if (Missing(expected.Idp.Policy.Signed, SignatureVerifier.IsSigned(response), SignatureVerifier.IsSigned(assertion)) is { } part)
        {
            return SamlRefusals.SignatureMissing(part);
        }

        SamlRefusal? refusal;
        if (SignatureVerifier.IsSigned(response))
        {
            if (!SignatureVerifier.Verify(response, expected.Idp, expected.Now).TryGet(out var verified, out refusal))
            {
                return refusal;
            }

            assertion = AssertionOf(verified);
        }

        return SignatureVerifier.IsSigned(assertion) ? SignatureVerifier.Verify(assertion, expected.Idp, expected.Now) : assertion;
    }

    private static string? Missing(SignedParts demanded, bool responseSigned, bool assertionSigned) => demanded switch
    {
        SignedParts.Assertion or SignedParts.Both when !assertionSigned => "assertion",
        SignedParts.Response or SignedParts.Both when !responseSigned => "response",
        _ => responseSigned || assertionSigned ? null : "assertion",
    };

    private static XmlElement AssertionOf(XmlElement response) => response.Only("Assertion", SamlNames.Assertion)!;
}
