using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OrleansIdentity.OktaSimulator.Directories;
using OrleansIdentity.OktaSimulator.Management;

namespace OrleansIdentity.OktaSimulator.Provider;

/// <summary>Redeems codes: each once, for who it was made for, with the verifier that belongs to it.</summary>
internal static class CodeEndpoint
{
    private static readonly TimeSpan CodeLives = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TokenLives = TimeSpan.FromHours(1);

    public static async Task RedeemAsync(SimulatedOrg org, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (Credentials(http.Request.Headers.Authorization.ToString(), form) is not var (id, secret) || org.Provider.Find(id) is not { } app
            || (secret != app.Secret && (app.OtherSecret is null || secret != app.OtherSecret)))
        {
            await RefuseAsync(http, 401, "invalid_client");
            return;
        }

        if (form["grant_type"] != "authorization_code")
        {
            await RefuseAsync(http, 400, "unsupported_grant_type");
            return;
        }

        var isGood = org.Provider.Codes.TryRemove(form["code"].ToString(), out var code) && code.App.ClientId == id && code.RedirectUri == form["redirect_uri"]
            && code.At + CodeLives > org.Clock.GetUtcNow() && code.Challenge == Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (!isGood)
        {
            await RefuseAsync(http, 400, "invalid_grant");
            return;
        }

        var access = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
        org.Provider.AccessTokens[access] = code!;
        await JsonAnswers.WriteAsync(http, new JsonObject
        {
            ["token_type"] = "Bearer", ["expires_in"] = (int)TokenLives.TotalSeconds, ["access_token"] = access, ["scope"] = "openid profile email",
            ["id_token"] = IdToken(org, code!, access),
        });
    }

    /// <summary>What is known of a person beside who it is.</summary>
    public static JsonObject Profile(DirectoryUser user) => new()
    {
        ["name"] = $"{user.Text("firstName")} {user.Text("lastName")}", ["preferred_username"] = user.Login, ["email"] = user.Text("email") is { Length: > 0 } email ? email : user.Login,
        ["email_verified"] = true,
    };

    private static string IdToken(SimulatedOrg org, SignInCode code, string access)
    {
        var now = org.Clock.GetUtcNow();
        var claims = org.Provider.ThinIdTokens ? [] : Profile(code.User);
        claims["iss"] = org.Url.GetLeftPart(UriPartial.Authority) + code.Issuer;
        claims["sub"] = code.User.Id;
        claims["aud"] = code.App.ClientId;
        claims["iat"] = now.ToUnixTimeSeconds();
        claims["exp"] = (now + TokenLives).ToUnixTimeSeconds();
        claims["auth_time"] = code.At.ToUnixTimeSeconds();
        claims["amr"] = new JsonArray([.. code.Amr.Select(one => JsonValue.Create(one))]);
        claims["idp"] = "00o1";
        claims["ver"] = 1;
        claims["jti"] = $"ID.{access[..12]}";
        claims["at_hash"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(access)).AsSpan(0, 16));
        if (code.Nonce is not null)
        {
            claims["nonce"] = code.Nonce;
        }

        if (code.Acr is not null)
        {
            claims["acr"] = code.Acr;
        }

        var keys = org.Provider.Keys(code.Issuer);
        var header = keys.Header();
        org.Provider.Tamper?.Invoke(header, claims);
        var token = keys.Sign(header, claims);
        return org.Provider.TamperSigned?.Invoke(token) ?? token;
    }

    private static Task RefuseAsync(HttpContext http, int status, string error)
    {
        http.Response.StatusCode = status;
        return JsonAnswers.WriteAsync(http, new JsonObject { ["error"] = error, ["error_description"] = "As the simulator sees it." });
    }

    private static (string Id, string Secret)? Credentials(string header, IFormCollection form)
    {
        if (!header.StartsWith("Basic ", StringComparison.Ordinal))
        {
            return form["client_secret"].Count == 0 ? null : (form["client_id"].ToString(), form["client_secret"].ToString());
        }

        var pair = Encoding.UTF8.GetString(Convert.FromBase64String(header["Basic ".Length..])).Split(':', 2);
        return pair is [var id, var secret] ? (Uri.UnescapeDataString(id), Uri.UnescapeDataString(secret)) : null;
    }
}
