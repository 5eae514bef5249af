using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using OrleansIdentity.Api.Sessions;

namespace OrleansIdentity.Api.SignIn.Oidc;

/// <summary>
/// The ID token of a browser's sign-in, kept in the browser: Okta ends its own session only for who shows it. Encrypted; only this product reads it, and only to sign out.
/// </summary>
internal sealed class LogoutHints(HostCookies cookies, IDataProtectionProvider protection)
{
    private const string Kind = "hint";

    // Browsers keep cookies of 4,096 bytes with their names. A larger token is not kept: then only the session here ends.
    private const int MaxCookie = 3_800;

    private readonly IDataProtector _protector = protection.CreateProtector("OrleansIdentity.LogoutHint");

    /// <summary>Keeps the token of a sign-in.</summary>
    public void Write(HttpContext http, string tenant, string idToken, TimeSpan lasts)
    {
        var value = Base64Url.EncodeToString(_protector.CreateProtector(tenant).Protect(Encoding.UTF8.GetBytes(idToken)));
        if (value.Length <= MaxCookie)
        {
            http.Response.Cookies.Append(cookies.Name(http, Kind, tenant), value, cookies.Options(http, lasts));
        }
    }

    /// <summary>The token; null when there is none that this product has kept.</summary>
    public string? Read(HttpContext http, string tenant)
    {
        if (!http.Request.Cookies.TryGetValue(cookies.Name(http, Kind, tenant), out var value) || value.Length > MaxCookie)
        {
            return null;
        }

        try
        {
            return Encoding.UTF8.GetString(_protector.CreateProtector(tenant).Unprotect(Base64Url.DecodeFromChars(value)));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Takes the token back.</summary>
    public void Delete(HttpContext http, string tenant) => http.Response.Cookies.Delete(cookies.Name(http, Kind, tenant), cookies.Options(http, null));
}
