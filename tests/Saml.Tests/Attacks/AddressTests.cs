using OrleansIdentity.Saml.Parties;
using OrleansIdentity.Saml.Responses;
using OrleansIdentity.Saml.Tests.Support;

namespace OrleansIdentity.Saml.Tests.Attacks;

/// <summary>Rows 21 to 23, 26, 27 and 39 of the attacks: genuine and well signed, but from somebody else, for somebody else, or not asked for.</summary>
public sealed class AddressTests
{
    private const string Elsewhere = "https://other.example.com/saml/acs";
    private static readonly SamlPolicy Unsolicited = new() { AllowIdpInitiated = true };

    // Row 21: another tenant of the same Okta org, with the same certificate.
    [Fact]
    public async Task Validate_ResponseOfAnotherTenant_IsRefused() => await Judge.RefusesAsync(
        "saml-destination", new Genuine().Signed() with { Sp = new SamlServiceProvider("https://other.example.com/saml/metadata", Elsewhere) });

    [Fact]
    public async Task Validate_AssertionOfAnotherTenantInAResponseForThisOne_IsRefused() => await Judge.RefusesAsync(
        "saml-recipient", new Genuine { Recipient = Elsewhere, Restrictions = Genuine.Audience("https://other.example.com/saml/metadata") }.Signed());

    // Row 22.
    [Theory]
    [InlineData("http://www.okta.com/other")]
    [InlineData("http://www.okta.com/EXK1fcia6d6EMsf331d8")]
    [InlineData(Tenant.IdpEntityId + " ")]
    [InlineData(" " + Tenant.IdpEntityId)]
    [InlineData("")]
    public async Task Validate_WrongIssuerOfTheResponse_IsRefused(string issuer) =>
        await Judge.RefusesAsync("saml-issuer", new Genuine { Issuer = issuer }.Signed(), issuer);

    [Theory]
    [InlineData("http://www.okta.com/other")]
    [InlineData("")]
    public async Task Validate_WrongIssuerOfTheAssertion_IsRefused(string issuer) =>
        await Judge.RefusesAsync("saml-issuer", new Genuine { AssertionIssuer = issuer }.Signed(), issuer);

    [Theory]
    [InlineData("https://other.example.com/saml/metadata")]
    [InlineData("https://acme.example.com/saml/metadata/")]
    [InlineData("https://acme.example.com/saml/METADATA")]
    [InlineData("https://acme.example.com/saml/metadata ")]
    [InlineData("")]
    public async Task Validate_WrongAudience_IsRefused(string audience) =>
        await Judge.RefusesAsync("saml-audience", new Genuine { Restrictions = Genuine.Audience(audience) }.Signed(), audience);

    // Core §2.5.1.4: of several restrictions each must be met.
    [Fact]
    public async Task Validate_OneOfTwoRestrictionsNotMet_IsRefused() => await Judge.RefusesAsync(
        "saml-audience", new Genuine { Restrictions = Genuine.Audience(Tenant.Sp.EntityId) + Genuine.Audience("https://other.example.com") }.Signed());

    [Fact]
    public async Task Validate_OneOfTwoAudiences_IsAccepted() => await Judge.AcceptsAsync(
        new Genuine { Restrictions = Genuine.Audience("https://other.example.com", Tenant.Sp.EntityId) }.Signed());

    [Theory]
    [InlineData(Elsewhere)]
    [InlineData("https://acme.example.com/saml/acs/")]
    [InlineData("https://ACME.example.com/saml/acs")]
    [InlineData("")]
    public async Task Validate_WrongRecipient_IsRefused(string recipient) =>
        await Judge.RefusesAsync("saml-recipient", new Genuine { Recipient = recipient }.Signed(), recipient);

    [Theory]
    [InlineData(Elsewhere, SignedParts.Assertion)]
    [InlineData(Elsewhere, SignedParts.Response)]
    [InlineData("https://acme.example.com/saml/acs?x=1", SignedParts.Assertion)]
    internal async Task Validate_WrongDestination_IsRefused(string destination, SignedParts parts) => await Judge.RefusesAsync(
        "saml-destination", new Genuine { Destination = destination }.Signed(new Signing { Parts = parts }), $"{destination}-{parts}");

    // Bindings §3.5.5.2: a signed response must say where it is sent to.
    [Fact]
    public async Task Validate_SignedResponseWithoutDestination_IsRefused() => await Judge.RefusesAsync(
        "saml-destination", new Genuine { Destination = null }.Signed(new Signing { Parts = SignedParts.Response }));

    [Fact]
    public async Task Validate_UnsignedResponseWithoutDestination_IsAccepted() => await Judge.AcceptsAsync(new Genuine { Destination = null }.Signed());

    [Fact]
    public async Task Validate_SignedResponseWithoutIssuer_IsRefused() => await Judge.RefusesAsync(
        "saml-issuer", new Genuine { Issuer = null }.Signed(new Signing { Parts = SignedParts.Response }));

    // Profiles §4.1.4.2 allows it.
    [Fact]
    public async Task Validate_UnsignedResponseWithoutIssuer_IsAccepted() => await Judge.AcceptsAsync(new Genuine { Issuer = null }.Signed());

