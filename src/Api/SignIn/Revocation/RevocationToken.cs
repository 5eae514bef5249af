using Microsoft.IdentityModel.Tokens;
using OrleansIdentity.Api.SignIn.Oidc;

namespace OrleansIdentity.Api.SignIn.Revocation;

/// <summary>A token by which Okta shows that it is Okta that asks.</summary>
/// <param name="Issuer">Who has signed it.</param>
/// <param name="ClientId">The app that it is about.</param>
/// <param name="Id">Its id, good once.</param>
/// <param name="Until">From when on (UTC) it is refused anyway.</param>
internal sealed record RevocationToken(string Issuer, string ClientId, string Id, DateTimeOffset Until);

/// <summary>Reads and verifies such tokens (draft-parecki-oauth-global-token-revocation).</summary>
internal sealed class RevocationTokens(Providers providers)
{
    private const string Type = "global-token-revocation+jwt";
    private const int MaxToken = 8 * 1024;
    private const int MaxId = 256;

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The token; null when it is not one that this tenant's org has made for this address.</summary>
    /// <exception cref="ProviderException">Okta cannot be asked for its keys.</exception>
    public async Task<RevocationToken?> ReadAsync(string tenant, RevocationSource source, string text, string audience)
    {
        // Nothing is asked of anybody whom the tenant has not named.
        if (text.Length > MaxToken || IdTokenHandler.Read(text) is not { Typ: Type, Alg: "RS256" } token || !source.Issuers.Contains(token.Issuer, StringComparer.Ordinal))
        {
            return null;
        }

        var provider = source.HasOwnKeys ? providers.ForApp(tenant, token.Issuer, source.AppId)
            : token.Issuer == source.Issuers[0] ? providers.ForSignIn(tenant, token.Issuer)
            : providers.ForOrg(tenant, token.Issuer);
        var result = await new IdTokenHandler(provider).ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidIssuer = token.Issuer, ValidAudience = audience, ValidAlgorithms = ["RS256"], ValidTypes = [Type], ClockSkew = Skew, TryAllIssuerSigningKeys = false,
        });
        if (result.Exception is ProviderException unavailable)
        {
            throw unavailable;
        }

        var hasTimes = token.TryGetPayloadValue<long>("iat", out _) && token.TryGetPayloadValue<long>("nbf", out _) && token.ValidTo - token.IssuedAt <= Longest;
        return result.IsValid && hasTimes && token is { Subject.Length: > 0, Id.Length: > 0 and <= MaxId }
            ? new RevocationToken(token.Issuer, token.Subject, token.Id, new DateTimeOffset(token.ValidTo, TimeSpan.Zero) + Skew)
            : null;
    }
}
