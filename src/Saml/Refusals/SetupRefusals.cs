namespace OrleansIdentity.Saml.Refusals;

/// <summary>The refusals of what an admin sets up: certificates and metadata.</summary>
internal static class SetupRefusals
{
    public static SamlRefusal CertificateMalformed() => new(
        "saml-certificate-malformed", "That is not one X.509 certificate in PEM or base64. Copy the whole X.509 Certificate from the Okta app's set-up instructions.");

    public static SamlRefusal CertificatePrivateKey() => new(
        "saml-certificate-private-key", "That contains a private key. Nothing was stored. Paste the certificate alone, and replace the key: it has been on a clipboard.");

    public static SamlRefusal CertificateKey(int minBits, int maxBits) => new(
        "saml-certificate-key", $"The certificate's key must be RSA with {minBits} to {maxBits} bits. Make a new certificate in the Okta app.");

    public static SamlRefusal TooManyCertificates(int max) => new(
        "saml-certificate-too-many", $"At most {max} signing certificates can be in force. Remove the one that is no longer used first.");

    public static SamlRefusal MetadataMalformed(string what) => new(
        "saml-metadata-malformed", $"The metadata cannot be read: {what}. Copy the whole document from the Okta app's metadata URL.");

    public static SamlRefusal MetadataRole(string what) => new(
        "saml-metadata-role", $"The metadata does not describe one SAML 2.0 identity provider: {what}. Use the metadata of the Okta app.");

    public static SamlRefusal MetadataExpired() => new(
        "saml-metadata-expired", "The metadata says that it is no longer valid. Fetch it anew from the Okta app.");

    public static SamlRefusal MetadataEndpoint() => new(
        "saml-metadata-endpoint", "The metadata must name an https address for single sign-on by HTTP-Redirect or HTTP-POST. Use the metadata of the Okta app.");

    public static SamlRefusal MetadataCertificates() => new(
        "saml-metadata-certificates", "The metadata has no certificate for signing; one for encryption alone does not serve. Use the metadata of the Okta app.");
}
