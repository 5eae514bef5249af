using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OrleansIdentity.Api.DataProtection;
using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Saml.Certificates;
using OrleansIdentity.Saml.Requests;

namespace OrleansIdentity.Api.SignIn.Saml;

/// <summary>The keys that tenants' requests are signed with: one for each tenant, made here, never seen by anybody.</summary>
internal sealed class RequestKeys(SecretBox box, TimeProvider time)
{
    private const int Bits = 2_048;
    private const int Years = 20;

    /// <summary>Makes one, with a certificate of its own signature: Okta compares it with what an admin has uploaded, and asks nobody else.</summary>
    public RequestSigningKey Make(string tenant)
    {
        var now = time.GetUtcNow();
        using var key = RSA.Create(Bits);
        var request = new CertificateRequest($"CN={tenant} sign-in requests", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(Years));
        var pkcs8 = Convert.ToBase64String(key.ExportPkcs8PrivateKey());
        return new RequestSigningKey(
            Convert.ToBase64String(certificate.RawData), new SealedSecret(Guid.CreateVersion7(now).ToString("n"), box.Seal(Context(tenant), pkcs8), now));
    }

    /// <summary>A tenant's key; its holder disposes of it.</summary>
    public SamlSigningKey Open(string tenant, RequestSigningKey signing)
    {
        var key = RSA.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(box.Open(Context(tenant), signing.Key.Sealed)), out _);
        return new SamlSigningKey(key, SamlTrust.Parse(signing.Certificate));
    }

    private static string Context(string tenant) => $"{tenant}|saml-request-key";
}