    // Row 23.
    [Theory]
    [InlineData("")]
    [InlineData("<saml:AudienceRestriction/>")]
    public async Task Validate_NoAudience_IsRefused(string restrictions) =>
        await Judge.RefusesAsync("saml-audience", new Genuine { Restrictions = restrictions }.Signed(), restrictions);

    [Fact]
    public async Task Validate_NoRecipient_IsRefused() => await Judge.RefusesAsync("saml-recipient", new Genuine { Recipient = null }.Signed());

    [Fact]
    public async Task Validate_NoNotOnOrAfter_IsRefused() =>
        await Judge.RefusesAsync("saml-subject-confirmation", new Genuine { SubjectNotOnOrAfter = null }.Signed());

    // Attributes of another namespace are none of ours.
    [Fact]
    public async Task Validate_RecipientOfAnotherNamespace_IsRefused() => await Judge.RefusesAsync(
        "saml-recipient",
        new Genuine { Recipient = null, SubjectInResponseTo = "_request\" xmlns:x=\"urn:x\" x:Recipient=\"" + Tenant.Sp.AssertionConsumerService }.Signed());

    // Row 26. A used request is one that the caller no longer has; one of another browser is one that this browser does not have.
    [Theory]
    [InlineData("_unknown", "_unknown")]
    [InlineData("_request", "_other")]
    [InlineData("_other", "_request")]
    [InlineData("_REQUEST", "_REQUEST")]
    [InlineData("_request", null)]
    [InlineData(null, "_request")]
    public async Task Validate_InResponseToAnotherRequest_IsRefused(string? response, string? subject) => await Judge.RefusesAsync(
        "saml-in-response-to",
        new Genuine { InResponseTo = response, SubjectInResponseTo = subject }.Signed() with { Policy = Unsolicited },
        $"{response}-{subject}");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Validate_InResponseToWithoutAPendingRequest_IsRefused(bool idpInitiated) => await Judge.RefusesAsync(
        "saml-in-response-to", new Genuine().Signed() with { Request = null, Policy = Unsolicited with { AllowIdpInitiated = idpInitiated } }, $"{idpInitiated}");

    [Fact]
    public async Task Validate_AnswerToTheRequestOfAnotherBrowser_IsRefused() => await Judge.RefusesAsync(
        "saml-in-response-to", new Genuine().Signed() with { Request = Tenant.Request with { Id = "_mine" } });

    // Row 27.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Validate_IdpInitiatedWhileDisabled_IsRefused(bool pending) => await Judge.RefusesAsync(
        "saml-idp-initiated",
        new Genuine { InResponseTo = null, SubjectInResponseTo = null }.Signed() with { Request = pending ? Tenant.Request : null },
        $"{pending}");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Validate_IdpInitiatedWhileAllowed_IsAcceptedAsNoAnswer(bool pending)
    {
        var identity = await Judge.AcceptsAsync(
            new Genuine { InResponseTo = null, SubjectInResponseTo = null }.Signed() with { Request = pending ? Tenant.Request : null, Policy = Unsolicited },
            $"{pending}");

        Assert.Null(identity.InResponseTo);
    }

    // Row 39.
    [Theory]
    [InlineData("urn:oasis:names:tc:SAML:2.0:cm:holder-of-key")]
    [InlineData("urn:oasis:names:tc:SAML:2.0:cm:sender-vouches")]
    [InlineData("")]
    public async Task Validate_ConfirmationOtherThanBearer_IsRefused(string method) =>
        await Judge.RefusesAsync("saml-subject-confirmation", new Genuine { Method = method }.Signed(), method);

    [Fact]
    public async Task Validate_BearerWithNotBefore_IsRefused() =>
        await Judge.RefusesAsync("saml-subject-confirmation", new Genuine { SubjectNotBefore = Genuine.At(-5) }.Signed());

    [Fact]
    public async Task Validate_NoConfirmationData_IsRefused() => await Judge.RefusesAsync(
        "saml-subject-confirmation",
        SamlCase.Of(Signing.Default.Sign(Doc.Edit(new Genuine().ToXml(), document =>
        {
            var data = Doc.Find(document, "SubjectConfirmationData");
            data.ParentNode!.RemoveChild(data);
        }))) with { Policy = Unsolicited });

    // One that lasts longer would be accepted after the id of its assertion was forgotten.
    [Fact]
    public async Task Validate_TwoConfirmations_IsRefused() => await Judge.RefusesAsync(
        "saml-assertion-shape",
        new Genuine
        {
            InSubject = $"<saml:SubjectConfirmation Method=\"{SamlNames.Bearer}\"><saml:SubjectConfirmationData Recipient=\"{Tenant.Sp.AssertionConsumerService}\" NotOnOrAfter=\"{Genuine.At(60)}\" InResponseTo=\"_request\"/></saml:SubjectConfirmation>",
        }.Signed());

    [Fact]
    public async Task Validate_TwoSubjects_IsRefused() => await Judge.RefusesAsync(
        "saml-assertion-shape", new Genuine { InAssertion = "<saml:Subject><saml:NameID>owner@example.com</saml:NameID></saml:Subject>" }.Signed());

    [Fact]
    public async Task Validate_TwoNames_IsRefused() => await Judge.RefusesAsync(
        "saml-assertion-shape", new Genuine { InSubject = "<saml:NameID>owner@example.com</saml:NameID>" }.Signed());
}
