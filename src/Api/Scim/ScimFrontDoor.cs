using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Telemetry;
using OrleansIdentity.Api.Tenancy;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Api.Scim;

/// <summary>
/// The way in for every SCIM request, in this order: route, tenant and token, enabled, method, handler; all of it under one deadline.
/// Whatever fails becomes a SCIM error: an admin sees nothing else of it than its detail.
/// </summary>
internal sealed class ScimFrontDoor(
    ScimRouter router,
    TenantRouting tenants,
    ScimAdmission admission,
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
    /// <param name="path">The path below the SCIM base URL.</param>
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
        var tenant = await tenants.ResolveAsync(http).AsTask().WaitAsync(deadline);
        var header = http.Request.Headers.Authorization.ToString();
        var found = router.Find(path);
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
            return ScimErrors.UnknownEndpoint(path);
        }

        if (!route.Handlers.TryGetValue(http.Request.Method, out var handler))
        {
            http.Response.Headers.Allow = string.Join(", ", route.Handlers.Keys);
            return ScimErrors.MethodNotAllowed(http.Request.Method);
        }

        var origin = new EventOrigin("scim", authentication.TokenId, correlationId);
        var context = new ScimContext(
            http, tenant.Slug ?? NoTenant, authentication.Settings, origin, $"{tenant.RootUrl}{ScimEndpoints.BasePath}", answerBy, deadline);
        await handler(context, id);
        return null;
    }
}
