using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OrleansIdentity.Saml.Refusals;

namespace OrleansIdentity.Saml.Certificates;

/// <summary>A certificate that signatures are verified with: an RSA key and the days it is meant for. No chain and no revocation: the admin vouches for it.</summary>
public sealed class SamlCertificate
{
    /// <summary>The smallest key, in bits.</summary>
    public const int MinKeyBits = 2048;

    /// <summary>The largest key, in bits: larger ones only cost time.</summary>
    public const int MaxKeyBits = 8192;

    private readonly RSAParameters _key;

    private SamlCertificate(X509Certificate2 certificate, RSAParameters key)
    {
        _key = key;
        Subject = certificate.Subject;
        NotBefore = new DateTimeOffset(certificate.NotBefore.ToUniversalTime());
        NotAfter = new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
        Thumbprint = Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
        Base64 = Convert.ToBase64String(certificate.RawData);
    }

    /// <summary>Whom it names, as the certificate says.</summary>
    public string Subject { get; }

    /// <summary>Its first moment.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>Its last moment.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>SHA-256 over the certificate, in lower-case hexadecimal.</summary>
    public string Thumbprint { get; }

    /// <summary>The certificate in base64, in one line, as it is stored and published.</summary>
    public string Base64 { get; }

    /// <summary>Whether the moment is within its days.</summary>
    public bool IsValidAt(DateTimeOffset now) => NotBefore <= now && now <= NotAfter;

    /// <summary>Reads one certificate in PEM, or in base64 without the frame of PEM.</summary>
    /// <returns>The certificate; or <c>saml-certificate-malformed</c>, <c>saml-certificate-private-key</c> or <c>saml-certificate-key</c>.</returns>
    public static SamlOutcome<SamlCertificate> Parse(string text)
    {
        if (text.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            return SetupRefusals.CertificatePrivateKey();
        }

        if (CertificateText.Decode(text) is not { } der)
        {
            return SetupRefusals.CertificateMalformed();
        }

        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            using var rsa = certificate.GetRSAPublicKey();
            return rsa is { KeySize: >= MinKeyBits and <= MaxKeyBits }
                ? new SamlCertificate(certificate, rsa.ExportParameters(includePrivateParameters: false))
                : SetupRefusals.CertificateKey(MinKeyBits, MaxKeyBits);
        }
        catch (CryptographicException)
        {
            return SetupRefusals.CertificateMalformed();
        }
    }

    /// <summary>Whether the signature (RSASSA-PKCS1-v1_5) was made over the data with its key.</summary>
    internal bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, HashAlgorithmName hash)
    {
        // A key object of its own: they are not promised to bear several threads.
        using var rsa = RSA.Create(_key);
        return rsa.VerifyData(data, signature, hash, RSASignaturePadding.Pkcs1);
    }
}
