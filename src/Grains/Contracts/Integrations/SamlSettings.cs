namespace OrleansIdentity.Grains.Contracts.Integrations;

/// <summary>The tenant's SAML app in Okta.</summary>
/// <param name="EntityId">Its entity id, which every response names as its issuer.</param>
/// <param name="SingleSignOnUrl">Where requests go by HTTP-Redirect.</param>
/// <param name="Certificates">The certificates that it signs with, oldest first; one or two.</param>
/// <param name="MetadataUrl">Where its metadata was fetched; null when it was pasted.</param>
/// <param name="OktaIdAttribute">The attribute that holds the user's id in Okta; null when the name of the subject is it.</param>
/// <param name="EmailAttribute">The attribute that holds the e-mail address; null when the name of the subject is it.</param>
/// <param name="RequestSigning">The key that requests are signed with here.</param>
[GenerateSerializer, Immutable, Alias("SamlSettings")]
public sealed record SamlSettings(
    [property: Id(0)] string EntityId,
    [property: Id(1)] string SingleSignOnUrl,
    [property: Id(2)] SamlCertificateSettings[] Certificates,
    [property: Id(3)] string? MetadataUrl,
    [property: Id(4)] string? OktaIdAttribute,
    [property: Id(5)] string? EmailAttribute,
    [property: Id(6)] RequestSigningKey RequestSigning)
{
    /// <summary>Who may ask for Universal Logout; null when nobody may.</summary>
    [Id(7)]
    public SamlLogoutSettings? Logout { get; init; }
}

/// <summary>Who may ask for Universal Logout of the people of a SAML app.</summary>
/// <param name="OrgUrl">The org, as its tokens name it.</param>
/// <param name="AppId">The app's id in Okta.</param>
[GenerateSerializer, Immutable, Alias("SamlLogoutSettings")]
public sealed record SamlLogoutSettings([property: Id(0)] string OrgUrl, [property: Id(1)] string AppId);

/// <summary>A certificate that responses are verified with.</summary>
/// <param name="Thumbprint">SHA-256 over it, in lower-case hexadecimal.</param>
/// <param name="Base64">The certificate.</param>
/// <param name="Until">The time (UTC) from which it is trusted no more, set when another one took its place; null while it is the current one.</param>
[GenerateSerializer, Immutable, Alias("SamlCertificateSettings")]
public sealed record SamlCertificateSettings([property: Id(0)] string Thumbprint, [property: Id(1)] string Base64, [property: Id(2)] DateTimeOffset? Until);

/// <summary>The key that a tenant's requests are signed with.</summary>
/// <param name="Certificate">Its certificate, in base64, for Okta to verify with.</param>
/// <param name="Key">The private key (PKCS #8), sealed.</param>
[GenerateSerializer, Immutable, Alias("RequestSigningKey")]
public sealed record RequestSigningKey([property: Id(0)] string Certificate, [property: Id(1)] SealedSecret Key);
