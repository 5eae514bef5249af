using OrleansIdentity.Scim.Bulk;

namespace OrleansIdentity.Api.Scim.Bulk;

/// <summary>Carries out the steps of a bulk request: in their order, but several at once where nobody could tell the difference.</summary>
internal sealed class BulkRun(BulkRequest request, BulkExecution execution, DateTimeOffset endsAt, TimeProvider time)
{
    private const int AtOnce = 16;

    private readonly List<(Task<IReadOnlyList<BulkResult>> Task, BulkStep Step)> _running = [];
    private readonly BulkResult?[] _results = new BulkResult?[request.Operations.Count];
    private int _errors;

    /// <summary>What became of the operations that it came to, in the order of the request.</summary>
    public async Task<IReadOnlyList<BulkResult>> ToEndAsync()
    {
        foreach (var step in BulkPlan.Of(request.Operations))
        {
            while (!MayBegin(step))
            {
                await OneMoreAsync();
            }

            if (_errors >= request.FailOnErrors)
            {
                break;
            }

            _running.Add((time.GetUtcNow() < endsAt ? execution.ExecuteAsync(step) : NotBegun(step), step));
        }

        while (_running.Count > 0)
        {
            await OneMoreAsync();
        }

        return [.. _results.OfType<BulkResult>()];
    }

    // Never before one that was to come first. With `failOnErrors` no more are under way than could fail and this one would still be carried out.
    private bool MayBegin(BulkStep step) => _running.Count == 0
        || (_running.Count < AtOnce
            && (request.FailOnErrors is not { } max || _errors + _running.Count < max)
            && !_running.Exists(running => running.Step.ConflictsWith(step)));

    private async Task OneMoreAsync()
    {
        var done = await Task.WhenAny(_running.Select(running => running.Task));
        _running.RemoveAll(running => running.Task == done);
        foreach (var result in await done)
        {
            _results[result.Operation.Index] = result;
            _errors += result.Error is null ? 0 : 1;
        }
    }

    private static Task<IReadOnlyList<BulkResult>> NotBegun(BulkStep step) => Task.FromResult<IReadOnlyList<BulkResult>>(
        [.. step.Operations.Select(operation => BulkResult.Refused(operation, operation.Error ?? BulkErrors.NotBegun()))]);
}
