using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Telemetry;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Patch;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Api.Scim.Operations;

/// <summary>
/// What can be done to resources of one type, whether a request of its own asks for it or one of the operations of a bulk request: parse, ask the
/// grain, give the outcome.
/// </summary>
/// <param name="type">The type.</param>
/// <param name="kind">The kind of their records, one of <see cref="RecordKinds"/>.</param>
/// <param name="grain">The grain with a key.</param>
/// <param name="maxBodyBytes">The largest body of one operation, in bytes.</param>
/// <param name="time">The clock.</param>
/// <param name="metrics">What is counted.</param>
internal abstract class ResourceOperations(
    ResourceType type, string kind, Func<string, IResourceGrain> grain, int maxBodyBytes, TimeProvider time, ApiMetrics metrics)
{
    /// <summary>Where the resources are, relative to the base URL.</summary>
    public string Endpoint => type.Endpoint;

    /// <summary>The kind of their records.</summary>
    public string Kind => kind;

    /// <summary>The largest body of one operation, in bytes.</summary>
    public int MaxBodyBytes => maxBodyBytes;

    /// <summary>The type of the resources, as the tenant has it.</summary>
    public virtual ResourceType Type(ScimCall call) => type;

    /// <summary>RFC 7644 §3.3.</summary>
    public async Task<ResourceOutcome> CreateAsync(ScimCall call, ReadOnlyMemory<byte> body)
    {
        if (!ResourceInput.Read(Type(call), body, ScimLimits.Default).TryGet(out var input, out var error))
        {
            return ResourceOutcome.Refused("", error);
        }

        if (call.JoinsAccounts && await JoinAsync(call, input.Attributes) is var (joined, version))
        {
            var join = As(call, new ReplaceResource(call.Origin, call.AnswerBy, version, Bytes(input.Attributes)));
            return Counted("POST", joined, await Grain(call, joined).ReplaceAsync(join).WaitAsync(call.Deadline), input.Ignored);
        }

        // The id is made here and never taken from a caller; its order in time is the order of every list.
        var id = ResourceId.New(time.GetUtcNow());
        var command = As(call, new CreateResource(call.Origin, call.AnswerBy, Bytes(input.Attributes)));
        return Counted("POST", id, await Grain(call, id).CreateAsync(command).WaitAsync(call.Deadline), input.Ignored);
    }

    /// <summary>RFC 7644 §3.4.1.</summary>
    public async Task<ResourceOutcome> ReadAsync(ScimCall call, string id) =>
        IsKnownForm(id, out var unknown) ? new ResourceOutcome(id, await Grain(call, id).ReadAsync().WaitAsync(call.Deadline)) : ResourceOutcome.Refused(id, unknown);

    /// <summary>RFC 7644 §3.5.1.</summary>
    public async Task<ResourceOutcome> ReplaceAsync(ScimCall call, string id, string? ifMatch, ReadOnlyMemory<byte> body)
    {
        if (!IsKnownForm(id, out var error) || !ResourceInput.Read(Type(call), body, ScimLimits.Default).TryGet(out var input, out error))
        {
            return ResourceOutcome.Refused(id, error);
        }

        var command = As(call, new ReplaceResource(call.Origin, call.AnswerBy, ifMatch, Bytes(input.Attributes)));
        return Counted("PUT", id, await Grain(call, id).ReplaceAsync(command).WaitAsync(call.Deadline), input.Ignored);
    }

    /// <summary>RFC 7644 §3.5.2.</summary>
    public async Task<ResourceOutcome> PatchAsync(ScimCall call, string id, string? ifMatch, ReadOnlyMemory<byte> body)
    {
        if (!IsKnownForm(id, out var error) || !PatchRequest.Read(Type(call), body, ScimLimits.Default).TryGet(out _, out error))
        {
            return ResourceOutcome.Refused(id, error);
        }

        var command = As(call, new PatchResource(call.Origin, call.AnswerBy, ifMatch, body.ToArray()));
        return Counted("PATCH", id, await Grain(call, id).PatchAsync(command).WaitAsync(call.Deadline), Ignored.None);
    }

    /// <summary>RFC 7644 §3.6.</summary>
    public async Task<ResourceOutcome> DeleteAsync(ScimCall call, string id, string? ifMatch) => IsKnownForm(id, out var unknown)
        ? new ResourceOutcome(id, await Grain(call, id).DeleteAsync(new DeleteResource(call.Origin, call.AnswerBy, ifMatch)).WaitAsync(call.Deadline))
        : ResourceOutcome.Refused(id, unknown);

    /// <summary>The resource that a new one is to be joined to, and the entity tag that it has; null when it is to be one of its own.</summary>
    protected virtual Task<(string Id, string Version)?> JoinAsync(ScimCall call, JsonObject attributes) => Task.FromResult<(string, string)?>(null);

    private static T As<T>(ScimCall call, T command)
        where T : ResourceCommand =>
        (T)(command with
        {
            LeavesOutUnknownMembers = call.Settings.IgnoreUnknownMembers,
            SchemaRevision = call.Users.Revision,
            Invitations = call.Settings.Invitations,
        });

    private IResourceGrain Grain(ScimCall call, string id) => grain(GrainKeys.Resource(call.Tenant, id));

    private ResourceOutcome Counted(string method, string id, ResourceReply reply, Ignored atTheDoor)
    {
        if (reply.Error is null)
        {
            metrics.Accepted(method, reply.Changed, [.. atTheDoor.Select(ignored => ignored.Reason), .. reply.Ignored]);
        }

        return new ResourceOutcome(id, reply);
    }

    // An id that this server cannot have issued names nothing: no grain is woken for it.
    private bool IsKnownForm(string id, out ScimError error)
    {
        error = ScimErrors.NotFound(type.Name, id.Length <= 64 ? id : id[..64]);
        return Guid.TryParseExact(id, "d", out _) && id.AsSpan().ContainsAnyInRange('A', 'F') is false;
    }

    private static byte[] Bytes(JsonObject attributes) => JsonSerializer.SerializeToUtf8Bytes<JsonNode>(attributes);
}
