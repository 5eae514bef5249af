namespace OrleansIdentity.Api.Sessions;

/// <summary>
/// How cookies are named and kept. One for each tenant, so that tenants that share a host do not disturb each other. The prefix makes browsers refuse what does
/// not come from this host over TLS; only in Development, over plain http, there is none.
/// </summary>
internal sealed class HostCookies(IHostEnvironment environment)
{
    private readonly bool _isDevelopment = environment.IsDevelopment();

    /// <summary>The name of a tenant's cookie.</summary>
    public string Name(HttpContext http, string kind, string tenant) => IsPlain(http) ? $"{kind}-{tenant}" : $"__Host-{kind}-{tenant}";

    /// <summary>How it is kept.</summary>
    public CookieOptions Options(HttpContext http, TimeSpan? lasts) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = !IsPlain(http), Path = "/", MaxAge = lasts, IsEssential = true,
    };

    private bool IsPlain(HttpContext http) => _isDevelopment && !http.Request.IsHttps;
}
