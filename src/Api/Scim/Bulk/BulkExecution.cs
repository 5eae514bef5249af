using System.Collections.Concurrent;
using OrleansIdentity.Api.Scim.Operations;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Scim.Bulk;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Api.Scim.Bulk;

/// <summary>Carries out the steps of one bulk request and knows what each <c>bulkId</c> has come to stand for.</summary>
internal sealed class BulkExecution(ScimContext context, BulkDispatch dispatch, BulkRequest request)
{
    private static readonly IReadOnlySet<string> None = new HashSet<string>();

    private readonly ConcurrentDictionary<string, Made> _made = new(StringComparer.Ordinal);
    private readonly HashSet<string> _referredTo = [.. request.Operations.SelectMany(operation => operation.References)];

    /// <summary>Carries out a step; gives a result for each of its operations.</summary>
    public async Task<IReadOnlyList<BulkResult>> ExecuteAsync(BulkStep step) =>
        step.IsCircle ? await new BulkCircle(this, step.Operations).ExecuteAsync() : [await ExecuteAsync(step.Operations[0], None)];

    /// <summary>Carries out an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="later">Names whose references are left out for now.</param>
    public async Task<BulkResult> ExecuteAsync(BulkOperation operation, IReadOnlySet<string> later)
    {
        var result = (operation.Error ?? Unresolved(operation, later)) is { } error
            ? BulkResult.Refused(operation, error)
            : await dispatch.SendAsync(context, operation, (call, resources) => SendAsync(call, resources, operation, later));
        if (operation is { Creates: true, BulkId: { } name } && !_made.ContainsKey(name))
        {
            _made[name] = new Made(null, result.Status);
        }

        return result;
    }

    /// <summary>What the operation has made, or would have made if it had not been there already; null for nothing.</summary>
    public string? MadeBy(BulkOperation operation) => IdOf(operation.BulkId!);

    /// <summary>Gives a resource what was left out when it was made.</summary>
    public Task<BulkResult> CompleteAsync(BulkOperation operation) => dispatch.SendAsync(context, operation, async (call, resources) =>
    {
        var outcome = await resources.PatchAsync(call, MadeBy(operation)!, null, BulkReferences.Completion(operation, IdOf));
        return Result(call, operation, outcome, StatusCodes.Status201Created);
    });

    /// <summary>Deletes what the operation has made: it stands for nothing from now on.</summary>
    public Task<BulkResult> TakeBackAsync(BulkOperation operation, ScimError reason) => dispatch.SendAsync(context, operation, async (call, resources) =>
    {
        var id = MadeBy(operation)!;
        _made[operation.BulkId!] = new Made(null, reason.Status);
        var outcome = await resources.DeleteAsync(call, id, null);
        return BulkResult.Refused(operation, outcome.Error is { Status: not StatusCodes.Status404NotFound } kept ? kept : reason);
    });

    private async Task<BulkResult> SendAsync(ScimCall call, ResourceOperations resources, BulkOperation operation, IReadOnlySet<string> later)
    {
        var body = operation.Method == "DELETE" ? default : BulkReferences.Fill(operation, name => later.Contains(name) ? null : IdOf(name));
        if (body.Length > resources.MaxBodyBytes)
        {
            return BulkResult.Refused(operation, ScimErrors.PayloadTooLarge(resources.MaxBodyBytes));
        }

        if (operation.Creates)
        {
            var created = await resources.CreateAsync(call, body);
            await RememberAsync(call, resources, operation, body, created);
            return Result(call, operation, created, StatusCodes.Status201Created);
        }

        var id = BulkReferences.Named(operation.Id) is { } made ? IdOf(made)! : operation.Id!;
        return operation.Method switch
        {
            "PUT" => Result(call, operation, await resources.ReplaceAsync(call, id, operation.Version, body), StatusCodes.Status200OK),
            "PATCH" => Result(call, operation, await resources.PatchAsync(call, id, operation.Version, body), StatusCodes.Status200OK),
            _ => Result(call, operation, await resources.DeleteAsync(call, id, operation.Version), StatusCodes.Status204NoContent),
        };
    }

    private async Task RememberAsync(ScimCall call, ResourceOperations resources, BulkOperation operation, ReadOnlyMemory<byte> body, ResourceOutcome created)
    {
        if (created.Error is null)
        {
            _made[operation.BulkId!] = new Made(created.Id, StatusCodes.Status201Created);
        }
        else if (_referredTo.Contains(operation.BulkId!)
            && created.Reply.HolderId is { } holder
            && await resources.ReadAsync(call, holder) is { Error: null } there
            && BulkRepetition.IsMade(resources.Type(call), body, there.Reply.Document))
        {
            _made[operation.BulkId!] = new Made(holder, created.Error.Status);
        }
    }

    private ScimError? Unresolved(BulkOperation operation, IReadOnlySet<string> later)
    {
        foreach (var name in operation.References.Where(name => !later.Contains(name) && IdOf(name) is null))
        {
            // What has failed for want of time is worth another try; what was refused is not.
            return _made.TryGetValue(name, out var made) && made.Status >= StatusCodes.Status500InternalServerError
                ? BulkErrors.NotBegun()
                : BulkErrors.Unresolved(name);
        }

        return null;
    }

    private string? IdOf(string name) => _made.TryGetValue(name, out var made) ? made.Id : null;

    private static BulkResult Result(ScimCall call, BulkOperation operation, ResourceOutcome outcome, int status)
    {
        // RFC 7644 §3.7.3: the location is in every entry "except in the event of a POST failure"; one that found its resource there says where.
        var id = operation.Creates && outcome.Error is not null ? outcome.Reply.HolderId : outcome.Id;
        return new BulkResult(operation, outcome.Error?.Status ?? status)
        {
            Error = outcome.Error,
            Location = Guid.TryParseExact(id, "d", out _) ? call.Location(operation.Type!.Endpoint, id) : null,
            Version = outcome.Error is null && operation.Method != "DELETE" ? Precondition.EntityTag(outcome.Reply.Version) : null,
        };
    }

    /// <summary>What a name stands for.</summary>
    /// <param name="Id">The id of the resource; null when there is none.</param>
    /// <param name="Status">The status of the operation that was to make it.</param>
    private readonly record struct Made(string? Id, int Status);
}
