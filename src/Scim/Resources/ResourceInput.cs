using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Members;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Resources;

/// <summary>A resource as a client sent it, in the stored form.</summary>
/// <param name="Attributes">
/// Its attributes, without <c>schemas</c>, <c>id</c> and <c>meta</c>, and without what is unassigned, read-only or write-only; <c>members</c> as an array of
/// ids. What a PUT keeps when it is left out, and which is unassigned explicitly, is there as null.
/// </param>
/// <param name="Ignored">What of it has no effect.</param>
public sealed record ResourceInput(JsonObject Attributes, Ignored Ignored)
{
    /// <summary>Reads the body of a POST or PUT.</summary>
    /// <returns>The input; or 400 <c>invalidSyntax</c> or <c>invalidValue</c>.</returns>
    public static Outcome<ResourceInput> Read(ResourceType type, ReadOnlyMemory<byte> utf8Json, ScimLimits limits)
    {
        if (!JsonBody.Parse(utf8Json, limits).TryGet(out var root, out var error))
        {
            return error;
        }

        if (!JsonBody.HasSchemas(root, out _))
        {
            return ScimErrors.InvalidSyntax("schemas-missing", $"'schemas' must be an array with the URN of the resource in it: \"{type.Schema.Id}\".");
        }

        if (JsonBody.Twice(root) is { } twice)
        {
            return twice;
        }

        var ignored = new Ignored();
        var normaliser = new Normaliser(limits, ignored, keepsNulls: false);
        var attributes = new JsonObject();
        foreach (var member in root.EnumerateObject())
        {
            if (!ReadMember(type, normaliser, ignored, member).TryGet(out var read, out error))
            {
                return error;
            }

            if (read.Node is not null || IsCleared(type, read.Name))
            {
                attributes[read.Name] = read.Node;
            }
        }

        return new ResourceInput(attributes, ignored);
    }

    // Saying nothing keeps it, so saying "nothing" has to be told apart. What has a default is never without a value: there it says nothing.
    private static bool IsCleared(ResourceType type, string name) =>
        type.Find(name) is { KeptWhenOmitted: true, Default: null, IsTakenFromClients: true, StoredApart: false };

    private static Outcome<(string Name, JsonNode? Node)> ReadMember(ResourceType type, Normaliser normaliser, Ignored ignored, JsonProperty member)
    {
        if (SchemaUrns.IsUrn(member.Name))
        {
            return ReadExtension(type, normaliser, ignored, member);
        }

        if (type.Find(member.Name) is not { } attribute)
        {
            ignored.Add(Ignored.UnknownAttribute);
            return (member.Name, null);
        }

        // `schemas` is not counted as ignored: it is computed from what is there, and every client has to send it.
        if (attribute.Name == "schemas" || normaliser.IsIgnored(attribute))
        {
            return (attribute.Name, null);
        }

        if (attribute.StoredApart)
        {
            // An empty array empties; only silence keeps.
            return MemberReader.Ids(attribute, member.Value).TryGet(out var ids, out var refused)
                ? (attribute.Name, new JsonArray([.. ids.Select(id => JsonValue.Create(id))]))
                : refused;
        }

        return normaliser.Value(attribute, member.Value, attribute.Name).TryGet(out var value, out var error) ? (attribute.Name, value.Node) : error;
    }

    private static Outcome<(string Name, JsonNode? Node)> ReadExtension(ResourceType type, Normaliser normaliser, Ignored ignored, JsonProperty member)
    {
        if (Normaliser.IsEmpty(member.Value))
        {
            return (member.Name, null);
        }

        if (type.FindExtension(member.Name) is not { } schema)
        {
            // Nobody here knows what it means; it is kept as it is for whoever does.
            if (type.IsUnknownExtension(member.Name, member.Value))
            {
                return JsonBody.Opaque(member.Value, member.Name).TryGet(out var opaque, out var refused) ? (member.Name, opaque) : refused;
            }

            ignored.Add(Ignored.UnknownAttribute);
            return (member.Name, null);
        }

        if (member.Value.ValueKind != JsonValueKind.Object)
        {
            return ScimErrors.InvalidValue("value-type", $"'{schema.Id}' must be an object with the attributes of that extension.");
        }

        return normaliser.Members(schema.Find, member.Value, $"{schema.Id}:", nulls: false).TryGet(out var parts, out var error)
            ? (schema.Id, parts.Count == 0 ? null : parts)
            : error;
    }
}
