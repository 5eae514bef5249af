using Microsoft.AspNetCore.Http.Features;
using OrleansIdentity.Api.TenantApi;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Users;

namespace OrleansIdentity.Api.Sessions;

/// <summary>A session that the user's grain has just said is live.</summary>
/// <param name="Ticket">What the caller showed.</param>
/// <param name="Role">What the account may do.</param>
/// <param name="IsCookie">Whether it came in a cookie, which browsers send by themselves.</param>
internal sealed record LiveSession(SessionTicket Ticket, string Role, bool IsCookie)
{
    /// <summary>The session of a request that was let in.</summary>
    public static LiveSession Of(HttpContext http) => http.Features.GetRequiredFeature<LiveSession>();
}

/// <summary>Asks whether tickets are worth anything.</summary>
internal sealed class SessionChecks(GrainsOf<IUserGrain> users, TimeProvider time)
{
    /// <summary>What the grain says of a ticket: each time, and never from a memory here. Not live when the ticket is another tenant's, or was not used for too long.</summary>
    public async Task<SessionCheck> CheckAsync(TenantCall call, SessionTicket ticket) =>
        ticket.Tenant != call.Tenant || ticket.SeenAt + call.SignIn.SessionTimeout <= time.GetUtcNow()
            ? SessionCheck.Over
            : await users.Get(GrainKeys.Resource(call.Tenant, ticket.UserId)).CheckSessionAsync(ticket.SessionId, ticket.Epoch).WaitAsync(call.Deadline);
}
