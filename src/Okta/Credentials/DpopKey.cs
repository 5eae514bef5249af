using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace OrleansIdentity.Okta.Credentials;

/// <summary>A key that access tokens are bound to (RFC 9449). It is made for one session, never stored, and gone with it.</summary>
internal sealed class DpopKey : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly SigningCredentials _signing;
    private readonly Dictionary<string, object> _header;

    public DpopKey()
    {
        _signing = new SigningCredentials(new ECDsaSecurityKey(_key) { CryptoProviderFactory = Jwt.Uncached }, SecurityAlgorithms.EcdsaSha256);
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        _header = new()
        {
            ["jwk"] = new Dictionary<string, object>
            {
                ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64UrlEncoder.Encode(point.X), ["y"] = Base64UrlEncoder.Encode(point.Y),
            },
        };
    }

    /// <summary>A proof for one request (RFC 9449 §4.2). It is never sent twice: a server refuses an id that it has seen.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="url">The request's address; query and fragment are left out.</param>
    /// <param name="accessToken">The token that is sent with it; null at the token endpoint.</param>
    /// <param name="nonce">The server's last nonce, if it gave one.</param>
    /// <param name="now">The time.</param>
    public string Prove(HttpMethod method, Uri url, string? accessToken, string? nonce, DateTimeOffset now)
    {
        var claims = new Dictionary<string, object>
        {
            ["htm"] = method.Method,
            ["htu"] = url.GetLeftPart(UriPartial.Path),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["jti"] = Jwt.NewId(now),
        };
        if (accessToken is not null)
        {
            claims["ath"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)));
        }

        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        return Jwt.Create(_signing, "dpop+jwt", claims, _header);
    }

    public void Dispose() => _key.Dispose();
}
