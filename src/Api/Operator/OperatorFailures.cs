using Microsoft.AspNetCore.Diagnostics;
using Orleans.Runtime;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Operator;

/// <summary>Answers what a call of the operator API threw, always as a problem with a stable id and never with a stack trace.</summary>
internal sealed partial class OperatorFailures(ILogger<OperatorFailures> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancellationToken)
    {
        if (!http.Request.Path.StartsWithSegments(OperatorApi.Root, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var problem = exception;
        if (exception is BadHttpRequestException)
        {
            // It was refused before the endpoint and its filters saw it, and it is a call all the same.
            try
            {
                await OperatorCall.Begin(http).RecordAsync(http);
            }
            catch (Exception unrecorded)
            {
                problem = unrecorded;
            }
        }

        await Answer(http, problem).ExecuteAsync(http);
        return true;
    }

    private IResult Answer(HttpContext http, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return OperatorProblem.From(413, "body-too-large", "The body is too large for this call. Send less.");
            case BadHttpRequestException:
                return OperatorProblem.From(
                    400, "request-malformed", "The body is missing or not the JSON object that this call takes, or a query parameter is no number. See openapi.json.");
            case StoreUnavailableException or OrleansException or TimeoutException:
                http.Response.Headers.RetryAfter = "1";
                return OperatorProblem.From(
                    503, "unavailable", "The store or a node does not answer. Try again; read the tenant first, the call may have had its effect.");
            default:
                LogFailure(http.TraceIdentifier, exception);
                return OperatorProblem.From(500, "internal", $"The call failed for a reason that is not yours. The log has more under {http.TraceIdentifier}.");
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A call of the operator API failed for an unknown reason and was answered 500; trace id {TraceId}.")]
    private partial void LogFailure(string traceId, Exception exception);
}
