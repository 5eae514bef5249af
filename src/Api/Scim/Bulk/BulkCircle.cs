using OrleansIdentity.Scim.Bulk;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Api.Scim.Bulk;

/// <summary>
/// POSTs that refer to each other in a circle (RFC 7644 §3.7.1), such as two users who are each other's manager. Each is made without the references
/// that nobody can know yet, then given them; when that cannot be done for one, none of them stays.
/// </summary>
internal sealed class BulkCircle(BulkExecution execution, IReadOnlyList<BulkOperation> operations)
{
    public async Task<IReadOnlyList<BulkResult>> ExecuteAsync()
    {
        // Members are users, so groups that need each other are no groups that could be.
        if (operations.Any(operation => BulkReferences.NeedOthers(operation.Type!)))
        {
            return [.. operations.Select(operation => BulkResult.Refused(operation, BulkErrors.Circular()))];
        }

        var results = new List<BulkResult>(operations.Count);
        var later = operations.Select(operation => operation.BulkId!).ToHashSet(StringComparer.Ordinal);
        var incomplete = new List<int>();
        foreach (var operation in operations)
        {
            results.Add(await execution.ExecuteAsync(operation, later));
            if (execution.MadeBy(operation) is null)
            {
                return await TakeBackAsync(results, results.Count - 1);
            }

            // One that an earlier, interrupted request has made may lack its references, or have some to what is gone.
            if (operation.References.Overlaps(later) || results[^1].Error is not null)
            {
                incomplete.Add(results.Count - 1);
            }

            later.Remove(operation.BulkId!);
        }

        foreach (var index in incomplete)
        {
            var completed = await execution.CompleteAsync(operations[index]);
            if (completed.Error is not null)
            {
                return await TakeBackAsync(results, index);
            }

            // One that was there before keeps saying so.
            results[index] = results[index].Error is null ? completed : results[index];
        }

        return results;
    }

    private async Task<IReadOnlyList<BulkResult>> TakeBackAsync(List<BulkResult> results, int failed)
    {
        var reason = results[failed].Status >= StatusCodes.Status500InternalServerError ? BulkErrors.NotBegun() : BulkErrors.Unresolved(operations[failed].BulkId!);
        var all = new List<BulkResult>(operations.Count);
        foreach (var (index, operation) in operations.Index())
        {
            all.Add(index >= results.Count ? BulkResult.Refused(operation, reason)
                : results[index].Error is null ? await execution.TakeBackAsync(operation, reason)
                : results[index]);
        }

        return all;
    }
}
