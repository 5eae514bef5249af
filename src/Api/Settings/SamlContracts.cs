using System.Security.Cryptography;
using OrleansIdentity.Api.SignIn.Saml;
using OrleansIdentity.Grains.Contracts.Integrations;

namespace OrleansIdentity.Api.Settings;

/// <summary>Sets the tenant's SAML app up, or changes it.</summary>
/// <param name="Metadata">The app's metadata, XML. Send it or <paramref name="MetadataUrl"/>; neither to keep what is set.</param>
/// <param name="MetadataUrl">Where the metadata is, as Okta shows it; it is fetched now, once.</param>
/// <param name="OktaIdAttribute">The attribute statement that holds the user's id in Okta; null when the Name ID is it.</param>
/// <param name="EmailAttribute">The attribute statement that holds the e-mail address; null when the Name ID is it.</param>
/// <param name="Logout">Who may ask for Universal Logout; null for nobody.</param>
public sealed record SamlChange(
    string? Metadata = null, string? MetadataUrl = null, string? OktaIdAttribute = null, string? EmailAttribute = null, SamlLogout? Logout = null);

/// <summary>Who may ask for Universal Logout.</summary>
/// <param name="OrgUrl">The org, such as <c>https://acme.okta.com</c>.</param>
/// <param name="AppId">The app's id in Okta, which is in the address of its page there.</param>
public sealed record SamlLogout(string OrgUrl, string AppId);

/// <summary>A signing certificate that takes the place of the current one.</summary>
/// <param name="Certificate">In PEM or base64.</param>
/// <param name="GraceHours">For how long responses that the one before has signed are accepted still: 0 to 720.</param>
public sealed record SamlRotation(string Certificate, int GraceHours = 168);

/// <summary>The tenant's SAML app in Okta.</summary>
/// <param name="EntityId">Its entity id.</param>
/// <param name="SingleSignOnUrl">Where people are sent to sign in.</param>
/// <param name="MetadataUrl">Where its metadata was fetched; null when it was pasted.</param>
/// <param name="OktaIdAttribute">The attribute that holds the user's id in Okta; null when the Name ID is it.</param>
/// <param name="EmailAttribute">The attribute that holds the e-mail address; null when the Name ID is it.</param>
/// <param name="Certificates">The certificates that it signs with, oldest first.</param>
/// <param name="Logout">Who may ask for Universal Logout; null for nobody.</param>
public sealed record SamlView(
    string EntityId, string SingleSignOnUrl, string? MetadataUrl, string? OktaIdAttribute, string? EmailAttribute, SamlCertificateView[] Certificates, SamlLogout? Logout)
{
    internal static SamlView From(SamlSettings saml) => new(
        saml.EntityId, saml.SingleSignOnUrl, saml.MetadataUrl, saml.OktaIdAttribute, saml.EmailAttribute, Array.ConvertAll(saml.Certificates, SamlCertificateView.From),
        saml.Logout is { } logout ? new SamlLogout(logout.OrgUrl, logout.AppId) : null);
}

/// <summary>A signing certificate.</summary>
/// <param name="Thumbprint">SHA-256 over it, in hexadecimal, by which it is removed.</param>
/// <param name="Subject">Whom it names.</param>
/// <param name="NotBefore">Its first moment (UTC).</param>
/// <param name="NotAfter">Its last moment (UTC): from then on nobody can sign in by it.</param>
/// <param name="TrustedUntil">When the grace after its rotation ends (UTC); null while it is the current one.</param>
public sealed record SamlCertificateView(string Thumbprint, string Subject, DateTimeOffset NotBefore, DateTimeOffset NotAfter, DateTimeOffset? TrustedUntil)
{
    internal static SamlCertificateView From(SamlCertificateSettings stored)
    {
        var certificate = SamlTrust.Parse(stored.Base64);
        return new SamlCertificateView(stored.Thumbprint, certificate.Subject, certificate.NotBefore, certificate.NotAfter, stored.Until);
    }
}

/// <summary>What a SAML app in Okta needs to know, each exactly so.</summary>
/// <param name="SingleSignOnUrl">Single sign-on URL, which is Recipient and Destination too.</param>
/// <param name="AudienceUri">Audience URI (SP Entity ID); this side's metadata is there too.</param>
/// <param name="SignatureCertificate">The certificate that requests are signed with, PEM; null before SAML was set up.</param>
public sealed record SamlAddresses(string SingleSignOnUrl, string AudienceUri, string? SignatureCertificate)
{
    internal static SamlAddresses Below(string root, SamlSettings? saml)
    {
        var sp = SamlCall.SpBelow(root);
        return new SamlAddresses(
            sp.AssertionConsumerService, sp.EntityId, saml is null ? null : PemEncoding.WriteString("CERTIFICATE", Convert.FromBase64String(saml.RequestSigning.Certificate)));
    }
}
