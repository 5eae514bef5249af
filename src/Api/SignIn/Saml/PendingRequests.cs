using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using OrleansIdentity.Api.Sessions;
using OrleansIdentity.Saml.Responses;

namespace OrleansIdentity.Api.SignIn.Saml;

/// <summary>A request that a browser has outstanding.</summary>
/// <param name="Tenant">Where.</param>
/// <param name="Request">What was asked.</param>
/// <param name="ReturnTo">Where the sign-in leads, below the tenant's root; null for home.</param>
internal sealed record PendingSignIn(string Tenant, PendingRequest Request, string? ReturnTo);

/// <summary>
/// Requests that are outstanding, in cookies of the browsers that began them, sealed. The answer is posted by the identity provider's page, so the cookies have to come
/// along with what another site sends. Each request has a cookie of its own, named by the relay state, so that two tabs do not disturb each other.
/// </summary>
internal sealed class PendingRequests(HostCookies cookies, IDataProtectionProvider protection, TimeProvider time)
{
    private const string Kind = "saml";
    private const int KeyLength = 16;
    private const int MaxAtOnce = 4;
    private const int MaxLength = 4_096;

    private static readonly TimeSpan Lives = TimeSpan.FromMinutes(15);

    private readonly IDataProtector _protector = protection.CreateProtector("OrleansIdentity.Saml", "pending");

    /// <summary>Keeps a request in the browser.</summary>
    /// <returns>The relay state by which it is found again.</returns>
    public string Keep(HttpContext http, PendingSignIn pending)
    {
        // Somebody who begins again and again, and never comes back, is not to be locked out by the size of the cookies.
        var prefix = cookies.Name(http, Kind, pending.Tenant);
        if (http.Request.Cookies.Keys.Where(name => name.StartsWith($"{prefix}-", StringComparison.Ordinal)).ToArray() is { Length: >= MaxAtOnce } old)
        {
            Array.ForEach(old, name => http.Response.Cookies.Delete(name, Options(http, null)));
        }

        var key = RandomNumberGenerator.GetHexString(KeyLength, lowercase: true);
        var value = Base64Url.EncodeToString(_protector.Protect(JsonSerializer.SerializeToUtf8Bytes(pending, PendingJson.Default.PendingSignIn)));
        http.Response.Cookies.Append(Name(http, pending.Tenant, key), value, Options(http, Lives));
        return key;
    }

    /// <summary>Takes a request out of the browser, once.</summary>
    /// <returns>It; null when this browser has none of that relay state, or it is over.</returns>
    public PendingSignIn? Take(HttpContext http, string tenant, string? relayState)
    {
        if (relayState is not { Length: KeyLength } || !relayState.All(char.IsAsciiHexDigitLower) || !http.Request.Cookies.TryGetValue(Name(http, tenant, relayState), out var value))
        {
            return null;
        }

        http.Response.Cookies.Delete(Name(http, tenant, relayState), Options(http, null));
        return Read(value) is { } pending && pending.Tenant == tenant && pending.Request.IssuedAt + Lives > time.GetUtcNow() ? pending : null;
    }

    private PendingSignIn? Read(string value)
    {
        if (value.Length > MaxLength)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(_protector.Unprotect(Base64Url.DecodeFromChars(value)), PendingJson.Default.PendingSignIn);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    private string Name(HttpContext http, string tenant, string key) => $"{cookies.Name(http, Kind, tenant)}-{key}";

    // Browsers take what may come from other sites over TLS only; in Development, over plain http, the other site has to be this machine's.
    private CookieOptions Options(HttpContext http, TimeSpan? lasts)
    {
        var options = cookies.Options(http, lasts);
        options.SameSite = options.Secure ? SameSiteMode.None : SameSiteMode.Lax;
        return options;
    }
}

[JsonSerializable(typeof(PendingSignIn))]
internal sealed partial class PendingJson : JsonSerializerContext;
