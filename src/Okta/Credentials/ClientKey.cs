using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using OrleansIdentity.Okta.Results;

namespace OrleansIdentity.Okta.Credentials;

/// <summary>A service app's private key: RSA of 2,048 bits or more (RS256), or P-256 (ES256).</summary>
public sealed class ClientKey
{
    private static readonly OktaFailure.Refused Malformed = new(new OktaError(
        "private-key-malformed",
        "This is not a private key that can be used. Paste the whole private key as Okta showed it, as JSON or PEM: RSA with 2048 bits or more, or EC P-256."));

    private ClientKey(SecurityKey key, string algorithm)
    {
        key.CryptoProviderFactory = Jwt.Uncached;
        Signing = new SigningCredentials(key, algorithm);
    }

    internal SigningCredentials Signing { get; }

    /// <summary>Reads a key.</summary>
    /// <param name="text">PEM, or a JSON web key.</param>
    /// <param name="keyId">The key's id in Okta; null when it stands in the JSON.</param>
    /// <returns>The key, <c>private-key-malformed</c> or <c>key-id-missing</c>.</returns>
    public static OktaResult<ClientKey> Parse(string text, string? keyId)
    {
        try
        {
            var key = text.TrimStart().StartsWith('{') ? FromJson(text, ref keyId) : FromPem(text);
            if (key is null)
            {
                return Malformed;
            }

            if (string.IsNullOrWhiteSpace(keyId))
            {
                return new OktaFailure.Refused(new OktaError("key-id-missing", "Okta tells keys apart by their id. Give the key id (KID) that Okta shows beside the public key."));
            }

            key.KeyId = keyId.Trim();
            return new ClientKey(key, key is RsaSecurityKey ? SecurityAlgorithms.RsaSha256 : SecurityAlgorithms.EcdsaSha256);
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException or JsonException or FormatException)
        {
            return Malformed;
        }
    }

    private static AsymmetricSecurityKey? FromPem(string text)
    {
        if (text.Contains("BEGIN EC ", StringComparison.Ordinal))
        {
            return FromEc(text);
        }

        try
        {
            var rsa = RSA.Create();
            rsa.ImportFromPem(text);
            return Check(new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: true)));
        }
        catch (CryptographicException)
        {
            // PKCS#8 does not say in its label what it holds.
            return FromEc(text);
        }
    }

    private static ECDsaSecurityKey? FromEc(string text)
    {
        var ec = ECDsa.Create();
        ec.ImportFromPem(text);
        return Check(ec);
    }

    private static AsymmetricSecurityKey? FromJson(string text, ref string? keyId)
    {
        var json = new JsonWebKey(text);
        keyId ??= json.Kid;
        if (!json.HasPrivateKey)
        {
            return null;
        }

        if (json.Kty == JsonWebAlgorithmsKeyTypes.RSA)
        {
            return Check(new RsaSecurityKey(new RSAParameters
            {
                Modulus = Bytes(json.N), Exponent = Bytes(json.E), D = Bytes(json.D), P = Bytes(json.P), Q = Bytes(json.Q), DP = Bytes(json.DP), DQ = Bytes(json.DQ), InverseQ = Bytes(json.QI),
            }));
        }

        return json is { Kty: JsonWebAlgorithmsKeyTypes.EllipticCurve, Crv: JsonWebKeyECTypes.P256 }
            ? Check(ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Bytes(json.D), Q = new ECPoint { X = Bytes(json.X), Y = Bytes(json.Y) } }))
            : null;
    }

    // A signature at once: half a key is found out here and not at the first call.
    private static RsaSecurityKey? Check(RsaSecurityKey key)
    {
        using var rsa = RSA.Create(key.Parameters);
        rsa.SignData([], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return rsa.KeySize >= 2_048 ? key : null;
    }

    private static ECDsaSecurityKey? Check(ECDsa ec)
    {
        ec.SignData([], HashAlgorithmName.SHA256);
        return ec.ExportParameters(includePrivateParameters: false).Curve.Oid.FriendlyName is "nistP256" or "ECDSA_P256" ? new ECDsaSecurityKey(ec) : null;
    }

    private static byte[] Bytes(string? text) => Base64UrlEncoder.DecodeBytes(text ?? throw new FormatException("A member of the key is missing."));
}
