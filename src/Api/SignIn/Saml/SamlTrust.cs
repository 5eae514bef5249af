using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Saml.Certificates;

namespace OrleansIdentity.Api.SignIn.Saml;

/// <summary>The certificates of a tenant's identity provider, as they are stored and as they are used.</summary>
internal static class SamlTrust
{
    /// <summary>A certificate that was read before it was stored.</summary>
    public static SamlCertificate Parse(string base64) => SamlCertificate.Parse(base64).TryGet(out var certificate, out var refusal)
        ? certificate
        : throw new InvalidOperationException($"A stored certificate cannot be read: {refusal.Id}.");

    /// <summary>As they are used.</summary>
    public static SigningCertificates From(SamlSettings settings) =>
        SigningCertificates.Of(settings.Certificates.Select(one => new TrustedCertificate(Parse(one.Base64), one.Until))).TryGet(out var certificates, out var refusal)
            ? certificates
            : throw new InvalidOperationException($"Stored certificates cannot be used: {refusal.Id}.");

    /// <summary>As they are stored.</summary>
    public static SamlCertificateSettings[] ToSettings(SigningCertificates certificates) =>
        [.. certificates.All.Select(one => new SamlCertificateSettings(one.Certificate.Thumbprint, one.Certificate.Base64, one.Until))];
}
