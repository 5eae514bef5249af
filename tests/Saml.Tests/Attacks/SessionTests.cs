using OrleansIdentity.Saml.Responses;
using OrleansIdentity.Saml.Tests.Support;

namespace OrleansIdentity.Saml.Tests.Attacks;

/// <summary>How and when the user signed in, and what the request asked for.</summary>
public sealed class SessionTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("now")]
    public async Task Validate_NoAuthnInstant_IsRefused(string? instant) =>
        await Judge.RefusesAsync("saml-authn-statement", new Genuine { AuthnInstant = instant }.Signed(), $"{instant}");

    [Fact]
    public async Task Validate_SignedInAheadOfTime_IsRefused() => await Judge.RefusesAsync("saml-authn-statement", new Genuine { AuthnInstant = Genuine.At(3) }.Signed());

    [Theory]
    [InlineData("-3", "saml-session-expired")]
    [InlineData("soon", "saml-authn-statement")]
    public async Task Validate_SessionIsOver_IsRefused(string minutes, string refusal) => await Judge.RefusesAsync(
        refusal, new Genuine { SessionNotOnOrAfter = double.TryParse(minutes, out var at) ? Genuine.At(at) : minutes }.Signed(), minutes);

    [Fact]
    public async Task Validate_TwoAuthnStatements_IsRefused() => await Judge.RefusesAsync(
        "saml-assertion-shape", new Genuine { InAssertion = $"<saml:AuthnStatement AuthnInstant=\"{Genuine.At(0)}\"/>" }.Signed());

    // The request was made a minute ago: what was before it is no fresh sign-in, by clocks two minutes apart.
    [Theory]
    [InlineData(-3.1, false)]
    [InlineData(-2.9, true)]
    public async Task Validate_FreshSignInAskedFor_LooksAtTheInstant(double minutes, bool accepted)
    {
        var response = new Genuine { AuthnInstant = Genuine.At(minutes) }.Signed() with { Request = Tenant.Request with { ForceAuthn = true } };

        await (accepted ? Judge.AcceptsAsync(response) : Judge.RefusesAsync("saml-authn-too-old", response, "too old"));
    }

    [Fact]
    public async Task Validate_SignedInLongAgo_IsAcceptedWhereNothingElseWasAskedFor() => await Judge.AcceptsAsync(new Genuine { AuthnInstant = Genuine.At(-600) }.Signed());

    [Theory]
    [InlineData("urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken", true)]
    [InlineData(Tenant.Password, false)]
    [InlineData(null, false)]
    public async Task Validate_ContextAskedFor_IsDemanded(string? context, bool accepted)
    {
        var response = new Genuine { ContextClass = context }.Signed() with
        {
            Request = Tenant.Request with { AuthnContexts = ["urn:oasis:names:tc:SAML:2.0:ac:classes:X509", "urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken"] },
        };

        await (accepted ? Judge.AcceptsAsync(response) : Judge.RefusesAsync("saml-authn-context", response, $"{context}"));
    }

    // Nothing was asked of a sign-in that began at Okta; the identity says so by having no InResponseTo.
    [Fact]
    public async Task Validate_IdpInitiatedBesideAStrictRequest_IsNoAnswerToIt()
    {
        var identity = await Judge.AcceptsAsync(new Genuine { InResponseTo = null, SubjectInResponseTo = null, AuthnInstant = Genuine.At(-600) }.Signed() with
        {
            Request = Tenant.Request with { ForceAuthn = true, AuthnContexts = ["urn:x"] },
            Policy = new Parties.SamlPolicy { AllowIdpInitiated = true },
        });

        Assert.Null(identity.InResponseTo);
    }
}
