using System.Text;
using Microsoft.AspNetCore.Http;

namespace OrleansIdentity.OktaSimulator.Management.Faults;

/// <summary>Answers that go wrong whatever was asked. Faults of lists are where lists are written.</summary>
internal static class FaultyAnswers
{
    /// <summary>Answers, if the fault is one of these.</summary>
    public static async Task<bool> TryAnswerAsync(SimulatedOrg org, HttpContext http, Fault fault)
    {
        var response = http.Response;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, org.Faults.End);
        switch (fault.Kind)
        {
            case FaultKind.ServerError:
                await org.Errors.InternalAsync(http, fault.Status);
                return true;
            case FaultKind.RateLimited or FaultKind.TooManyAtOnce:
                await org.Errors.TooManyAsync(http);
                return true;
            case FaultKind.Html:
                response.ContentType = "text/html";
                await response.WriteAsync("<html><body>It works!</body></html>", end.Token);
                return true;
            case FaultKind.Redirect:
                response.StatusCode = StatusCodes.Status302Found;
                response.Headers.Location = fault.Target;
                return true;
            case FaultKind.Silence:
                await HangAsync(end.Token);
                http.Abort();
                return true;
            case FaultKind.StuckBody:
                await BeginAsync(response, end.Token);
                await HangAsync(end.Token);
                http.Abort();
                return true;
            case FaultKind.BrokenBody:

                // Fewer bytes than promised: the server ends the connection, and what was sent before still arrives.
                await BeginAsync(response, end.Token);
                return true;
            case FaultKind.EndlessBody:
                await PourAsync(response, end.Token);
                return true;
            case FaultKind.CutJson:
                response.ContentType = "application/json";
                await response.WriteAsync("[{\"id\":\"00u1\",\"profile\":{\"lo", end.Token);
                return true;
            default:
                return false;
        }
    }

    private static async Task BeginAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.ContentType = "application/json";
        response.ContentLength = 100_000;
        await response.Body.WriteAsync("[{\"id\":"u8.ToArray(), cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    private static async Task PourAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.ContentType = "application/json";
        var chunk = Encoding.ASCII.GetBytes(new string(' ', 64 * 1024));
        try
        {
            while (true)
            {
                await response.Body.WriteAsync(chunk, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The reader had enough.
        }
    }

    private static Task HangAsync(CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource();
        cancellationToken.Register(never.SetResult);
        return never.Task;
    }
}
