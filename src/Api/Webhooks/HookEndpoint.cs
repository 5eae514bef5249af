using OrleansIdentity.Api.Authentication;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.HostProduct;
using OrleansIdentity.Api.Standard.Inbox;
using OrleansIdentity.Api.Telemetry;
using OrleansIdentity.Api.Tenancy;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Contracts.Tenants;

namespace OrleansIdentity.Api.Webhooks;

/// <summary>
/// The receiver of a tenant's event hook. In this order: secret, size, form, org, then one commit, then 200; nothing is asked of Okta here, whatever is waiting.
/// </summary>
internal sealed class HookEndpoint(
    TenantRouting routing,
    GrainsOf<ITenantProvisioningGrain> tenants,
    GrainsOf<IInboxGrain> inboxes,
    InboxNotes notes,
    HookMetrics metrics,
    UnauthorizedLog unauthorized,
    TimeProvider time)
{
    /// <summary>Where it is, relative to the tenant root.</summary>
    public const string Path = "/webhooks/okta";

    private const string ChallengeHeader = "X-Okta-Verification-Challenge";
    private const string NoTenant = "-";
    private const int MaxBodyBytes = 1_048_576;
    private const int MaxChallenge = 1_024;
    private const int MaxSecret = 1_024;

    // Okta gives up after three seconds, connection and answer included.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext http, HookEndpoint hook) => hook.AnswerAsync(http, (_, _, _) => Task.FromResult(Challenge(http)))).ExcludeFromDescription();
        routes.MapPost(Path, (HttpContext http, HookEndpoint hook) => hook.AnswerAsync(http, hook.ReceiveAsync)).ExcludeFromDescription();
    }

    private async Task<IResult> AnswerAsync(HttpContext http, Func<HttpContext, Admitted, CancellationToken, Task<IResult>> answer)
    {
        var correlationId = Guid.CreateVersion7(time.GetUtcNow()).ToString("n");
        http.Response.Headers["X-Correlation-Id"] = correlationId;
        using var timer = new CancellationTokenSource(Patience, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, http.RequestAborted);
        try
        {
            var slug = (await routing.ResolveAsync(http).AsTask().WaitAsync(deadline.Token)).Slug ?? NoTenant;
            var secret = http.Request.Headers.Authorization.ToString();
            var judged = await tenants.Get(slug).AuthenticateHookAsync(BearerToken.Hash(secret.Length is > 0 and <= MaxSecret ? secret : null)).WaitAsync(deadline.Token);
            switch (judged.Result)
            {
                case HookAuthenticationResult.NoHook:
                    return Problem.From(404, "hook-unknown", "There is no event hook at this address. In Settings > Integrations > Okta, make a hook secret, and copy the address from there.");
                case HookAuthenticationResult.Unknown:
                    unauthorized.Record(slug, http.Connection.RemoteIpAddress, correlationId);
                    return Problem.From(
                        401, "hook-secret-invalid", "The Authorization header is missing, or its value is no live hook secret. Set it in Okta to the secret as it was shown, and nothing else.");
                default:
                    return await answer(http, new Admitted(slug, judged), deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            return Problem.From(503, "unavailable", "The delivery could not be kept in time. Send it again.");
        }
        catch (Exception exception) when (Problem.From(http, exception) is { } problem)
        {
            return problem;
        }
    }

    private async Task<IResult> ReceiveAsync(HttpContext http, Admitted admitted, CancellationToken deadline)
    {
        var body = await RequestBody.ReadAsync(http.Request, MaxBodyBytes, deadline);
        if (admitted.Hook.Result == HookAuthenticationResult.Ignored)
        {
            metrics.Received("other-method");
            return Results.Ok();
        }

        var content = HookBody.Read(body, admitted.Hook.Org!, admitted.Hook.AppId!);
        switch (content.Kind)
        {
            case HookContentKind.Malformed:
                return Problem.From(400, "hook-malformed", "The body is not a JSON object. Only Okta's event hooks may send to this address.");
            case HookContentKind.Foreign:
                return Problem.From(400, "hook-org-foreign", "The delivery is not from the Okta org in this tenant's settings. Correct the org there, or the hook's address in Okta.");
            case HookContentKind.Nothing:
                metrics.Received("of-no-interest");
                return Results.Ok();
            default:
                await notes.EnsureAsync(admitted.Tenant, deadline);
                var kept = await inboxes.Get(admitted.Tenant).ReceiveAsync(content.Delivery!).WaitAsync(deadline);
                metrics.Received(kept.Kept > 0 ? "kept" : "known");
                notes.Signal(admitted.Tenant);
                return Results.Ok();
        }
    }

    private static IResult Challenge(HttpContext http) => http.Request.Headers[ChallengeHeader] is [{ Length: > 0 and <= MaxChallenge } challenge]
        ? Results.Json(new HookVerification(challenge))
        : Problem.From(400, "hook-challenge-missing", $"The {ChallengeHeader} header is missing or longer than {MaxChallenge} characters. In Okta, verify the hook again.");

    private sealed record Admitted(string Tenant, HookAuthentication Hook);
}

/// <summary>What Okta wants to read in answer to its challenge.</summary>
/// <param name="Verification">The challenge.</param>
internal sealed record HookVerification(string Verification);
