using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OrleansIdentity.Saml.Certificates;

namespace OrleansIdentity.Saml.Tests.Support;

/// <summary>A key pair with a certificate of its own signature. Each is made once.</summary>
internal sealed class TestKey
{
    private static readonly Lazy<TestKey> TheIdp = new(() => new TestKey(2048, Tenant.Now.AddYears(-1), Tenant.Now.AddYears(9)));
    private static readonly Lazy<TestKey> TheOther = new(() => new TestKey(2048, Tenant.Now.AddYears(-1), Tenant.Now.AddYears(9)));
    private static readonly Lazy<TestKey> TheExpired = new(() => new TestKey(2048, Tenant.Now.AddYears(-10), Tenant.Now.AddDays(-1)));
    private static readonly Lazy<TestKey> TheSmall = new(() => new TestKey(1024, Tenant.Now.AddYears(-1), Tenant.Now.AddYears(9)));

    private TestKey(int bits, DateTimeOffset from, DateTimeOffset to)
    {
        Key = RSA.Create(bits);
        var request = new CertificateRequest("CN=a test", Key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(from, to);
        Pem = certificate.ExportCertificatePem();
        Der = certificate.RawData;
    }

    /// <summary>The one of the tenant's identity provider.</summary>
    public static TestKey Idp => TheIdp.Value;

    /// <summary>One that the tenant does not trust: another tenant's, an attacker's.</summary>
    public static TestKey Other => TheOther.Value;

    /// <summary>One whose certificate is a day out of date.</summary>
    public static TestKey Expired => TheExpired.Value;

    /// <summary>One of 1024 bits.</summary>
    public static TestKey Small => TheSmall.Value;

    public RSA Key { get; }

    public string Pem { get; }

    public byte[] Der { get; }

    public string PrivatePem => Key.ExportPkcs8PrivateKeyPem();

    public SamlCertificate Certificate => SamlCertificate.Parse(Pem).TryGet(out var certificate, out var refusal)
        ? certificate
        : throw new InvalidOperationException(refusal.Id);

    public static SigningCertificates Trusting(params IEnumerable<TestKey> keys) =>
        SigningCertificates.Of(keys.Select(key => new TrustedCertificate(key.Certificate))).TryGet(out var certificates, out var refusal)
            ? certificates
            : throw new InvalidOperationException(refusal.Id);
}
