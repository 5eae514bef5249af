using Microsoft.AspNetCore.Diagnostics;
using OrleansIdentity.Api.Hosting;

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
        if (Problem.From(http, exception) is { } known)
        {
            return known;
        }

        LogFailure(http.TraceIdentifier, exception);
        return Problem.Internal(http);
    }

    [LoggerMessage(1, LogLevel.Error, "A call of the operator API failed for an unknown reason and was answered 500; trace id {TraceId}.")]
    private partial void LogFailure(string traceId, Exception exception);
}
