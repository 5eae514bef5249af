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
            return Wrong(null);
        }

        var own = validationParameters.Clone();
        own.IssuerSigningKeys = await provider.FindKeysAsync(read.Kid, CancellationToken.None);
        own.ValidIssuers = null;

        // The framework takes unsigned tokens in the code flow, since they come from the provider's own address (OpenID Connect Core 1.0 §3.1.3.7, 6). Signed is safer.
        own.RequireSignedTokens = true;
        try
        {
            var result = await base.ValidateTokenAsync(token, own);
            return result.IsValid || result.Exception is SecurityTokenException ? result : Wrong(result.Exception);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return Wrong(exception);
        }
    }

    /// <summary>What a text says that looks like a token, verified or not; null when it is none.</summary>
    public static JsonWebToken? Read(string text)
    {
        try
        {
            return new JsonWebToken(text);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
    }

    // What cannot even be taken apart the library reports in many ways, as a wrong argument or format; here it is a wrong token.
    private static TokenValidationResult Wrong(Exception? exception) =>
        new() { IsValid = false, Exception = new SecurityTokenValidationException("Not a token.", exception) };
}
