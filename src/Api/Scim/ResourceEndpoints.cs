using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Telemetry;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Scim;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Paging;
using OrleansIdentity.Scim.Patch;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Api.Scim;

/// <summary>The SCIM operations on resources of one type: parse at the door, ask the grain, write the answer.</summary>
internal abstract class ResourceEndpoints(ResourceType type, int maxBodyBytes, TimeProvider time, ApiMetrics metrics)
{
    public async Task CreateAsync(ScimContext context, string id)
    {
        if (!(await ReadInputAsync(context)).TryGet(out var input, out var error) || !ReadProjection(context).TryGet(out var projection, out error))
        {
            await RefuseAsync(context, error);
            return;
        }

        // The id is made here and never taken from a caller; its order in time is the order of every list.
        var newId = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        var command = new CreateResource(context.Origin, context.AnswerBy, Bytes(input.Attributes))
        {
            LeavesOutUnknownMembers = context.Settings.IgnoreUnknownMembers,
            Invitations = context.Settings.Invitations,
        };
        var reply = await Grain(context, newId).CreateAsync(command).WaitAsync(context.Deadline);
        if (await AcceptAsync(context, reply, input.Ignored))
        {
            await WriteAsync(context, StatusCodes.Status201Created, newId, reply, projection.Value);
        }
    }

    public async Task ReadAsync(ScimContext context, string id)
    {
        if (!ReadProjection(context).TryGet(out var projection, out var error) || !IsKnownForm(id, out error))
        {
            await RefuseAsync(context, error);
            return;
        }

        var reply = await Grain(context, id).ReadAsync().WaitAsync(context.Deadline);
        if (reply.Error is { } missing)
        {
            await RefuseAsync(context, missing);
        }
        else if (context.Http.Request.Headers.IfNoneMatch is [{ Length: > 0 } tags] && Precondition.Names(tags, reply.Version))
        {
            ScimResponse.Empty(context.Http, StatusCodes.Status304NotModified, reply.Version);
        }
        else
        {
            await WriteAsync(context, StatusCodes.Status200OK, id, reply, projection.Value);
        }
    }

    public async Task ReplaceAsync(ScimContext context, string id)
    {
        if (!IsKnownForm(id, out var error)
            || !ReadProjection(context).TryGet(out var projection, out error)
            || !(await ReadInputAsync(context)).TryGet(out var input, out error))
        {
            await RefuseAsync(context, error);
            return;
        }

        var command = new ReplaceResource(context.Origin, context.AnswerBy, IfMatch(context), Bytes(input.Attributes))
        {
            LeavesOutUnknownMembers = context.Settings.IgnoreUnknownMembers,
            Invitations = context.Settings.Invitations,
        };
        var reply = await Grain(context, id).ReplaceAsync(command).WaitAsync(context.Deadline);
        if (await AcceptAsync(context, reply, input.Ignored))
        {
            await WriteAsync(context, StatusCodes.Status200OK, id, reply, projection.Value);
        }
    }

    public async Task PatchAsync(ScimContext context, string id)
    {
        if (!IsKnownForm(id, out var error)
            || !ReadProjection(context).TryGet(out var projection, out error)
            || !(await ReadBodyAsync(context)).TryGet(out var body, out error)
            || !PatchRequest.Read(type, body, ScimLimits.Default).TryGet(out _, out error))
        {
            await RefuseAsync(context, error);
            return;
        }

        var command = new PatchResource(context.Origin, context.AnswerBy, IfMatch(context), body.ToArray())
        {
            LeavesOutUnknownMembers = context.Settings.IgnoreUnknownMembers,
            Invitations = context.Settings.Invitations,
        };
        var reply = await Grain(context, id).PatchAsync(command).WaitAsync(context.Deadline);
        if (!await AcceptAsync(context, reply, Ignored.None))
        {
            return;
        }

        // RFC 7644 §3.5.2: 200 with the resource, or 204; and 200 when attributes were asked for.
        if (!context.Http.Request.Query.ContainsKey("attributes") && await IsLargeAsync(context, id, projection.Value))
        {
            ScimResponse.Empty(context.Http, StatusCodes.Status204NoContent, reply.Version);
            return;
        }

        await WriteAsync(context, StatusCodes.Status200OK, id, reply, projection.Value);
    }

