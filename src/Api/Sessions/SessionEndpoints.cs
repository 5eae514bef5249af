using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.SignIn;
using OrleansIdentity.Api.TenantApi;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Users;

namespace OrleansIdentity.Api.Sessions;

/// <summary>Sessions for programs: begin by password, renew, list, end; and who one is.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this RouteGroupBuilder group)
    {
        group.MapPost("/sessions", CreateAsync).WithSummary("Sign in by password; the token is shown once")
            .Produces<SessionToken>(201).ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(429);
        var own = group.MapGroup("").RequireAuthorization(SessionHandler.SchemeName);
        own.MapPost("/sessions/renew", Renew).WithSummary("A new token of the same session; inactivity counts anew").Produces<SessionToken>().ProducesProblem(401);
        own.MapGet("/sessions", ListAsync).WithSummary("The caller's live sessions").Produces<SessionPage>().ProducesProblem(401);
        own.MapDelete("/sessions/{id}", EndAsync).WithSummary("End one session, on every node before it is answered").Produces(204).ProducesProblem(401).ProducesProblem(404);
        own.MapDelete("/sessions", EndAllAsync).WithSummary("Sign out everywhere, on every node before it is answered").Produces(204).ProducesProblem(401);
        own.MapGet("/me", MeAsync).WithSummary("Who the caller is").Produces<Me>().ProducesProblem(401);
    }

    private static async Task<IResult> CreateAsync(Credentials? credentials, HttpContext http, PasswordDoor door, SessionTickets tickets)
    {
        var call = TenantCall.Of(http);
        var outcome = await door.SignInAsync(call, TenantCall.Place(http), credentials?.Login, credentials?.Password);
        if (outcome.RetryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        http.Response.Headers.CacheControl = "no-store";
        return outcome.Ticket is { } ticket
            ? Results.Created($"{call.RootPath}{TenantApiRoutes.Root}/sessions/{ticket.SessionId}", Token(call, tickets, ticket))
            : Problem.From(outcome.Refusal!);
    }

    private static IResult Renew(HttpContext http, SessionTickets tickets, TimeProvider time)
    {
        http.Response.Headers.CacheControl = "no-store";
        var (call, session) = (TenantCall.Of(http), LiveSession.Of(http));
        return Results.Ok(Token(call, tickets, session.Ticket with { SeenAt = time.GetUtcNow() }));
    }

    private static async Task<IResult> ListAsync(HttpContext http, GrainsOf<IUserGrain> users)
    {
        var sessions = await User(http, users).ReadSessionsAsync().WaitAsync(TenantCall.Of(http).Deadline);
        var current = LiveSession.Of(http).Ticket.SessionId;
        return Results.Ok(new SessionPage([.. sessions.Select(session => new OwnSession(
            session.Id, session.StartedAt, session.Method, session.Factors, session.Place.Address, session.Place.UserAgent, session.Id == current))]));
    }

    private static async Task<IResult> EndAsync(string id, HttpContext http, GrainsOf<IUserGrain> users)
    {
        var (call, session) = (TenantCall.Of(http), LiveSession.Of(http));
        var reply = await User(http, users).EndSessionAsync(new EndSession(call.Origin(session.Ticket.UserId), call.AnswerBy, id)).WaitAsync(call.Deadline);
        return reply switch
        {
            { Refusal: { } refusal } => Problem.From(refusal),
            { Changed: false } => Problem.From(404, "session-unknown", "You have no live session with this id. List your sessions to see which there are."),
            _ => Results.NoContent(),
        };
    }

    private static async Task<IResult> EndAllAsync(HttpContext http, GrainsOf<IUserGrain> users, SessionCookies cookies)
    {
        var (call, session) = (TenantCall.Of(http), LiveSession.Of(http));
        var reply = await User(http, users).EndAllSessionsAsync(new EndAllSessions(call.Origin(session.Ticket.UserId), call.AnswerBy)).WaitAsync(call.Deadline);
        if (reply.Refusal is { } refusal)
        {
            return Problem.From(refusal);
        }

        if (session.IsCookie)
        {
            cookies.Delete(http, call.Tenant);
        }

        return Results.NoContent();
    }

    private static async Task<IResult> MeAsync(HttpContext http, GrainsOf<IUserGrain> users)
    {
        var (call, session) = (TenantCall.Of(http), LiveSession.Of(http));
        var reply = await User(http, users).ReadAccountAsync().WaitAsync(call.Deadline);
        return reply.Account is { } account ? Results.Ok(Me.From(call.Tenant, account, session.Ticket.SessionId)) : Problem.From(reply.Refusal!);
    }

    private static SessionToken Token(TenantCall call, SessionTickets tickets, SessionTicket ticket) =>
        new(tickets.WriteBearer(ticket), ticket.SeenAt + call.SignIn.SessionTimeout, ticket.SessionId, ticket.UserId);

    private static IUserGrain User(HttpContext http, GrainsOf<IUserGrain> users) =>
        users.Get(GrainKeys.Resource(TenantCall.Of(http).Tenant, LiveSession.Of(http).Ticket.UserId));
}
