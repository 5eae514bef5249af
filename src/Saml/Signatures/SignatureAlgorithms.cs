using System.Security.Cryptography;

namespace OrleansIdentity.Saml.Signatures;

/// <summary>The algorithms that are accepted, by their identifiers. What is not here is refused: SHA-1, every HMAC, <c>none</c>, other transforms.</summary>
internal static class SignatureAlgorithms
{
    public const string RsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    public const string Sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    public const string ExclusiveC14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
    public const string Enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

    /// <summary>The hash of an RSA signature algorithm; null if it is not accepted.</summary>
    public static HashAlgorithmName? OfSignature(string? uri) => uri switch
    {
        RsaSha256 => HashAlgorithmName.SHA256,
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384" => HashAlgorithmName.SHA384,
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512" => HashAlgorithmName.SHA512,
        _ => null,
    };

    /// <summary>The hash of a digest algorithm; null if it is not accepted.</summary>
    public static HashAlgorithmName? OfDigest(string? uri) => uri switch
    {
        Sha256 => HashAlgorithmName.SHA256,
        "http://www.w3.org/2001/04/xmldsig-more#sha384" => HashAlgorithmName.SHA384,
        "http://www.w3.org/2001/04/xmlenc#sha512" => HashAlgorithmName.SHA512,
        _ => null,
    };
}
