using OrleansIdentity.Saml.Parties;
using OrleansIdentity.Saml.Refusals;
using OrleansIdentity.Saml.Xml;

namespace OrleansIdentity.Saml.Responses;

/// <summary>Decides whether a posted response signs a user in. A pure function: it keeps nothing, asks nobody and does not know the time.</summary>
public static class SamlResponseValidator
{
    /// <summary>Validates a response.</summary>
    /// <param name="input">What the browser posted.</param>
    /// <param name="sp">The tenant that the URL names.</param>
    /// <param name="idp">The identity provider of that tenant.</param>
    /// <param name="request">The request that this browser has outstanding, if any.</param>
    /// <param name="now">The time.</param>
    /// <returns>Who signed in, or why nobody did. The caller refuses an assertion that it has seen before: see <see cref="SamlIdentity.AssertionId"/>.</returns>
    public static SamlOutcome<SamlIdentity> Validate(
        SamlResponseInput input, SamlServiceProvider sp, SamlIdentityProvider idp, PendingRequest? request, DateTimeOffset now)
    {
        var expected = new Expectations(sp, idp, request, now);

        // Of the document as it was sent: nothing is believed yet, and every step can only refuse.
        if (!ResponseForm.Read(input).TryGet(out var document, out var refusal))
        {
            return refusal;
        }

        var response = document.DocumentElement!;
        refusal = ResponseShape.Check(response)
            ?? Identifiers.Check(response)
            ?? ResponseHeader.CheckStatus(response)
            ?? ResponseHeader.CheckIssuer(response, expected)
            ?? ResponseHeader.CheckDestination(response, expected);
        if (refusal is not null)
        {
            return refusal;
        }

        if (!SignedAssertion.Verify(response, expected).TryGet(out var assertion, out refusal))
        {
            return refusal;
        }

        // Of what was signed, and of nothing else.
        refusal = AssertionShape.Check(assertion)
            ?? Issuer.Check(assertion, expected)
            ?? SubjectConfirmation.Check(assertion, expected)
            ?? SubjectConfirmation.CheckInResponseTo(response, assertion, expected)
            ?? Conditions.Check(assertion, expected)
            ?? AuthnStatement.Check(assertion, expected);
        if (refusal is not null)
        {
            return refusal;
        }

        if (!NameIds.Read(assertion, expected).TryGet(out var nameId, out refusal)
            || !AttributeStatements.Read(assertion).TryGet(out var attributes, out refusal))
        {
            return refusal;
        }

        return new SamlIdentity(
            nameId,
            attributes,
            AuthnStatement.SessionIndex(assertion),
            AuthnStatement.SessionNotOnOrAfter(assertion),
            AuthnStatement.Instant(assertion),
            AuthnStatement.ContextClass(assertion),
            assertion.Value("ID")!,
            expected.OverFrom(SubjectConfirmation.NotOnOrAfter(assertion)),
            SubjectConfirmation.InResponseTo(assertion));
    }
}
