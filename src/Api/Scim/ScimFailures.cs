using Microsoft.Extensions.Options;
using Orleans.Runtime;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Api.Scim;

/// <summary>Makes of whatever fails a SCIM error: an admin sees nothing else of it than its detail. What is not the caller's fault is logged.</summary>
internal sealed partial class ScimFailures(IOptions<RequestOptions> options, ILogger<ScimFailures> logger)
{
    /// <summary>The error for a failure.</summary>
    public ScimError Report(Exception exception, string correlationId)
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

        return error;
    }

    [LoggerMessage(1, LogLevel.Warning, "A SCIM request was answered 503 ({Id}); correlation id {CorrelationId}.")]
    private partial void LogUnavailable(string id, string correlationId, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "A SCIM request failed for an unknown reason and was answered 500; correlation id {CorrelationId}.")]
    private partial void LogFailure(string correlationId, Exception exception);
}
