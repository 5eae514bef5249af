using System.Buffers;
using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Telemetry;
using OrleansIdentity.Scim;
using OrleansIdentity.Scim.Bulk;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Api.Scim.Bulk;

/// <summary>Many operations in one request (RFC 7644 §3.7). It has more time than others, and a larger body.</summary>
internal sealed class BulkEndpoint(BulkDispatch dispatch, IOptions<RequestOptions> options, TimeProvider time, ApiMetrics metrics)
{
    public async Task HandleAsync(ScimContext context, string id)
    {
        if (!(await ScimRequestBody.ReadAsync(context.Http.Request, options.Value.MaxBulkBodyBytes, context.Deadline)).TryGet(out var body, out var error)
            || !BulkRequest.Read(dispatch.Types(context), body, ScimLimits.Default).TryGet(out var request, out error))
        {
            metrics.Refused(error);
            await ScimResponse.ErrorAsync(context.Http, error);
            return;
        }

        // What is begun at the last moment has the time of any other request to end.
        using var timer = new CancellationTokenSource(options.Value.BulkDeadline + options.Value.Deadline, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, context.Http.RequestAborted);
        var execution = new BulkExecution(context with { Deadline = deadline.Token }, dispatch, request);
        var run = new BulkRun(request, execution, time.GetUtcNow() + options.Value.BulkDeadline, time);
        var answer = new ArrayBufferWriter<byte>(request.Operations.Count * 256);
        var results = await run.ToEndAsync();
        foreach (var refused in results.Select(result => result.Error).OfType<ScimError>())
        {
            metrics.Refused(refused);
        }

        BulkResult.WriteAll(answer, results);
        await ScimResponse.BodyAsync(context.Http, StatusCodes.Status200OK, answer);
    }
}
