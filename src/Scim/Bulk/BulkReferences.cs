using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Bulk;

/// <summary>
/// References of the form <c>bulkId:x</c> to what another operation makes (RFC 7644 §3.7.2). They stand where ids of other resources stand: as the
/// <c>value</c> of an attribute that refers to resources, in its bare form, in a path's brackets, and in place of the id in the operation's path.
/// Anywhere else the same text is only a text.
/// </summary>
public static class BulkReferences
{
    private const string Prefix = "bulkId:";

    /// <summary>What refers to an operation.</summary>
    public static string To(string bulkId) => Prefix + bulkId;

    /// <summary>The operation that a text refers to; null when it refers to none.</summary>
    public static string? Named(string? text) => text is not null && text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : null;

    /// <summary>The data of an operation with an id in place of each reference.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="id">The id for a name; null to leave the reference out.</param>
    public static ReadOnlyMemory<byte> Fill(BulkOperation operation, Func<string, string?> id)
    {
        if (operation.References.Count == 0)
        {
            return JsonMarshal.GetRawUtf8Value(operation.Data).ToArray();
        }

        var data = JsonObject.Create(operation.Data)!;
        Walk(operation, data, id);
        return JsonSerializer.SerializeToUtf8Bytes<JsonNode>(data);
    }

    /// <summary>
    /// A PATCH that gives a resource what was left out when it was made: all top-level members that have references, which now have an id each.
    /// </summary>
    public static ReadOnlyMemory<byte> Completion(BulkOperation operation, Func<string, string?> id)
    {
        var value = new JsonObject();
        foreach (var (name, member) in JsonObject.Create(operation.Data)!)
        {
            var walk = new ReferenceWalk(operation.Type!, id);
            var part = new JsonObject { [name] = member?.DeepClone() };
            walk.Through(part);
            if (walk.Found.Count > 0)
            {
                value[name] = part[name]?.DeepClone();
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes<JsonNode>(new JsonObject
        {
            ["schemas"] = new JsonArray(SchemaUrns.PatchOp),
            ["Operations"] = new JsonArray(new JsonObject { ["op"] = "replace", ["value"] = value }),
        });
    }

    /// <summary>Whether resources of the type refer to others that must be there: the members of a group, not the manager of a user.</summary>
    public static bool NeedOthers(ResourceType type) => type.Attributes.Any(attribute => attribute.StoredApart && IsReference(attribute));

    /// <summary>Whether an attribute's values are ids of resources that clients choose.</summary>
    internal static bool IsReference(AttributeDefinition attribute) => attribute.IsTakenFromClients && attribute.Find("$ref") is not null;

    /// <summary>The names of all operations that this one refers to.</summary>
    internal static IReadOnlySet<string> Of(BulkOperation operation)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (Named(operation.Id) is { } name)
        {
            names.Add(name);
        }

        // Most data have none, and need not be taken apart; an escape could hide one.
        if (operation.Data.ValueKind == JsonValueKind.Object
            && JsonMarshal.GetRawUtf8Value(operation.Data) is var raw
            && (raw.IndexOf("bulkId:"u8) >= 0 || raw.Contains((byte)'\\')))
        {
            names.UnionWith(Walk(operation, JsonObject.Create(operation.Data)!, To));
        }

        return names;
    }

    private static HashSet<string> Walk(BulkOperation operation, JsonObject data, Func<string, string?> id)
    {
        var walk = new ReferenceWalk(operation.Type!, id);
        if (operation.Method == "PATCH")
        {
            walk.ThroughPatch(data);
        }
        else
        {
            walk.Through(data);
        }

        return walk.Found;
    }
}
