using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using OrleansIdentity.OktaSimulator.Management;

namespace OrleansIdentity.OktaSimulator.Provider;

/// <summary>
/// What an OpenID provider answers to somebody who is not signed in: discovery, and refusals that tell whether client id, redirect URI and secret are right. The org's own
/// issuer, and a custom one named <c>default</c>.
/// </summary>
internal static class ProviderEndpoints
{
    public static void Map(WebApplication app, SimulatedOrg org)
    {
        foreach (var issuer in new[] { "", "/oauth2/default" })
        {
            var endpoints = issuer.Length == 0 ? "/oauth2/v1" : $"{issuer}/v1";
            app.MapGet($"{issuer}/.well-known/openid-configuration", http => JsonAnswers.WriteAsync(http, Discovery(org, issuer, endpoints)));
            app.MapGet($"{endpoints}/authorize", http => AuthorizeAsync(org, http));
        }

        app.MapPost("/oauth2/default/v1/token", http => RedeemAsync(org, http));
    }

    /// <summary>Redeems a code. There is none that is good.</summary>
    public static async Task RedeemAsync(SimulatedOrg org, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var isKnown = Credentials(http.Request.Headers.Authorization.ToString()) is var (id, secret) && org.Provider.Find(id)?.Secret == secret;
        http.Response.StatusCode = isKnown ? 400 : 401;
        var error = !isKnown ? "invalid_client" : form["grant_type"] == "authorization_code" ? "invalid_grant" : "unsupported_grant_type";
        await JsonAnswers.WriteAsync(http, new JsonObject { ["error"] = error, ["error_description"] = "As the simulator sees it." });
    }

    private static JsonObject Discovery(SimulatedOrg org, string issuer, string endpoints)
    {
        var root = org.Url.GetLeftPart(UriPartial.Authority);
        return new JsonObject
        {
            ["issuer"] = root + issuer,
            ["authorization_endpoint"] = $"{root}{endpoints}/authorize",
            ["token_endpoint"] = $"{root}{endpoints}/token",
            ["jwks_uri"] = $"{root}{endpoints}/keys",
            ["response_types_supported"] = new JsonArray("code"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        };
    }

    // Nobody is signed in, so a request that is right is sent back with an error, and a wrong one stays here.
    private static async Task AuthorizeAsync(SimulatedOrg org, HttpContext http)
    {
        var query = http.Request.Query;
        var redirect = query["redirect_uri"].ToString();
        if (org.Provider.Find(query["client_id"].ToString()) is not { } app || !app.RedirectUris.Contains(redirect) || query["response_type"] != "code")
        {
            http.Response.StatusCode = 400;
            http.Response.ContentType = "text/html";
            await http.Response.WriteAsync("<html><body>400 Bad Request</body></html>", http.RequestAborted);
            return;
        }

        var back = new QueryBuilder { { "error", "login_required" }, { "state", query["state"].ToString() } };
        http.Response.StatusCode = StatusCodes.Status302Found;
        http.Response.Headers.Location = redirect + back.ToQueryString();
    }

    private static (string Id, string Secret)? Credentials(string header)
    {
        if (!header.StartsWith("Basic ", StringComparison.Ordinal))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(Convert.FromBase64String(header["Basic ".Length..])).Split(':', 2);
        return pair is [var id, var secret] ? (Uri.UnescapeDataString(id), Uri.UnescapeDataString(secret)) : null;
    }
}
