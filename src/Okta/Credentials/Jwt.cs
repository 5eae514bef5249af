using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace OrleansIdentity.Okta.Credentials;

/// <summary>The JSON web tokens that a client makes.</summary>
internal static class Jwt
{
    /// <summary>Signers live as long as one signature, so that no cache outlives its key.</summary>
    public static CryptoProviderFactory Uncached { get; } = new() { CacheSignatureProviders = false };

    /// <summary>The assertion of <c>private_key_jwt</c> (RFC 7523 §3): for one audience, for five minutes, with an id of its own.</summary>
    public static string Assertion(string clientId, Uri audience, SigningCredentials signing, DateTimeOffset now) => Create(
        signing,
        "JWT",
        new()
        {
            ["iss"] = clientId,
            ["sub"] = clientId,
            ["aud"] = audience.AbsoluteUri,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
            ["jti"] = NewId(now),
        });

    /// <summary>Makes a token.</summary>
    public static string Create(SigningCredentials signing, string type, Dictionary<string, object> claims, Dictionary<string, object>? header = null) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            SigningCredentials = signing,
            TokenType = type,
            Claims = claims,
            AdditionalHeaderClaims = header,
        });

    /// <summary>An id that was never used.</summary>
    public static string NewId(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N");
}
