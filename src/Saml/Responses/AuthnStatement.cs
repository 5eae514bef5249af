using System.Xml;
using OrleansIdentity.Saml.Refusals;
using OrleansIdentity.Saml.Xml;

namespace OrleansIdentity.Saml.Responses;

/// <summary>How and when the user signed in at the identity provider (core §2.7.2).</summary>
internal static class AuthnStatement
{
    private const string Saml = SamlNames.Assertion;

    public static SamlRefusal? Check(XmlElement assertion, Expectations expected)
    {
        var statement = Of(assertion);
        if (SamlInstant.Read(statement.Value("AuthnInstant")) is not { } signedIn)
        {
            return SamlRefusals.AuthnStatement("its AuthnInstant is missing or no UTC instant");
        }

        if (expected.IsAhead(signedIn))
        {
            return SamlRefusals.AuthnStatement("its AuthnInstant is ahead; check the clocks");
        }

        if (statement.HasAttribute("SessionNotOnOrAfter"))
        {
            if (SessionNotOnOrAfter(assertion) is not { } end)
            {
                return SamlRefusals.AuthnStatement("its SessionNotOnOrAfter is no UTC instant");
            }

            if (expected.IsOver(end))
            {
                return SamlRefusals.SessionExpired(end);
            }
        }

        return CheckRequest(assertion, signedIn, expected);
    }

    // What a request asked for binds the answer to it, and no other response.
    private static SamlRefusal? CheckRequest(XmlElement assertion, DateTimeOffset signedIn, Expectations expected)
    {
        if (SubjectConfirmation.InResponseTo(assertion) is null || expected.Request is not { } request)
        {
            return null;
        }

        if (request.ForceAuthn && expected.IsBefore(signedIn, request.IssuedAt))
        {
            return SamlRefusals.AuthenticationTooOld(signedIn);
        }

        return request.AuthnContexts.Count == 0 || request.AuthnContexts.Contains(ContextClass(assertion))
            ? null
            : SamlRefusals.AuthenticationContext(ContextClass(assertion));
    }

    public static DateTimeOffset Instant(XmlElement assertion) => SamlInstant.Read(Of(assertion).Value("AuthnInstant"))!.Value;

    public static DateTimeOffset? SessionNotOnOrAfter(XmlElement assertion) => SamlInstant.Read(Of(assertion).Value("SessionNotOnOrAfter"));

    public static string? SessionIndex(XmlElement assertion) => Of(assertion).Value("SessionIndex");

    public static string? ContextClass(XmlElement assertion) => Of(assertion).Only("AuthnContext", Saml)?.Only("AuthnContextClassRef", Saml)?.Text();

    private static XmlElement Of(XmlElement assertion) => assertion.Only("AuthnStatement", Saml)!;
}
