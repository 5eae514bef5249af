using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace OrleansIdentity.Api.SignIn.Oidc;

/// <summary>Validates tokens with the one key that they name, of their provider alone; a key that is new there is asked for in the same sign-in.</summary>
internal sealed class IdTokenHandler(Provider provider) : JsonWebTokenHandler
{
    private const int MaxToken = 32 * 1024;

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        if (token.Length > MaxToken || Read(token) is not { } read)
        {
            return new TokenValidationResult { IsValid = false, Exception = new SecurityTokenValidationException("Not a token.") };
        }

        var own = validationParameters.Clone();
        own.IssuerSigningKeys = await provider.FindKeysAsync(read.Kid, CancellationToken.None);
        own.ValidIssuers = null;
        return await base.ValidateTokenAsync(token, own);
    }

    /// <summary>What a text says that looks like a token, verified or not; null when it is none.</summary>
    public static JsonWebToken? Read(string text)
    {
        try
        {
            return new JsonWebToken(text);
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }
}
