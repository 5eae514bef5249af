using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OrleansIdentity.Saml.Certificates;
using OrleansIdentity.Saml.Tests.Support;

namespace OrleansIdentity.Saml.Tests.Certificates;

/// <summary>What an admin pastes, and how certificates follow each other.</summary>
public sealed class CertificateTests
{
    [Theory]
    [InlineData("pem")]
    [InlineData("base64")]
    [InlineData("lines")]
    [InlineData("around")]
    public void Parse_AsPasted_IsRead(string variant)
    {
        var base64 = Convert.ToBase64String(TestKey.Idp.Der);
        var text = variant switch
        {
            "pem" => TestKey.Idp.Pem,
            "base64" => base64,
            "lines" => "\r\n  " + string.Join("\r\n  ", base64.Chunk(64).Select(line => new string(line))) + "\r\n",
            _ => "Bag Attributes\n" + TestKey.Idp.Pem.Replace("\n", "\r\n") + "\r\n",
        };

        Assert.True(SamlCertificate.Parse(text).TryGet(out var certificate, out var refusal), refusal?.Detail);
        Assert.Equal(base64, certificate.Base64);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(TestKey.Idp.Der)), certificate.Thumbprint);
        Assert.Equal("CN=a test", certificate.Subject);
        Assert.Equal(Tenant.Now.AddYears(9), certificate.NotAfter);
        Assert.True(certificate.IsValidAt(certificate.NotBefore) && certificate.IsValidAt(certificate.NotAfter));
        Assert.False(certificate.IsValidAt(certificate.NotBefore.AddSeconds(-1)) || certificate.IsValidAt(certificate.NotAfter.AddSeconds(1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("certificate")]
    [InlineData("AAAA")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")]
    public void Parse_NoCertificate_IsRefused(string text) => Refused("saml-certificate-malformed", text);

    [Fact]
    public void Parse_TwoCertificates_IsRefused() => Refused("saml-certificate-malformed", TestKey.Idp.Pem + "\n" + TestKey.Other.Pem);

    [Fact]
    public void Parse_Oversized_IsRefused() => Refused("saml-certificate-malformed", TestKey.Idp.Pem + new string(' ', CertificateText.MaxLength));

    [Fact]
    public void Parse_WithPrivateKey_IsRefusedWithoutRepeatingIt() => Refused("saml-certificate-private-key", TestKey.Idp.Pem + "\n" + TestKey.Idp.PrivatePem);

    // Row 19: RSA of at least 2048 bits.
    [Fact]
    public void Parse_SmallKey_IsRefused() => Refused("saml-certificate-key", TestKey.Small.Pem);

    [Fact]
    public void Parse_EllipticCurve_IsRefused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=a test", key, HashAlgorithmName.SHA256).CreateSelfSigned(Tenant.Now, Tenant.Now.AddYears(1));

        Refused("saml-certificate-key", certificate.ExportCertificatePem());
    }

    [Fact]
    public void Of_TheSameTwice_IsOne() => Assert.Single(TestKey.Trusting(TestKey.Idp, TestKey.Idp).All);

    [Fact]
    public void Of_Three_IsRefused()
    {
        var three = new[] { TestKey.Idp, TestKey.Other, TestKey.Expired }.Select(key => new TrustedCertificate(key.Certificate));

        Assert.False(SigningCertificates.Of(three).TryGet(out _, out var refusal));
        Assert.Equal("saml-certificate-too-many", refusal.Id);
    }

    [Fact]
    public void Rotate_Twice_WaitsForTheGraceOfTheFirst()
    {
        var (grace, now) = (TimeSpan.FromDays(1), Tenant.Now);
        Assert.True(TestKey.Trusting(TestKey.Idp).Rotate(TestKey.Other.Certificate, now, grace).TryGet(out var first, out _));

        Assert.Equal(2, first.LiveAt(now).Count());
        Assert.False(first.Rotate(TestKey.Expired.Certificate, now.AddHours(1), grace).TryGet(out _, out var refusal));
        Assert.Equal("saml-certificate-too-many", refusal.Id);
        Assert.True(first.Rotate(TestKey.Expired.Certificate, now + grace, grace).TryGet(out var second, out _));
        Assert.Equal([TestKey.Other.Certificate.Thumbprint, TestKey.Expired.Certificate.Thumbprint], second.All.Select(trusted => trusted.Certificate.Thumbprint));
    }

    // A rotation that is entered again must not lengthen the life of the old certificate, nor end that of the new one.
    [Fact]
    public void Rotate_ToTheCurrentOne_KeepsTheEndOfTheOldOne()
    {
        Assert.True(TestKey.Trusting(TestKey.Idp).Rotate(TestKey.Other.Certificate, Tenant.Now, TimeSpan.FromDays(1)).TryGet(out var first, out _));

        Assert.True(first.Rotate(TestKey.Other.Certificate, Tenant.Now.AddHours(1), TimeSpan.FromDays(1)).TryGet(out var again, out _));

        Assert.Equal([Tenant.Now.AddDays(1), null], again.All.Select(trusted => trusted.Until));
    }

    private static void Refused(string id, string text)
    {
        Assert.False(SamlCertificate.Parse(text).TryGet(out _, out var refusal));
        Assert.Equal(id, refusal.Id);
        Assert.DoesNotContain("MII", refusal.Detail);
    }
}
