using System.Text.Json;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Bulk;

/// <summary>One operation of a bulk request (RFC 7644 §3.7).</summary>
public sealed record BulkOperation
{
    /// <summary>Where it stands in the request, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>What it does: POST, PUT, PATCH or DELETE; what was sent, when that is none of them.</summary>
    public required string Method { get; init; }

    /// <summary>The client's name for it; null when there is none.</summary>
    public string? BulkId { get; init; }

    /// <summary>The type of its resource; null when the path does not say.</summary>
    public ResourceType? Type { get; init; }

    /// <summary>The id of its resource, which may be <c>bulkId:x</c>; null for POST.</summary>
    public string? Id { get; init; }

    /// <summary>The entity tags that the resource must have one of, as <c>If-Match</c> has them; null for any.</summary>
    public string? Version { get; init; }

    /// <summary>The body that a request of its own would have.</summary>
    public JsonElement Data { get; init; }

    /// <summary>Names of operations that make what it refers to, in its data or its path.</summary>
    public IReadOnlySet<string> References { get; init; } = new HashSet<string>();

    /// <summary>Why it cannot be carried out, whatever the others do; null when it can.</summary>
    public ScimError? Error { get; init; }

    /// <summary>Whether it makes a resource.</summary>
    public bool Creates => Method == "POST";

    /// <summary>What it is about: no two operations with the same target may change places.</summary>
    internal string? Target => Type is null ? null : $"{Type.Endpoint}/{Id ?? BulkReferences.To(BulkId ?? "")}";
}
