using Microsoft.AspNetCore.Diagnostics;
using OrleansIdentity.Api.Hosting;

namespace OrleansIdentity.Api.HostProduct;

/// <summary>Answers what a call of the host API threw, always as a problem with a stable id and never with a stack trace.</summary>
internal sealed partial class HostFailures(ILogger<HostFailures> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancellationToken)
    {
        if (!http.Request.Path.StartsWithSegments(HostEndpoints.Root, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (Problem.From(http, exception) is not { } answer)
        {
            LogFailure(http.TraceIdentifier, exception);
            answer = Problem.Internal(http);
        }

        await answer.ExecuteAsync(http);
        return true;
    }

    [LoggerMessage(1, LogLevel.Error, "A call of the host API failed for an unknown reason and was answered 500; trace id {TraceId}.")]
    private partial void LogFailure(string traceId, Exception exception);
}
