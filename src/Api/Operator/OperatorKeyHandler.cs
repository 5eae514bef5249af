using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Authentication;

namespace OrleansIdentity.Api.Operator;

/// <summary>Authenticates the vendor's operator by the operator key, sent as a bearer token.</summary>
internal sealed class OperatorKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> schemeOptions, ILoggerFactory loggers, UrlEncoder encoder, IOptions<OperatorOptions> options)
    : AuthenticationHandler<AuthenticationSchemeOptions>(schemeOptions, loggers, encoder)
{
    /// <summary>The name of the scheme and of the policy that asks for it.</summary>
    public const string SchemeName = "Operator";

    private readonly byte[] _expected = BearerToken.Hash(options.Value.Key);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.Count == 0)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        // Digests are compared, so that neither the length nor a common beginning of the key shows in time.
        var given = BearerToken.Hash(BearerToken.Parse(Request.Headers.Authorization.ToString()));
        if (!CryptographicOperations.FixedTimeEquals(given, _expected))
        {
            return Task.FromResult(AuthenticateResult.Fail("Not the operator key."));
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, "operator")], SchemeName);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer realm=\"operator\"";
        return OperatorProblem.From(401, "operator-key-invalid", "Send the operator key as 'Authorization: Bearer <key>'.").ExecuteAsync(Context);
    }
}
