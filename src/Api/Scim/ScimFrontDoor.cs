using Microsoft.Extensions.Options;
using Orleans.Runtime;
using OrleansIdentity.Api.Authentication;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Telemetry;
using OrleansIdentity.Api.Tenancy;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Api.Scim;

/// <summary>
/// The way in for every SCIM request, in this order: version, route, tenant and token, enabled, method, handler; all of it under one deadline.
/// Whatever fails becomes a SCIM error: an admin sees nothing else of it than its detail.
/// </summary>
internal sealed partial class ScimFrontDoor(
    ScimRouter router,
    TenantRouting tenants,
    GrainsOf<ITenantGrain> tenantGrains,
    TenantUserTypes userTypes,
    IOptions<RequestOptions> options,
    TimeProvider time,
    ApiMetrics metrics,
    UnauthorizedLog unauthorized,
    ILogger<ScimFrontDoor> logger)
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
            await FailAsync(http, exception, correlationId);
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
            : await tenantGrains.Get(tenant.Slug ?? NoTenant).AuthenticateAsync(BearerToken.Hash(BearerToken.Parse(header))).WaitAsync(deadline);
        switch (authentication.Result)
        {
            case AuthenticationResult.Unknown:
                unauthorized.Record(tenant.Slug, http.Connection.RemoteIpAddress, correlationId);
                return ScimErrors.Unauthorized(BearerToken.IsSchemeTwice(header));
            case AuthenticationResult.IntegrationDisabled:
                return ScimErrors.IntegrationDisabled();
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
        };
        await handler(context, id);
        return null;
    }

    private Task FailAsync(HttpContext http, Exception exception, string correlationId)
    {
        var error = exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => ScimErrors.PayloadTooLarge(options.Value.MaxBodyBytes),
            BadHttpRequestException => ScimErrors.InvalidSyntax("http-request-malformed", "The HTTP request is malformed. Send it anew."),
            OperationCanceledException or TimeoutException => ScimErrors.DeadlineExceeded(),
            StoreUnavailableException => ScimErrors.Unavailable("store-unavailable", "The store does not answer. Try again."),
            OrleansException => ScimErrors.Unavailable("node-unavailable", "A node of the cluster does not answer. Try again."),
            _ => ScimErrors.Internal(correlationId),
        };
        switch (error.Status)
        {
            case StatusCodes.Status503ServiceUnavailable:
                LogUnavailable(error.Id, correlationId, exception);
                break;
            case StatusCodes.Status500InternalServerError:
                LogFailure(correlationId, exception);
                break;
        }

        metrics.Refused(error);
        return ScimResponse.ErrorAsync(http, error);
    }

    [LoggerMessage(1, LogLevel.Warning, "A SCIM request was answered 503 ({Id}); correlation id {CorrelationId}.")]
    private partial void LogUnavailable(string id, string correlationId, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "A SCIM request failed for an unknown reason and was answered 500; correlation id {CorrelationId}.")]
    private partial void LogFailure(string correlationId, Exception exception);
}
