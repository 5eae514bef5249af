using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrleansIdentity.OktaSimulator.Management;
using OrleansIdentity.OktaSimulator.Management.Tokens;

namespace OrleansIdentity.OktaSimulator.Provider;

/// <summary>An OpenID provider: discovery, keys, authorize, token, userinfo, logout. The org's own issuer, and a custom one named <c>default</c>.</summary>
internal static class ProviderEndpoints
{
    public static void Map(WebApplication app, SimulatedOrg org)
    {
        foreach (var issuer in new[] { "", "/oauth2/default" })
        {
            var endpoints = issuer.Length == 0 ? "/oauth2/v1" : $"{issuer}/v1";
            app.MapGet($"{issuer}/.well-known/openid-configuration", http => ReadAsync(org, http, Discovery(org, issuer, endpoints)));
            app.MapGet($"{endpoints}/keys", http =>
            {
                http.Response.Headers.CacheControl = $"max-age={(int)org.Provider.Keys(issuer).Life.TotalSeconds}";
                return ReadAsync(org, http, org.Provider.Keys(issuer).Published());
            });
            app.MapGet($"{endpoints}/authorize", http => AuthorizeEndpoint.ShowAsync(org, http));
            app.MapPost($"{endpoints}/authorize", http => AuthorizeEndpoint.SignInAsync(org, http, issuer));
            app.MapGet($"{endpoints}/userinfo", http => UserInfoAsync(org, http));
            app.MapGet($"{endpoints}/logout", http => SignOutAsync(org, http));
        }

        app.MapPost("/oauth2/default/v1/token", http => CodeEndpoint.RedeemAsync(org, http));
    }

    private static Task ReadAsync(SimulatedOrg org, HttpContext http, JsonObject document)
    {
        org.Provider.Reads.AddOrUpdate(http.Request.Path.Value!, 1, (_, count) => count + 1);
        return JsonAnswers.WriteAsync(http, document);
    }

    private static JsonObject Discovery(SimulatedOrg org, string issuer, string endpoints)
    {
        var root = org.Url.GetLeftPart(UriPartial.Authority);
        var document = new JsonObject
        {
            ["issuer"] = root + issuer,
            ["authorization_endpoint"] = $"{root}{endpoints}/authorize",
            ["token_endpoint"] = $"{root}{endpoints}/token",
            ["userinfo_endpoint"] = $"{root}{endpoints}/userinfo",
            ["end_session_endpoint"] = $"{root}{endpoints}/logout",
            ["jwks_uri"] = $"{root}{endpoints}/keys",
            ["response_types_supported"] = new JsonArray("code"),
            ["subject_types_supported"] = new JsonArray("public"),
            ["code_challenge_methods_supported"] = new JsonArray("S256"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        };
        org.Provider.TamperDiscovery?.Invoke(document);
        return document;
    }

    private static Task UserInfoAsync(SimulatedOrg org, HttpContext http)
    {
        if (http.Request.Headers.Authorization.ToString() is not ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token] || !org.Provider.AccessTokens.TryGetValue(token, out var code))
        {
            http.Response.StatusCode = 401;
            return Task.CompletedTask;
        }

        var claims = CodeEndpoint.Profile(code.User);
        claims["sub"] = code.User.Id;
        org.Provider.TamperUserInfo?.Invoke(claims);
        return ReadAsync(org, http, claims);
    }

    // OpenID Connect RP-Initiated Logout 1.0 §2: the hint may have expired; the address is one that the app has registered.
    private static async Task SignOutAsync(SimulatedOrg org, HttpContext http)
    {
        var (hint, back) = (SignedToken.Read(http.Request.Query["id_token_hint"].ToString()), http.Request.Query["post_logout_redirect_uri"].ToString());
        if (hint?.Text("aud") is not { } clientId || org.Provider.Find(clientId) is not { } app || !app.SignOutUris.Contains(back))
        {
            http.Response.StatusCode = 400;
            await http.Response.WriteAsync("400 Bad Request", http.RequestAborted);
            return;
        }

        http.Response.Redirect(back);
    }
}
