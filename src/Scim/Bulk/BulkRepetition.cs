using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Bulk;

/// <summary>Recognises what the same request, sent before, has made.</summary>
public static class BulkRepetition
{
    /// <summary>
    /// Whether a resource is as a POST of this body would make it, whomever it refers to: then it is what the POST was to make, and what refers to the
    /// POST means it. Anything else that has the same name may be somebody else.
    /// </summary>
    /// <param name="type">The resource's type.</param>
    /// <param name="body">The body.</param>
    /// <param name="stored">The stored form of the resource that is there.</param>
    public static bool IsMade(ResourceType type, ReadOnlyMemory<byte> body, ReadOnlySpan<byte> stored) =>
        ResourceInput.Read(type, body, ScimLimits.Default).TryGet(out var input, out _)
        && ResourceChanges.Create(type, input).TryGet(out var made, out _)
        && ResourceDiff.Between(WithoutReferences(type, made), WithoutReferences(type, ResourceDocument.ReadAttributes(stored))).Count == 0;

    private static JsonObject WithoutReferences(ResourceType type, JsonObject attributes)
    {
        Remove(type.Attributes, attributes);
        foreach (var (schema, _) in type.Extensions)
        {
            Remove(schema.Attributes, attributes[schema.Id] as JsonObject);
        }

        return attributes;
    }

    private static void Remove(IEnumerable<AttributeDefinition> attributes, JsonObject? parts)
    {
        foreach (var attribute in attributes.Where(BulkReferences.IsReference))
        {
            parts?.Remove(attribute.Name);
        }
    }
}
