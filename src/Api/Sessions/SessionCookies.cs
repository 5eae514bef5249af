namespace OrleansIdentity.Api.Sessions;

/// <summary>The browser's cookie of a session.</summary>
internal sealed class SessionCookies(SessionTickets tickets, HostCookies cookies)
{
    private const string Kind = "session";

    /// <summary>The ticket in a request's cookie; null without one.</summary>
    public SessionTicket? Read(HttpContext http, string tenant) =>
        http.Request.Cookies.TryGetValue(cookies.Name(http, Kind, tenant), out var value) ? tickets.ReadCookie(value) : null;

    /// <summary>Hands a ticket to the browser, which keeps it until the session times out.</summary>
    public void Write(HttpContext http, SessionTicket ticket, TimeSpan timeout) =>
        http.Response.Cookies.Append(cookies.Name(http, Kind, ticket.Tenant), tickets.WriteCookie(ticket), cookies.Options(http, timeout));

    /// <summary>Takes the cookie back.</summary>
    public void Delete(HttpContext http, string tenant) => http.Response.Cookies.Delete(cookies.Name(http, Kind, tenant), cookies.Options(http, null));
}
