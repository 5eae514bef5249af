using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansIdentity.Api.Authentication;
using OrleansIdentity.Api.Sessions;
using OrleansIdentity.Api.TenantApi;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Applications;
using OrleansIdentity.Grains.Contracts.Users;

namespace OrleansIdentity.Api.Introspection;

/// <summary>What a token is worth (RFC 7662 §2.2); of one that is worth nothing only <c>active</c> is there.</summary>
/// <param name="Active">Whether the session is live, and the tenant's at whose address was asked.</param>
/// <param name="Sub">The user's id.</param>
/// <param name="Username">The name that one signs in with.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="Exp">When it expires unless it is renewed, in seconds since 1970.</param>
/// <param name="Iat">When it was issued or renewed, in seconds since 1970.</param>
/// <param name="Sid">The session.</param>
/// <param name="Tenant">The tenant.</param>
/// <param name="Role">What the account may do.</param>
public sealed record Introspection(
    [property: JsonPropertyName("active")] bool Active,
    [property: JsonPropertyName("sub")] string? Sub = null,
    [property: JsonPropertyName("username")] string? Username = null,
    [property: JsonPropertyName("token_type")] string? TokenType = null,
    [property: JsonPropertyName("exp")] long? Exp = null,
    [property: JsonPropertyName("iat")] long? Iat = null,
    [property: JsonPropertyName("sid")] string? Sid = null,
    [property: JsonPropertyName("tenant")] string? Tenant = null,
    [property: JsonPropertyName("role")] string? Role = null);

/// <summary>Token introspection (RFC 7662) for the services of the host product: a bearer token, or the value of the browser's cookie.</summary>
internal static class IntrospectionEndpoint
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerOptions.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static void MapIntrospection(this RouteGroupBuilder group) => group.MapPost("/introspect", AnswerAsync)
        .WithSummary("What a session's token is worth (RFC 7662), for applications of the host product")
        .Accepts<string>("application/x-www-form-urlencoded").Produces<Introspection>().Produces(401);

    private static async Task<IResult> AnswerAsync(
        HttpContext http, GrainsOf<IApplicationGrain> applications, GrainsOf<IUserGrain> users, SessionTickets tickets, SessionChecks checks)
    {
        var call = TenantCall.Of(http);
        http.Response.Headers.CacheControl = "no-store";
        if (BasicCredentials.Parse(http.Request.Headers.Authorization.ToString()) is not var (client, secret)
            || !ClientCredentials.IsClientId(client)
            || !await applications.Get(client).AuthenticateAsync(BearerToken.Hash(secret)).WaitAsync(call.Deadline))
        {
            // RFC 6749 §5.2, to which RFC 7662 §2.3 refers.
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"introspection\"";
            return Error(401, "invalid_client", "Send the client id and secret of an application as HTTP Basic credentials.");
        }

        // RFC 7662 §2.1: the parameters are a form.
        if (!http.Request.HasFormContentType || (await http.Request.ReadFormAsync(call.Deadline))["token"].ToString() is not { Length: > 0 } token)
        {
            return Error(400, "invalid_request", "Send the token as form parameter 'token' (application/x-www-form-urlencoded).");
        }

        return Results.Json(await JudgeAsync(call, tickets.ReadBearer(token) ?? tickets.ReadCookie(token), users, checks), Format);
    }

    private static async Task<Introspection> JudgeAsync(TenantCall call, SessionTicket? ticket, GrainsOf<IUserGrain> users, SessionChecks checks)
    {
        if (ticket is null || await checks.CheckAsync(call, ticket) is not { IsLive: true, Role: var role })
        {
            return new Introspection(false);
        }

        var account = (await users.Get(GrainKeys.Resource(call.Tenant, ticket.UserId)).ReadAccountAsync().WaitAsync(call.Deadline)).Account;
        return account is null
            ? new Introspection(false)
            : new Introspection(
                true, ticket.UserId, Me.From(call.Tenant, account, ticket.SessionId).UserName, "Bearer", (ticket.SeenAt + call.SignIn.SessionTimeout).ToUnixTimeSeconds(),
                ticket.SeenAt.ToUnixTimeSeconds(), ticket.SessionId, call.Tenant, role);
    }

    private static IResult Error(int status, string error, string description) =>
        Results.Json(new Dictionary<string, string> { ["error"] = error, ["error_description"] = description }, statusCode: status);
}
