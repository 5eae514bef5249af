using System.Globalization;

namespace OrleansIdentity.Saml.Refusals;

/// <summary>All refusals of responses. Those of certificates and metadata are in <see cref="SetupRefusals"/>.</summary>
internal static class SamlRefusals
{
    public static SamlRefusal Malformed(string what) => new(
        "saml-response-malformed", $"The SAML response cannot be read: {what}. Sign in again from the start; if it stays so, check the app's settings in Okta.");

    public static SamlRefusal TooLarge(int maxBytes) => new(
        "saml-response-too-large", $"The SAML response is larger than {maxBytes / 1024} KiB. Send fewer attributes or groups from the Okta app.");

    public static SamlRefusal ForbiddenXml(string what) => new(
        "saml-xml-forbidden", $"The SAML response contains {what}, which no identity provider sends. It was not looked at further. If this happens again, somebody may be trying to forge sign-ins.");

    public static SamlRefusal Shape(string what) => new(
        "saml-response-shape", $"The SAML response is not built as a sign-in response is: {what}. If this happens again, somebody may be trying to forge sign-ins.");

    public static SamlRefusal LogoutUnsupported() => new(
        "saml-logout-unsupported", "Single logout by SAML is not supported. Turn single logout off in the Okta app.");

    public static SamlRefusal Encrypted() => new(
        "saml-encrypted", "Encrypted assertions are not supported. Set Assertion Encryption to Unencrypted in the Okta app; the connection is encrypted by TLS.");

    public static SamlRefusal AssertionCount() => new(
        "saml-assertion-count", "The SAML response must hold exactly one assertion, at its top. If this happens again, somebody may be trying to forge sign-ins.");

    public static SamlRefusal Identifier(string what) => new(
        "saml-id-invalid", $"The SAML response has {what}. If this happens again, somebody may be trying to forge sign-ins.");

    public static SamlRefusal Status(string top, string? second) => new(
        "saml-status", $"Okta did not sign the user in and answered {Quoted(top)}{(second is null ? "" : $" ({Quoted(second)})")}. "
            + "Check in Okta that the user is assigned to the app, and read Okta's system log.");

    public static SamlRefusal Issuer(string? stated, string expected) => new(
        "saml-issuer", $"The response comes from {Quoted(stated)}, but this tenant trusts {Quoted(expected)}. Set the issuer in the settings to the Okta app's, or use that app.");

    public static SamlRefusal Destination(string? stated, string expected) => new(
        "saml-destination", $"The response is meant for {Quoted(stated)}. Set the Single sign-on URL of the Okta app to {Quoted(expected)} and let it be used for Recipient and Destination.");

    public static SamlRefusal SignatureMissing(string part) => new(
        "saml-signature-missing", $"The {part} must be signed and is not. Set {(part == "response" ? "Response" : "Assertion Signature")} to Signed in the Okta app.");

    public static SamlRefusal SignatureShape(string what) => new(
        "saml-signature-shape", $"A signature is not built as SAML demands: {what}. If this happens again, somebody may be trying to forge sign-ins.");

    public static SamlRefusal Algorithm(string? stated) => new(
        "saml-signature-algorithm", $"The algorithm {Quoted(stated)} is not accepted. Set the Signature Algorithm of the Okta app to RSA-SHA256 and the Digest Algorithm to SHA256.");

    public static SamlRefusal SignatureInvalid() => new(
        "saml-signature-invalid", "The signature was not made with a certificate of this tenant, or what it covers was changed. Copy the signing certificate of the Okta app into the settings.");

    public static SamlRefusal NoCertificate() => new(
        "saml-certificate-none", "No signing certificate of this tenant is in force. Copy the signing certificate of the Okta app into the settings.");

    public static SamlRefusal CertificateExpired(DateTimeOffset notAfter) => new(
        "saml-certificate-expired", $"The response was signed with a certificate that is not valid today (its last day is {Day(notAfter)}). "
            + "Make a new one in the Okta app, copy it into the settings, and activate it in Okta.");

