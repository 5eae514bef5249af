using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Orleans.Runtime;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.SignIn.Pages;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.TenantApi;

/// <summary>Answers what a request to a tenant's own routes threw: as a page to a person, as a problem to a program, never with a stack trace.</summary>
internal sealed partial class TenantApiFailures(ILogger<TenantApiFailures> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancellationToken)
    {
        var isPage = http.Request.Path.StartsWithSegments(SignInPages.Root, StringComparison.OrdinalIgnoreCase);
        if (!isPage && !http.Request.Path.StartsWithSegments(TenantApiRoutes.Root, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (http.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        var (status, id, detail) = Judge(http, exception);
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = "1";
        }

        await (isPage ? SignInPages.Failure(http, status, detail) : Problem.From(status, id, detail)).ExecuteAsync(http);
        return true;
    }

    private (int Status, string Id, string Detail) Judge(HttpContext http, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return (413, "body-too-large", "The body is too large for this call. Send less.");
            case BadHttpRequestException or InvalidDataException:
                return (400, "request-malformed", "The body is missing or not what this call takes.");
            case AntiforgeryValidationException:
                return (400, "form-expired", "This form is no longer valid. Go back, load the page anew and try again.");
            case StoreUnavailableException or OrleansException or TimeoutException or OperationCanceledException:
                return (503, "unavailable", "The service does not answer right now. Try again in a moment.");
            default:
                LogFailure(http.TraceIdentifier, exception);
                return (500, "internal", $"The request failed for a reason that is not yours. The log has more under {http.TraceIdentifier}.");
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A request to a tenant's own routes failed for an unknown reason and was answered 500; trace id {TraceId}.")]
    private partial void LogFailure(string traceId, Exception exception);
}
