using System.Text.Json;
using OrleansIdentity.Api.Authentication;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.SignIn.Oidc;
using OrleansIdentity.Api.TenantApi;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.SignIn;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Contracts.UsedIds;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.SignIn.Revocation;

/// <summary>
/// Okta's Universal Logout (draft Global Token Revocation): all sessions of a person end before it is answered. Who is refused is in the tenant's log, with
/// the reason, within the budget of failed sign-ins.
/// </summary>
internal sealed class RevocationDoor(
    GrainsOf<ITenantGrain> tenants,
    GrainsOf<IDirectoryGrain> directories,
    GrainsOf<IUserGrain> users,
    GrainsOf<IUsedIdsGrain> usedIds,
    GrainsOf<ISignInLogGrain> logs,
    RevocationTokens tokens)
{
    private const string Purpose = "revocation";

    private static readonly Refusal NotSetUp = new(
        404, "sso-not-set-up", "Single sign-on is not set up here, or not for Universal Logout. An administrator sets it up in Settings, Integrations, Okta.");

    private static readonly Refusal Unavailable = new(503, "provider-unavailable", "Okta cannot be asked for its keys right now. Try again in a moment.");

    private static readonly Refusal InvalidToken = new(
        401, "revocation-token-invalid", "The token is not one that this tenant's Okta org has made for this address, or has expired.");

    private static readonly Refusal UsedToken = new(401, "revocation-token-used", "This token was used before. Each is good once.");

    private static readonly Refusal OtherClient = new(403, "revocation-client-mismatch", "The token is about another app than the one that this tenant signs in with.");

    private static readonly Refusal Malformed = new(
        400, "revocation-malformed", "Send {\"sub_id\": {\"format\": \"iss_sub\", \"iss\": …, \"sub\": …}} with this tenant's issuer, or the format 'email'.");

    private static readonly Refusal UnknownFormat = new(
        422, "revocation-format-unsupported", "The person is named in a format that is not known here. Send 'iss_sub' or 'email'.");

    private static readonly Refusal UnknownUser = new(404, "user-unknown", "There is no such user in this tenant.");

    /// <summary>Answers a request.</summary>
    public async Task<IResult> AnswerAsync(HttpContext http)
    {
        var call = TenantCall.Of(http);
        if (RevocationSource.Of(await tenants.Get(call.Tenant).ReadIntegrationAsync().WaitAsync(call.Deadline)) is not { } source)
        {
            return Problem.From(NotSetUp);
        }

        if (await RefuseAsync(http, call, source) is not { } refusal)
        {
            return Results.NoContent();
        }

        if (refusal.Status < 500)
        {
            var failure = new FailedSignIn(null, SignInMethods.UniversalLogout, refusal.Id, TenantCall.Place(http), call.CorrelationId) { Detail = refusal.Detail };
            await logs.Get(call.Tenant).RecordFailureAsync(failure).WaitAsync(call.Deadline);
        }

        if (refusal.Status == 401)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        }

        return Problem.From(refusal);
    }

    // Ends the sessions, or says why not.
    private async Task<Refusal?> RefuseAsync(HttpContext http, TenantCall call, RevocationSource source)
    {
        // The address without its query.
        var audience = $"{http.Request.Scheme}://{http.Request.Host.Value}{http.Request.PathBase.Value}{http.Request.Path.Value}";
        RevocationToken? token;
        try
        {
            token = BearerToken.Parse(http.Request.Headers.Authorization.ToString()) is { } text ? await tokens.ReadAsync(call.Tenant, source, text, audience) : null;
        }
        catch (ProviderException)
        {
            return Unavailable;
        }

        if (token is null)
        {
            return InvalidToken;
        }

        if (token.ClientId != source.AppId)
        {
            return OtherClient;
        }

        var (subject, status) = await ReadAsync(http, call);
        if (subject is null || (subject.Issuer is { } issuer && !source.Issuers.Contains(issuer, StringComparer.Ordinal)))
        {
            return status == 422 ? UnknownFormat : Malformed;
        }

        if (!await usedIds.Get(call.Tenant).TryUseAsync(Purpose, $"{token.Issuer} {token.Id}", token.Until).WaitAsync(call.Deadline))
        {
            return UsedToken;
        }

        if (await FindAsync(call, subject) is not { } userId)
        {
            return UnknownUser;
        }

        var command = new EndAllSessions(new EventOrigin("sign-in", "okta", call.CorrelationId), call.AnswerBy);
        var reply = await users.Get(GrainKeys.Resource(call.Tenant, userId)).EndAllSessionsAsync(command).WaitAsync(call.Deadline);
        return reply.Refusal is { Status: 404 } ? UnknownUser : reply.Refusal;
    }

    private static async Task<(RevocationSubject? Subject, int Status)> ReadAsync(HttpContext http, TenantCall call)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, default, call.Deadline);
            return RevocationSubject.Read(body.RootElement);
        }
        catch (JsonException)
        {
            return (null, 400);
        }
    }

    // Apps with provisioning may be given this product's own id instead of Okta's.
    private async Task<string?> FindAsync(TenantCall call, RevocationSubject subject) =>
        subject.Id is { } id && ResourceId.IsOne(id) ? id : (await directories.Get(call.Tenant).FindSignOnAsync(subject.Id, subject.Email, call.Deadline)).UserId;
}

/// <summary>The address to give Okta for Universal Logout.</summary>
internal static class RevocationEndpoint
{
    public static void MapRevocation(this RouteGroupBuilder group) => group
        .MapPost("/okta/global-token-revocation", (HttpContext http, RevocationDoor door) => door.AnswerAsync(http))
        .WithSummary("Okta's Universal Logout: ends all sessions of a person before it is answered")
        .Produces(204).ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(422);
}