    public static SamlRefusal AssertionShape(string what) => new(
        "saml-assertion-shape", $"The assertion is not built as one for sign-in is: {what}. Check the app's settings in Okta.");

    public static SamlRefusal Confirmation(string what) => new(
        "saml-subject-confirmation", $"The assertion does not say in the way of a browser sign-in for whom it is: {what}. Use a SAML 2.0 web app in Okta.");

    public static SamlRefusal Recipient(string? stated, string expected) => new(
        "saml-recipient", $"The assertion is for the recipient {Quoted(stated)}. Set the Recipient URL of the Okta app to {Quoted(expected)}.");

    public static SamlRefusal ConfirmationExpired(DateTimeOffset at) => new(
        "saml-subject-expired", $"The assertion could be used until {Instant(at)}, which is over. Sign in again; if it stays so, check the clocks.");

    public static SamlRefusal InResponseTo() => new(
        "saml-in-response-to", "The response does not answer the sign-in that this browser began, or that sign-in is over. Start the sign-in again.");

    public static SamlRefusal IdpInitiated() => new(
        "saml-idp-initiated", "The sign-in was started at Okta, which this tenant does not allow. Start it here, or allow it in the settings.");

    public static SamlRefusal NotYetValid(DateTimeOffset from) => new(
        "saml-not-yet-valid", $"The assertion is valid from {Instant(from)}, which is ahead. Check the clocks.");

    public static SamlRefusal Expired(DateTimeOffset at) => new(
        "saml-expired", $"The assertion was valid until {Instant(at)}, which is over. Sign in again; if it stays so, check the clocks.");

    public static SamlRefusal Condition(string what) => new(
        "saml-conditions", $"The conditions of the assertion cannot be kept: {what}. Check the app's settings in Okta.");

    public static SamlRefusal Audience(string? stated, string expected) => new(
        "saml-audience", $"The assertion is for the audience {Quoted(stated)}. Set the Audience URI (SP Entity ID) of the Okta app to {Quoted(expected)}.");

    public static SamlRefusal AuthnStatement(string what) => new(
        "saml-authn-statement", $"The assertion does not say properly how and when the user signed in: {what}. Check the app's settings in Okta.");

    public static SamlRefusal SessionExpired(DateTimeOffset at) => new(
        "saml-session-expired", $"The session at Okta ended at {Instant(at)}. Sign in again.");

    public static SamlRefusal AuthenticationTooOld(DateTimeOffset at) => new(
        "saml-authn-too-old", $"A fresh sign-in was asked for, but the user signed in at {Instant(at)}. Let the Okta app honour Force Authentication.");

    public static SamlRefusal AuthenticationContext(string? stated) => new(
        "saml-authn-context", $"The user signed in by {Quoted(stated)}, which is not what was asked for. Check the app's sign-on policy in Okta.");

    public static SamlRefusal NameId(string what) => new(
        "saml-name-id", $"The name of the user is not usable: {what}. Check the Application username of the Okta app.");

    public static SamlRefusal NameIdFormat(string? stated, string expected) => new(
        "saml-name-id-format", $"The name of the user has the format {Quoted(stated)}. Set the Name ID format of the Okta app to {Quoted(expected)}.");

    public static SamlRefusal Attribute(string? name, string what) => new(
        "saml-attribute", $"The attribute {Quoted(name)} {what}. Correct or remove it in the attribute statements of the Okta app.");

    /// <summary>As much of a message as a refusal repeats: at most 100 characters, and only ones that mean nothing to a log, a page or a terminal.</summary>
    internal static string Quoted(string? text)
    {
        const int Shown = 100;
        if (text is null)
        {
            return "(none)";
        }

        var safe = string.Concat(text.Take(Shown).Select(letter => letter is > ' ' and <= '~' && !"<>\"'&`\\".Contains(letter) ? letter : '?'));
        return text.Length <= Shown ? $"'{safe}'" : $"'{safe}…'";
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
