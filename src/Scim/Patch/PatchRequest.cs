using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Members;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Patch;

/// <summary>The attributes after a PATCH.</summary>
/// <param name="Attributes">In the stored form.</param>
/// <param name="Ignored">What of the request had no effect by its kind.</param>
public sealed record PatchResult(JsonObject Attributes, Ignored Ignored)
{
    /// <summary>What is to be done to the members of a group, in order. They are no part of the attributes.</summary>
    public IReadOnlyList<MemberOperation> Members { get; init; } = [];
}

/// <summary>A PATCH request (RFC 7644 §3.5.2).</summary>
public sealed class PatchRequest
{
    private readonly ResourceType _type;
    private readonly IReadOnlyList<PatchOperation> _operations;
    private readonly Ignored _ignored;
    private readonly ScimLimits _limits;

    private PatchRequest(ResourceType type, IReadOnlyList<PatchOperation> operations, Ignored ignored, ScimLimits limits)
    {
        _type = type;
        _operations = operations;
        _ignored = ignored;
        _limits = limits;
    }

    /// <summary>Reads the body: everything that can be judged without the resource is judged here.</summary>
    /// <returns>The request; or 400 with the keyword of RFC 7644 §3.12; or 413 for too many operations.</returns>
    public static Outcome<PatchRequest> Read(ResourceType type, ReadOnlyMemory<byte> utf8Json, ScimLimits limits)
    {
        if (!JsonBody.Parse(utf8Json, limits).TryGet(out var root, out var error))
        {
            return error;
        }

        if (!JsonBody.Names(root, SchemaUrns.PatchOp))
        {
            return ScimErrors.InvalidSyntax("patch-schema-missing", $"'schemas' must name \"{SchemaUrns.PatchOp}\".");
        }

        if (JsonBody.Twice(root) is { } twice)
        {
            return twice;
        }

        if (JsonBody.Member(root, "Operations") is not { ValueKind: JsonValueKind.Array } given || given.GetArrayLength() == 0)
        {
            return ScimErrors.InvalidSyntax("patch-operations-missing", "'Operations' must be an array with at least one operation.");
        }

        if (given.GetArrayLength() > limits.MaxPatchOperations)
        {
            return ScimErrors.TooManyOperations(limits.MaxPatchOperations);
        }

        var reader = new PatchReader(type, limits);
        foreach (var operation in given.EnumerateArray())
        {
            if (reader.Read(operation) is { } refused)
            {
                return refused;
            }
        }

        return new PatchRequest(type, reader.Operations, reader.Ignored, limits);
    }

    /// <summary>Applies the operations in order. All of them, or none: the argument is not changed.</summary>
    /// <returns>The attributes afterwards; or 400 <c>noTarget</c>, <c>mutability</c> or <c>invalidValue</c>.</returns>
    public Outcome<PatchResult> Apply(JsonObject current)
    {
        var attributes = current.DeepClone().AsObject();
        var members = new List<MemberOperation>();
        foreach (var operation in _operations)
        {
            if (operation is PatchOperation.OnMembers apart)
            {
                members.Add(apart.Operation);
                continue;
            }

            var refused = operation switch
            {
                PatchOperation.OnAttribute known => PatchApplication.Apply(attributes, known, _limits),
                PatchOperation.OnUnknownExtension unknown => PatchApplication.Apply(attributes, unknown),
                PatchOperation.OffExtension extension => PatchApplication.Apply(attributes, extension),
                _ => throw new InvalidOperationException($"No operation: {operation.GetType().Name}."),
            };
            if (refused is not null)
            {
                return refused;
            }
        }

        if (SchemaRules.ChangedImmutable(_type, current, attributes) is { } immutable)
        {
            return immutable;
        }

        return SchemaRules.LostRequired(_type, current, attributes) is { } lost
            ? lost
            : new PatchResult(attributes, _ignored) { Members = members };
    }
}
