using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Telemetry;
using OrleansIdentity.Api.Tenancy;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Api.Scim;

/// <summary>
/// The way in for every SCIM request, in this order: version, route, tenant and token, enabled, method, handler; all of it under one deadline.
/// Whatever fails becomes a SCIM error: an admin sees nothing else of it than its detail.
/// </summary>
internal sealed class ScimFrontDoor(
    ScimRouter router,
    TenantRouting tenants,
    ScimAdmission admission,
    TenantUserTypes userTypes,
    IOptions<RequestOptions> options,
    TimeProvider time,
    ApiMetrics metrics,
    UnauthorizedLog unauthorized,
    ScimFailures failures)
{
    // Names no tenant: a request whose address has none is judged by a tenant that does not exist, at the same cost.
    private const string NoTenant = "-";

    /// <summary>Answers a request.</summary>
    /// <param name="http">The request.</param>
    /// <param name="path">The path below <c>/scim</c>, with or without a version.</param>
    public async Task HandleAsync(HttpContext http, string path)
    {
        var answerBy = time.GetUtcNow() + options.Value.AnswerWithin;
        using var timer = new CancellationTokenSource(options.Value.Deadline, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, http.RequestAborted);
        var correlationId = Guid.CreateVersion7(time.GetUtcNow()).ToString("n");
        http.Response.Headers["X-Correlation-Id"] = correlationId;
        try
        {
            if (await AnswerAsync(http, path, correlationId, answerBy, deadline.Token) is { } error)
            {
                metrics.Refused(error);
                await ScimResponse.ErrorAsync(http, error);
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer. A command that has begun is carried out all the same.
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            var error = failures.Report(exception, correlationId);
            metrics.Refused(error);
            await ScimResponse.ErrorAsync(http, error);
        }
    }

    private async Task<ScimError?> AnswerAsync(HttpContext http, string path, string correlationId, DateTimeOffset answerBy, CancellationToken deadline)
    {
        // The answer is the same whoever asks and whichever tenant is named, so nobody needs to be asked about the token.
        var below = ScimVersion.Strip(path, out var unsupported);
        if (unsupported is not null)
        {
            return ScimErrors.InvalidVersion(unsupported);
        }

        var tenant = await tenants.ResolveAsync(http).AsTask().WaitAsync(deadline);
        var header = http.Request.Headers.Authorization.ToString();
        var found = router.Find(below);
        var isPublic = header.Length == 0 && found is { Route.IsPublic: true };
        var authentication = isPublic
            ? new AuthenticationReply(AuthenticationResult.Accepted, "", TenantSettings.Default)
            : await admission.AskAsync(tenant.Slug ?? NoTenant, header).WaitAsync(deadline);
        if (authentication.Result == AuthenticationResult.Unknown)
        {
            unauthorized.Record(tenant.Slug, http.Connection.RemoteIpAddress, correlationId);
        }

        if (ScimAdmission.Refusal(authentication.Result, header) is { } refused)
        {
            return refused;
        }

        if (found is not var (route, id))
        {
            return ScimErrors.UnknownEndpoint(below);
        }

        if (route.Find(http.Request.Method) is not { } handler)
        {
            http.Response.Headers.Allow = string.Join(", ", route.Handlers.Keys);
            return ScimErrors.MethodNotAllowed(http.Request.Method);
        }

        var slug = tenant.Slug ?? NoTenant;
        var origin = new EventOrigin("scim", authentication.TokenId, correlationId);
        var context = new ScimContext(http, slug, authentication.Settings, origin, $"{tenant.RootUrl}{ScimEndpoints.BasePath}", answerBy, deadline)
        {
            Users = await userTypes.OfAsync(slug, authentication.SchemaRevision, deadline),
            JoinsAccounts = authentication.JoinsAccounts,
        };
        await handler(context, id);
        return null;
    }
}
