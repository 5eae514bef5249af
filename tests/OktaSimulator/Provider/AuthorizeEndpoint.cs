using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using OrleansIdentity.OktaSimulator.Management;

namespace OrleansIdentity.OktaSimulator.Provider;

/// <summary>
/// Where people sign in at the org. It asks for a login and takes it at its word, with one factor or two. A request that is wrong about client or redirect URI stays
/// here; everything else is sent back.
/// </summary>
internal static class AuthorizeEndpoint
{
    private const string TwoFactors = "urn:okta:loa:2fa:any";

    public static Task ShowAsync(SimulatedOrg org, HttpContext http)
    {
        var query = http.Request.Query;
        if (!IsKnown(org, query))
        {
            return StayAsync(http);
        }

        if (query["state"].Count == 0 || query["code_challenge_method"] != "S256" || query["code_challenge"].Count == 0)
        {
            return BackAsync(http, ("error", "invalid_request"));
        }

        if (query["prompt"] == "none")
        {
            return BackAsync(http, ("error", "login_required"));
        }

        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(
            $"""
            <!doctype html><html lang="en"><head><title>Okta (simulated)</title></head><body><main>
            <h1>Sign in to the simulated org</h1>
            <form method="post" action="{WebUtility.HtmlEncode(http.Request.PathBase + http.Request.Path + http.Request.QueryString)}">
            <label for="login">Login</label> <input id="login" name="login" value="{WebUtility.HtmlEncode(query["login_hint"])}" autofocus>
            <label><input type="checkbox" name="second" value="yes"> with a second factor</label>
            <button type="submit">Sign in</button>
            </form></main></body></html>
            """,
            http.RequestAborted);
    }

    public static async Task SignInAsync(SimulatedOrg org, HttpContext http, string issuer)
    {
        var (query, form) = (http.Request.Query, await http.Request.ReadFormAsync(http.RequestAborted));
        if (!IsKnown(org, query))
        {
            await StayAsync(http);
            return;
        }

        var app = org.Provider.Find(query["client_id"].ToString())!;
        var user = org.Directory.FindUser(form["login"].ToString());
        var isAssigned = user is { IsThere: true } && org.Directory.AssignmentsOf(app.ClientId).Any(one => one.UserId == user.Id);
        var (asked, hasTwo) = (query["acr_values"].ToString().Split(' ').Contains(TwoFactors), form["second"] == "yes");
        if (!isAssigned)
        {
            await BackAsync(http, ("error", "access_denied"), ("error_description", "User is not assigned to the client application."));
        }
        else if (asked && !hasTwo && org.Provider.EnforcesAcr)
        {
            await BackAsync(http, ("error", "unmet_authentication_requirements"));
        }
        else
        {
            var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            org.Provider.Codes[code] = new SignInCode(
                app, issuer, query["redirect_uri"].ToString(), query["nonce"], query["code_challenge"].ToString(), user!, hasTwo ? ["mfa", "otp", "pwd"] : ["pwd"],
                asked && hasTwo ? TwoFactors : null, org.Clock.GetUtcNow());
            await BackAsync(http, ("code", code));
        }
    }

    private static bool IsKnown(SimulatedOrg org, IQueryCollection query) =>
        org.Provider.Find(query["client_id"].ToString()) is { } app && app.RedirectUris.Contains(query["redirect_uri"].ToString()) && query["response_type"] == "code";

    private static Task StayAsync(HttpContext http)
    {
        http.Response.StatusCode = 400;
        http.Response.ContentType = "text/html";
        return http.Response.WriteAsync("<html><body>400 Bad Request</body></html>", http.RequestAborted);
    }

    private static Task BackAsync(HttpContext http, params (string Name, string Value)[] answer)
    {
        var query = new QueryBuilder(answer.Select(one => KeyValuePair.Create(one.Name, one.Value))) { { "state", http.Request.Query["state"].ToString() } };
        http.Response.StatusCode = StatusCodes.Status302Found;
        http.Response.Headers.Location = http.Request.Query["redirect_uri"] + query.ToQueryString().Value;
        return Task.CompletedTask;
    }
}
