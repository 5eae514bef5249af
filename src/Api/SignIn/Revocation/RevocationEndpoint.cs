using System.Text.Json;
using OrleansIdentity.Api.Authentication;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.SignIn.Oidc;
using OrleansIdentity.Api.TenantApi;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Contracts.UsedIds;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.SignIn.Revocation;

/// <summary>Okta's Universal Logout (draft Global Token Revocation): all sessions of a person end before it is answered.</summary>
internal sealed class RevocationDoor(
    GrainsOf<ITenantGrain> tenants, GrainsOf<IDirectoryGrain> directories, GrainsOf<IUserGrain> users, GrainsOf<IUsedIdsGrain> usedIds, RevocationTokens tokens)
{
    private const string Purpose = "revocation";

    /// <summary>Answers a request.</summary>
    public async Task<IResult> AnswerAsync(HttpContext http)
    {
        var call = TenantCall.Of(http);
        if (RevocationSource.Of(await tenants.Get(call.Tenant).ReadIntegrationAsync().WaitAsync(call.Deadline)) is not { } source)
        {
            return Problem.From(404, "sso-not-set-up", "Single sign-on is not set up here, or not for Universal Logout. An administrator sets it up in Settings, Integrations, Okta.");
        }

        // The address without its query.
        var audience = $"{http.Request.Scheme}://{http.Request.Host.Value}{http.Request.PathBase.Value}{http.Request.Path.Value}";
        RevocationToken? token;
        try
        {
            token = BearerToken.Parse(http.Request.Headers.Authorization.ToString()) is { } text ? await tokens.ReadAsync(call.Tenant, source, text, audience) : null;
        }
        catch (ProviderException)
        {
            return Problem.From(503, "provider-unavailable", "Okta cannot be asked for its keys right now. Try again in a moment.");
        }

        if (token is null)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            return Problem.From(401, "revocation-token-invalid", "The token is not one that this tenant's Okta org has made for this address, or has expired.");
        }

        if (token.ClientId != source.AppId)
        {
            return Problem.From(403, "revocation-client-mismatch", "The token is about another app than the one that this tenant signs in with.");
        }

        var (subject, status) = await ReadAsync(http, call);
        if (subject is null || (subject.Issuer is { } issuer && !source.Issuers.Contains(issuer, StringComparer.Ordinal)))
        {
            return status == 422
                ? Problem.From(422, "revocation-format-unsupported", "The person is named in a format that is not known here. Send 'iss_sub' or 'email'.")
                : Problem.From(400, "revocation-malformed", "Send {\"sub_id\": {\"format\": \"iss_sub\", \"iss\": …, \"sub\": …}} with this tenant's issuer, or the format 'email'.");
        }

        if (!await usedIds.Get(call.Tenant).TryUseAsync(Purpose, $"{token.Issuer} {token.Id}", token.Until).WaitAsync(call.Deadline))
        {
            return Problem.From(401, "revocation-token-used", "This token was used before. Each is good once.");
        }

        if (await FindAsync(call, subject) is not { } userId)
        {
            return Unknown();
        }

        var command = new EndAllSessions(new EventOrigin("sign-in", "okta", call.CorrelationId), call.AnswerBy);
        var reply = await users.Get(GrainKeys.Resource(call.Tenant, userId)).EndAllSessionsAsync(command).WaitAsync(call.Deadline);
        return reply.Refusal switch
        {
            null => Results.NoContent(),
            { Status: 404 } => Unknown(),
            { } refusal => Problem.From(refusal),
        };
    }

    private static IResult Unknown() => Problem.From(404, "user-unknown", "There is no such user in this tenant.");

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
