using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace OrleansIdentity.Api.SignIn.Oidc;

/// <summary>Validates tokens with the one key that they name, of their provider alone; a key that is new there is asked for in the same sign-in.</summary>
internal sealed class IdTokenHandler(Provider provider) : JsonWebTokenHandler
{
    private const int MaxToken = 32 * 1024;

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        if (token.Length > MaxToken || !CanReadToken(token))
        {
            return new TokenValidationResult { IsValid = false, Exception = new SecurityTokenMalformedException("Not a token.") };
        }

        var own = validationParameters.Clone();
        own.IssuerSigningKeys = await provider.FindKeysAsync(new JsonWebToken(token).Kid, CancellationToken.None);
        own.ValidIssuers = null;
        return await base.ValidateTokenAsync(token, own);
    }
}
