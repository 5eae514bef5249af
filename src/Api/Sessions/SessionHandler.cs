using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Authentication;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.TenantApi;

namespace OrleansIdentity.Api.Sessions;

/// <summary>
/// Authenticates a person by a session: a bearer token, or the browser's cookie. Asks the user's grain at each request; when that does not answer the
/// request fails, and nobody is let in.
/// </summary>
internal sealed class SessionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> schemeOptions,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    SessionTickets tickets,
    SessionCookies cookies,
    SessionChecks checks,
    TimeProvider time) : AuthenticationHandler<AuthenticationSchemeOptions>(schemeOptions, loggers, encoder)
{
    /// <summary>The name of the scheme and of the policy that asks for it.</summary>
    public const string SchemeName = "Session";

    // A cookie is written anew when a twentieth of the time without a request has passed.
    private const int RenewalsInTimeout = 20;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (await TenantCall.OfAsync(Context) is not { } call)
        {
            return AuthenticateResult.NoResult();
        }

        var header = Request.Headers.Authorization.ToString();
        var isCookie = header.Length == 0;
        var ticket = isCookie ? cookies.Read(Context, call.Tenant) : tickets.ReadBearer(BearerToken.Parse(header));
        if (ticket is null)
        {
            return AuthenticateResult.NoResult();
        }

        if (isCookie && CrossSite.IsForeign(Request))
        {
            return AuthenticateResult.Fail("Another site's page sent this.");
        }

        var check = await checks.CheckAsync(call, ticket);
        if (!check.IsLive)
        {
            return AuthenticateResult.Fail("The session is over.");
        }

        if (isCookie && time.GetUtcNow() - ticket.SeenAt > call.SignIn.SessionTimeout / RenewalsInTimeout)
        {
            cookies.Write(Context, ticket with { SeenAt = time.GetUtcNow() }, call.SignIn.SessionTimeout);
        }

        Context.Features.Set(new LiveSession(ticket, check.Role, isCookie));
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, ticket.UserId), new Claim(ClaimTypes.Role, check.Role)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer realm=\"session\"";
        return Problem.From(401, "session-required", "There is no live session. Sign in, and send its token as 'Authorization: Bearer <token>'.").ExecuteAsync(Context);
    }
}
