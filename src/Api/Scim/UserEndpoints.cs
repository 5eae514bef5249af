using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Telemetry;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Users;
using OrleansIdentity.Scim;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Paging;
using OrleansIdentity.Scim.Patch;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Api.Scim;

/// <summary>The SCIM operations on users: parse at the door, ask the grain, write the answer.</summary>
internal sealed class UserEndpoints(IGrainFactory grains, IOptions<RequestOptions> options, TimeProvider time, ApiMetrics metrics)
{
    private static readonly ResourceType Type = ResourceTypes.User;

    public async Task CreateAsync(ScimContext context, string id)
    {
        if (!(await ReadInputAsync(context)).TryGet(out var input, out var error) || !ReadProjection(context).TryGet(out var projection, out error))
        {
            await RefuseAsync(context, error);
            return;
        }

        // The id is made here and never taken from a caller; its order in time is the order of every list.
        var newId = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        var reply = await User(context, newId).CreateAsync(new CreateUser(context.Origin, context.AnswerBy, Bytes(input.Attributes))).WaitAsync(context.Deadline);
        await WriteAsync(context, StatusCodes.Status201Created, newId, reply, projection.Value, input.Ignored);
    }

    public async Task ReadAsync(ScimContext context, string id)
    {
        if (!ReadProjection(context).TryGet(out var projection, out var error) || !IsKnownForm(id, out error))
        {
            await RefuseAsync(context, error);
            return;
        }

        var reply = await User(context, id).ReadAsync().WaitAsync(context.Deadline);
        if (reply.Error is { } missing)
        {
            await RefuseAsync(context, missing);
        }
        else if (context.Http.Request.Headers.IfNoneMatch is [{ Length: > 0 } tags] && Precondition.Names(tags, reply.Version))
        {
            context.Http.Response.Headers.ETag = Precondition.EntityTag(reply.Version);
            context.Http.Response.StatusCode = StatusCodes.Status304NotModified;
        }
        else
        {
            await ScimResponse.ResourceAsync(context.Http, StatusCodes.Status200OK, reply, context.Location(Type.Endpoint, id), projection.Value);
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

        var command = new ReplaceUser(context.Origin, context.AnswerBy, IfMatch(context), Bytes(input.Attributes));
        var reply = await User(context, id).ReplaceAsync(command).WaitAsync(context.Deadline);
        await WriteAsync(context, StatusCodes.Status200OK, id, reply, projection.Value, input.Ignored);
    }

    public async Task PatchAsync(ScimContext context, string id)
    {
        if (!IsKnownForm(id, out var error)
            || !ReadProjection(context).TryGet(out var projection, out error)
            || !(await ReadBodyAsync(context)).TryGet(out var body, out error)
            || !PatchRequest.Read(Type, body, ScimLimits.Default).TryGet(out _, out error))
        {
            await RefuseAsync(context, error);
            return;
        }

        var command = new PatchUser(context.Origin, context.AnswerBy, IfMatch(context), body.ToArray());
        var reply = await User(context, id).PatchAsync(command).WaitAsync(context.Deadline);
        await WriteAsync(context, StatusCodes.Status200OK, id, reply, projection.Value, Ignored.None);
    }

    public async Task DeleteAsync(ScimContext context, string id)
    {
        if (!IsKnownForm(id, out var error))
        {
            await RefuseAsync(context, error);
            return;
        }

        var reply = await User(context, id).DeleteAsync(new DeleteUser(context.Origin, context.AnswerBy, IfMatch(context))).WaitAsync(context.Deadline);
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

        var list = new ListRequest(filter.Value, page.StartIndex, page.Count, context.Origin.Actor);
        var reply = await grains.GetGrain<IDirectoryGrain>(context.Tenant).ListUsersAsync(list, context.Deadline).WaitAsync(context.Deadline);
        if (reply.Error is { } refused)
        {
            await RefuseAsync(context, refused);
            return;
        }

        await ScimResponse.BodyAsync(context.Http, StatusCodes.Status200OK, ListBody.Write(context, Type, reply, page.StartIndex, projection.Value));
    }

    private Task WriteAsync(ScimContext context, int status, string id, ResourceReply reply, Projection? projection, Ignored atTheDoor)
    {
        if (reply.Error is { } refused)
        {
            return RefuseAsync(context, refused);
        }

        metrics.Accepted(context.Http.Request.Method, reply.Changed, [.. atTheDoor.Select(ignored => ignored.Reason), .. reply.Ignored]);
        return ScimResponse.ResourceAsync(context.Http, status, reply, context.Location(Type.Endpoint, id), projection);
    }

    private Task RefuseAsync(ScimContext context, ScimError error)
    {
        metrics.Refused(error);
        return ScimResponse.ErrorAsync(context.Http, error);
    }

    private IUserGrain User(ScimContext context, string id) => grains.GetGrain<IUserGrain>(GrainKeys.User(context.Tenant, id));

    private async ValueTask<Outcome<ResourceInput>> ReadInputAsync(ScimContext context) =>
        (await ReadBodyAsync(context)).TryGet(out var body, out var error) ? ResourceInput.Read(Type, body, ScimLimits.Default) : error;

    private ValueTask<Outcome<ReadOnlyMemory<byte>>> ReadBodyAsync(ScimContext context) =>
        ScimRequestBody.ReadAsync(context.Http.Request, options.Value.MaxBodyBytes, context.Deadline);

    private static Outcome<RequestedProjection> ReadProjection(ScimContext context)
    {
        var request = context.Http.Request;
        if (!request.QueryString.HasValue)
        {
            return new RequestedProjection(null);
        }

        return ScimQuery.Single(request, "attributes").TryGet(out var attributes, out var error)
            && ScimQuery.Single(request, "excludedAttributes").TryGet(out var excluded, out error)
            && Projection.Parse(Type, attributes.Value, excluded.Value).TryGet(out var projection, out error)
            ? new RequestedProjection(projection)
            : error;
    }

    // An id that this server cannot have issued names nothing: no grain is woken for it.
    private static bool IsKnownForm(string id, out ScimError error)
    {
        error = ScimErrors.NotFound(Type.Name, id.Length <= 64 ? id : id[..64]);
        return Guid.TryParseExact(id, "d", out _) && id.AsSpan().ContainsAnyInRange('A', 'F') is false;
    }

    private static string? IfMatch(ScimContext context) => context.Http.Request.Headers.IfMatch is [{ Length: > 0 } tags] ? tags : null;

    private static byte[] Bytes(JsonObject attributes) => JsonSerializer.SerializeToUtf8Bytes<JsonNode>(attributes);

    private readonly record struct RequestedProjection(Projection? Value);
}
