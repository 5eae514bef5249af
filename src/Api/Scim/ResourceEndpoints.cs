using OrleansIdentity.Api.Scim.Operations;
using OrleansIdentity.Api.Telemetry;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Api.Scim;

/// <summary>The SCIM endpoints of resources of one type: read the request, have it carried out, write the answer.</summary>
internal abstract class ResourceEndpoints(ResourceOperations operations, ApiMetrics metrics)
{
    /// <summary>The kind of the resources' records.</summary>
    public string Kind => operations.Kind;

    /// <summary>The type of the resources, as the tenant has it.</summary>
    public ResourceType Type(ScimContext context) => operations.Type(context);

    public async Task CreateAsync(ScimContext context, string id)
    {
        if (!ReadProjection(context).TryGet(out var projection, out var error) || !(await ReadBodyAsync(context)).TryGet(out var body, out error))
        {
            await RefuseAsync(context, error);
            return;
        }

        await AnswerAsync(context, StatusCodes.Status201Created, await operations.CreateAsync(context, body), projection.Value);
    }

    public async Task ReadAsync(ScimContext context, string id)
    {
        if (!ReadProjection(context).TryGet(out var projection, out var error))
        {
            await RefuseAsync(context, error);
            return;
        }

        var outcome = await operations.ReadAsync(context, id);
        if (outcome.Error is null
            && context.Http.Request.Headers.IfNoneMatch is [{ Length: > 0 } tags]
            && Precondition.Names(tags, outcome.Reply.Version))
        {
            ScimResponse.Empty(context.Http, StatusCodes.Status304NotModified, outcome.Reply.Version);
            return;
        }

        await AnswerAsync(context, StatusCodes.Status200OK, outcome, projection.Value);
    }

    public async Task ReplaceAsync(ScimContext context, string id)
    {
        if (!ReadProjection(context).TryGet(out var projection, out var error) || !(await ReadBodyAsync(context)).TryGet(out var body, out error))
        {
            await RefuseAsync(context, error);
            return;
        }

        await AnswerAsync(context, StatusCodes.Status200OK, await operations.ReplaceAsync(context, id, IfMatch(context), body), projection.Value);
    }

    public async Task PatchAsync(ScimContext context, string id)
    {
        if (!ReadProjection(context).TryGet(out var projection, out var error) || !(await ReadBodyAsync(context)).TryGet(out var body, out error))
        {
            await RefuseAsync(context, error);
            return;
        }

        // RFC 7644 §3.5.2: 200 with the resource, or 204; and 200 when attributes were asked for.
        var outcome = await operations.PatchAsync(context, id, IfMatch(context), body);
        if (outcome.Error is null && !context.Http.Request.Query.ContainsKey("attributes") && await IsLargeAsync(context, id, projection.Value))
        {
            ScimResponse.Empty(context.Http, StatusCodes.Status204NoContent, outcome.Reply.Version);
            return;
        }

        await AnswerAsync(context, StatusCodes.Status200OK, outcome, projection.Value);
    }

    public async Task DeleteAsync(ScimContext context, string id)
    {
        if ((await operations.DeleteAsync(context, id, IfMatch(context))).Error is { } refused)
        {
            await RefuseAsync(context, refused);
            return;
        }

        context.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Writes the members of a representation that are no part of the stored form, each with a comma before it.</summary>
    protected abstract ValueTask WriteApartAsync(ScimContext context, GrowingBody body, ListedResource resource, Projection? projection);

    /// <summary>Whether the representation is so large that nobody wants it back after each PATCH.</summary>
    protected virtual ValueTask<bool> IsLargeAsync(ScimContext context, string id, Projection? projection) => ValueTask.FromResult(false);

    private async Task AnswerAsync(ScimContext context, int status, ResourceOutcome outcome, Projection? projection)
    {
        if (outcome.Error is { } refused)
        {
            await RefuseAsync(context, refused);
            return;
        }

        ScimResponse.SetResourceHeaders(context.Http, status, outcome.Reply.Version, context.Location(operations.Endpoint, outcome.Id));
        var body = new GrowingBody(context.Http, status);
        await WriteAsync(context, body, new ListedResource(outcome.Id, outcome.Reply.Document, outcome.Reply.Groups, Kind), projection);
        await body.CompleteAsync();
    }

    /// <summary>Writes a resource into a response.</summary>
    public async ValueTask WriteAsync(ScimContext context, GrowingBody body, ListedResource resource, Projection? projection)
    {
        ResourceDocument.WriteOpen(body.Buffer, Type(context), resource.Document.Span, context.Location(operations.Endpoint, resource.Id), projection);
        await WriteApartAsync(context, body, resource, projection);
        ResourceDocument.WriteClose(body.Buffer);
        await body.FlushIfLargeAsync();
    }

    private Task RefuseAsync(ScimContext context, ScimError error)
    {
        metrics.Refused(error);
        return ScimResponse.ErrorAsync(context.Http, error);
    }

    private ValueTask<Outcome<ReadOnlyMemory<byte>>> ReadBodyAsync(ScimContext context) =>
        ScimRequestBody.ReadAsync(context.Http.Request, operations.MaxBodyBytes, context.Deadline);

    private Outcome<RequestedProjection> ReadProjection(ScimContext context)
    {
        var request = context.Http.Request;
        if (!request.QueryString.HasValue)
        {
            return new RequestedProjection(null);
        }

        return ScimQuery.Single(request, "attributes").TryGet(out var attributes, out var error)
            && ScimQuery.Single(request, "excludedAttributes").TryGet(out var excluded, out error)
            && Projection.Parse(Type(context), attributes.Value, excluded.Value).TryGet(out var projection, out error)
            ? new RequestedProjection(projection)
            : error;
    }

    private static string? IfMatch(ScimContext context) => context.Http.Request.Headers.IfMatch is [{ Length: > 0 } tags] ? tags : null;

    private readonly record struct RequestedProjection(Projection? Value);
}
