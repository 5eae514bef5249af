using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Scim.Operations;
using OrleansIdentity.Scim.Bulk;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Api.Scim.Bulk;

/// <summary>Has one operation of a bulk request carried out as if it were a request of its own, with all that a request has to pass.</summary>
internal sealed class BulkDispatch(
    UserOperations users,
    GroupOperations groups,
    ScimAdmission admission,
    ScimFailures failures,
    IOptions<RequestOptions> options,
    TimeProvider time)
{
    private readonly ResourceOperations[] _all = [users, groups];

    /// <summary>The types of resources that operations can be about.</summary>
    public IReadOnlyList<ResourceType> Types(ScimCall call) => [.. _all.Select(one => one.Type(call))];

    /// <summary>Carries out an operation.</summary>
    /// <param name="context">The bulk request.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="send">What is done when it is let in.</param>
    public async Task<BulkResult> SendAsync(
        ScimContext context, BulkOperation operation, Func<ScimCall, ResourceOperations, Task<BulkResult>> send)
    {
        try
        {
            // A tenant that is switched off, or a token that is revoked, in the middle of the request counts from the next operation on.
            var header = context.Http.Request.Headers.Authorization.ToString();
            var admitted = await admission.AskAsync(context.Tenant, header).WaitAsync(context.Deadline);
            var call = context with { Settings = admitted.Settings, JoinsAccounts = admitted.JoinsAccounts, AnswerBy = time.GetUtcNow() + options.Value.AnswerWithin };
            return ScimAdmission.Refusal(admitted.Result, header) is { } refused
                ? BulkResult.Refused(operation, refused)
                : await send(call, _all.Single(one => one.Endpoint == operation.Type!.Endpoint));
        }
        catch (Exception exception) when (!context.Http.RequestAborted.IsCancellationRequested)
        {
            return BulkResult.Refused(operation, failures.Report(exception, context.Origin.CorrelationId));
        }
    }
}