    public async Task DeleteAsync(ScimContext context, string id)
    {
        if (!IsKnownForm(id, out var error))
        {
            await RefuseAsync(context, error);
            return;
        }

        var reply = await Grain(context, id).DeleteAsync(new DeleteResource(context.Origin, context.AnswerBy, IfMatch(context))).WaitAsync(context.Deadline);
        if (reply.Error is { } refused)
        {
            await RefuseAsync(context, refused);
            return;
        }

        context.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public async Task ListAsync(ScimContext context, string id)
    {
        var request = context.Http.Request;
        if (!ScimQuery.Single(request, "filter").TryGet(out var filter, out var error)
            || !ScimQuery.Single(request, "startIndex").TryGet(out var startIndex, out error)
            || !ScimQuery.Single(request, "count").TryGet(out var count, out error)
            || !PageRequest.Parse(startIndex.Value, count.Value, ScimLimits.Default).TryGet(out var page, out error)
            || !ReadProjection(context).TryGet(out var projection, out error))
        {
            await RefuseAsync(context, error);
            return;
        }

        var reply = await ListAsync(context, new ListRequest(filter.Value, page.StartIndex, page.Count, context.Origin.Actor)).WaitAsync(context.Deadline);
        if (reply.Error is { } refused)
        {
            await RefuseAsync(context, refused);
            return;
        }

        var body = new GrowingBody(context.Http, StatusCodes.Status200OK);
        ListResponse.WriteStart(body.Buffer, reply.Total, page.StartIndex, reply.Resources.Length);
        for (var index = 0; index < reply.Resources.Length; index++)
        {
            if (index > 0)
            {
                ListResponse.WriteSeparator(body.Buffer);
            }

            await WriteAsync(context, body, reply.Resources[index], projection.Value);
        }

        ListResponse.WriteEnd(body.Buffer);
        await body.CompleteAsync();
    }

    /// <summary>The resource's grain.</summary>
    protected abstract IResourceGrain Grain(ScimContext context, string id);

    /// <summary>Reads a page of the list.</summary>
    protected abstract Task<ListReply> ListAsync(ScimContext context, ListRequest request);

    /// <summary>Writes the members of a representation that are no part of the stored form, each with a comma before it.</summary>
    protected abstract ValueTask WriteApartAsync(ScimContext context, GrowingBody body, ListedResource resource, Projection? projection);

    /// <summary>Whether the representation is so large that nobody wants it back after each PATCH.</summary>
    protected virtual ValueTask<bool> IsLargeAsync(ScimContext context, string id, Projection? projection) => ValueTask.FromResult(false);

    private async Task<bool> AcceptAsync(ScimContext context, ResourceReply reply, Ignored atTheDoor)
    {
        if (reply.Error is { } refused)
        {
            await RefuseAsync(context, refused);
            return false;
        }

        metrics.Accepted(context.Http.Request.Method, reply.Changed, [.. atTheDoor.Select(ignored => ignored.Reason), .. reply.Ignored]);
        return true;
    }

    private async Task WriteAsync(ScimContext context, int status, string id, ResourceReply reply, Projection? projection)
    {
        ScimResponse.SetResourceHeaders(context.Http, status, reply.Version, context.Location(type.Endpoint, id));
        var body = new GrowingBody(context.Http, status);
        await WriteAsync(context, body, new ListedResource(id, reply.Document, reply.Groups), projection);
        await body.CompleteAsync();
    }

    private async ValueTask WriteAsync(ScimContext context, GrowingBody body, ListedResource resource, Projection? projection)
    {
        ResourceDocument.WriteOpen(body.Buffer, resource.Document.Span, context.Location(type.Endpoint, resource.Id), projection);
        await WriteApartAsync(context, body, resource, projection);
        ResourceDocument.WriteClose(body.Buffer);
        await body.FlushIfLargeAsync();
    }

    private Task RefuseAsync(ScimContext context, ScimError error)
    {
        metrics.Refused(error);
        return ScimResponse.ErrorAsync(context.Http, error);
    }

    private async ValueTask<Outcome<ResourceInput>> ReadInputAsync(ScimContext context) =>
        (await ReadBodyAsync(context)).TryGet(out var body, out var error) ? ResourceInput.Read(type, body, ScimLimits.Default) : error;

    private ValueTask<Outcome<ReadOnlyMemory<byte>>> ReadBodyAsync(ScimContext context) =>
        ScimRequestBody.ReadAsync(context.Http.Request, maxBodyBytes, context.Deadline);

    private Outcome<RequestedProjection> ReadProjection(ScimContext context)
    {
        var request = context.Http.Request;
        if (!request.QueryString.HasValue)
        {
            return new RequestedProjection(null);
        }

        return ScimQuery.Single(request, "attributes").TryGet(out var attributes, out var error)
            && ScimQuery.Single(request, "excludedAttributes").TryGet(out var excluded, out error)
            && Projection.Parse(type, attributes.Value, excluded.Value).TryGet(out var projection, out error)
            ? new RequestedProjection(projection)
            : error;
    }

    // An id that this server cannot have issued names nothing: no grain is woken for it.
    private bool IsKnownForm(string id, out ScimError error)
    {
        error = ScimErrors.NotFound(type.Name, id.Length <= 64 ? id : id[..64]);
        return Guid.TryParseExact(id, "d", out _) && id.AsSpan().ContainsAnyInRange('A', 'F') is false;
    }

    private static string? IfMatch(ScimContext context) => context.Http.Request.Headers.IfMatch is [{ Length: > 0 } tags] ? tags : null;

    private static byte[] Bytes(JsonObject attributes) => JsonSerializer.SerializeToUtf8Bytes<JsonNode>(attributes);

    private readonly record struct RequestedProjection(Projection? Value);
}
