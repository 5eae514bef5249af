using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OrleansIdentity.OktaSimulator.Provider;

namespace OrleansIdentity.OktaSimulator.Management.Tokens;

/// <summary><c>POST /oauth2/v1/token</c> of the org authorization server, for service apps: <c>private_key_jwt</c>, scopes, DPoP.</summary>
internal static class TokenEndpoint
{
    private const string Bearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    public static async Task HandleAsync(SimulatedOrg org, HttpContext http)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
        if (form["grant_type"] == "authorization_code")
        {
            await CodeEndpoint.RedeemAsync(org, http);
            return;
        }

        if (form["grant_type"] != "client_credentials" || form["client_assertion_type"] != Bearer)
        {
            await RefuseAsync(http, 400, "unsupported_grant_type");
            return;
        }

        if (Authenticate(org, http, form["client_assertion"].ToString()) is not { } app)
        {
            await RefuseAsync(http, 401, "invalid_client");
            return;
        }

        var asksForBinding = app.RequiresDpop || http.Request.Headers.ContainsKey("DPoP");
        var (verdict, thumbprint) = asksForBinding ? DpopProof.Check(org, http.Request, null, needsNonce: true) : (DpopVerdict.Good, null);
        if (verdict != DpopVerdict.Good)
        {
            http.Response.Headers["DPoP-Nonce"] = org.Tokens.Nonce;
            await RefuseAsync(http, 400, verdict == DpopVerdict.NeedsNonce ? "use_dpop_nonce" : "invalid_dpop_proof");
            return;
        }

        var scopes = form["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (scopes.Length == 0 || scopes.Except(app.Scopes).Any())
        {
            await RefuseAsync(http, 400, "invalid_scope");
            return;
        }

        await JsonAnswers.WriteAsync(http, new JsonObject
        {
            ["token_type"] = thumbprint is null ? "Bearer" : "DPoP",
            ["expires_in"] = (int)org.Options.TokenLife.TotalSeconds,
            ["access_token"] = org.Tokens.Issue(new Caller(scopes, app.HasRole, null), thumbprint),
            ["scope"] = string.Join(' ', scopes),
        });
    }

    private static ServiceAppRegistration? Authenticate(SimulatedOrg org, HttpContext http, string text)
    {
        var now = org.Clock.GetUtcNow().ToUnixTimeSeconds();
        return SignedToken.Read(text) is { } assertion
            && assertion.Text("iss") is { } clientId
            && assertion.Text("sub") == clientId
            && org.Tokens.FindApp(clientId) is { } app
            && assertion.HeaderText("kid") == app.KeyId
            && assertion.IsSignedBy(app.PublicKey)
            && assertion.Text("aud") == $"{http.Request.Scheme}://{http.Request.Host}{http.Request.Path}"
            && assertion.Number("exp") is { } expires
            && expires > now
            && expires <= now + 3_600
            && assertion.Text("jti") is { } id
            && org.Tokens.IsFirstUse($"assertion {id}")
                ? app
                : null;
    }

    private static Task RefuseAsync(HttpContext http, int status, string error)
    {
        http.Response.StatusCode = status;
        return JsonAnswers.WriteAsync(http, new JsonObject { ["error"] = error, ["error_description"] = "As the simulator sees it." });
    }
}
