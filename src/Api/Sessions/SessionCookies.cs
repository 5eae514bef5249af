namespace OrleansIdentity.Api.Sessions;

/// <summary>
/// The browser's cookie. One for each tenant, so that tenants that share a host do not sign each other's people out. The prefix makes browsers refuse
/// what does not come from this host over TLS; only in Development, over plain http, there is none.
/// </summary>
internal sealed class SessionCookies(SessionTickets tickets, IHostEnvironment environment)
{
    private readonly bool _isDevelopment = environment.IsDevelopment();

    /// <summary>The ticket in a request's cookie; null without one.</summary>
    public SessionTicket? Read(HttpContext http, string tenant) =>
        http.Request.Cookies.TryGetValue(Name(http, tenant), out var value) ? tickets.ReadCookie(value) : null;

    /// <summary>Hands a ticket to the browser, which keeps it until the session times out.</summary>
    public void Write(HttpContext http, SessionTicket ticket, TimeSpan timeout) =>
        http.Response.Cookies.Append(Name(http, ticket.Tenant), tickets.WriteCookie(ticket), Options(http, timeout));

    /// <summary>Takes the cookie back.</summary>
    public void Delete(HttpContext http, string tenant) => http.Response.Cookies.Delete(Name(http, tenant), Options(http, null));

    private string Name(HttpContext http, string tenant) => IsPlain(http) ? $"session-{tenant}" : $"__Host-session-{tenant}";

    private CookieOptions Options(HttpContext http, TimeSpan? timeout) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = !IsPlain(http), Path = "/", MaxAge = timeout, IsEssential = true,
    };

    private bool IsPlain(HttpContext http) => _isDevelopment && !http.Request.IsHttps;
}
