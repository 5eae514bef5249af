using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Resources;

/// <summary>
/// What a resource has stored under the URN of an extension, seen through that extension's schema. A tenant may change its schema at any time, and what
/// was stored before stays as it is until the resource is written: values that the schema has no attribute for, or an attribute of another type,
/// are not there for anybody. Names are found in any letter case, since a client may have sent them before there was a schema.
/// </summary>
public static class StoredExtension
{
    /// <summary>Attributes in the stored form as the tenant's schema has them; the argument itself when they are so already.</summary>
    public static JsonObject Conform(ResourceType type, JsonObject attributes)
    {
        if (type.TenantSchema is not { } schema || Conforms(schema, attributes))
        {
            return attributes;
        }

        var (conformed, isSeen) = (new JsonObject(), false);
        var whole = JsonSerializer.SerializeToElement(attributes);
        foreach (var (name, value) in attributes)
        {
            if (!name.Equals(schema.Id, StringComparison.OrdinalIgnoreCase))
            {
                conformed[name] = value?.DeepClone();
            }
            else if (!isSeen && See(schema, whole) is { } seen)
            {
                conformed[schema.Id] = seen;
                isSeen = true;
            }
        }

        return conformed;
    }

    /// <summary>The stored form of a resource as the tenant's schema has it; the argument itself when it is so already, which costs one pass without copies.</summary>
    public static ReadOnlySpan<byte> Conform(ResourceType type, ReadOnlySpan<byte> stored)
    {
        if (type.TenantSchema is not { } schema || Conforms(schema, stored))
        {
            return stored;
        }

        var resource = stored.ToArray();
        var id = JsonNode.Parse(resource)!["id"]!.GetValue<string>();
        return ResourceDocument.Write(type, id, Conform(type, ResourceDocument.ReadAttributes(resource)), ResourceDocument.ReadMeta(resource));
    }

    /// <summary>The values of an attribute, each of the type that it has.</summary>
    internal static IEnumerable<JsonElement> Values(JsonElement resource, string urn, AttributeDefinition attribute)
    {
        if (Member(resource, urn) is not { } extension || Member(extension, attribute.Name) is not { } value)
        {
            return [];
        }

        return value.ValueKind != JsonValueKind.Array
            ? Fits(attribute, value) ? [value] : []
            : attribute.MultiValued ? value.EnumerateArray().Where(element => Fits(attribute, element)) : [];
    }

    private static JsonObject? See(SchemaDefinition schema, JsonElement resource)
    {
        var seen = new JsonObject();
        foreach (var attribute in schema.Attributes)
        {
            JsonNode?[] values = [.. Values(resource, schema.Id, attribute).Select(value => Normaliser.Typed(attribute, value))];
            if (values.Length > 0)
            {
                seen[attribute.Name] = attribute.MultiValued ? new JsonArray(values) : values[0];
            }
        }

        return seen.Count == 0 ? null : seen;
    }

    private static bool Conforms(SchemaDefinition schema, JsonObject attributes) =>
        attributes.All(member => !member.Key.Equals(schema.Id, StringComparison.OrdinalIgnoreCase)
            || (member.Key == schema.Id && Conforms(schema, JsonSerializer.SerializeToElement(member.Value))));

    private static bool Conforms(SchemaDefinition schema, ReadOnlySpan<byte> stored)
    {
        // The first member is `schemas`, and names every extension that follows: most users can be told by it.
        var reader = new Utf8JsonReader(stored);
        reader.Read();
        reader.Read();
        reader.Read();
        var isNamed = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            isNamed |= IsUrnOf(schema, ref reader);
        }

        while (isNamed && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = IsUrnOf(schema, ref reader);
            var isExact = isIt && reader.ValueTextEquals(schema.Id);
            reader.Read();
            if (!isIt)
            {
                reader.Skip();
            }
            else if (!isExact || !Conforms(schema, JsonElement.ParseValue(ref reader)))
            {
                return false;
            }
        }

        return true;
    }

    // The characters of a URN are ASCII and never escaped, so what is not as long as it is another text.
    private static bool IsUrnOf(SchemaDefinition schema, ref Utf8JsonReader reader) =>
        reader.ValueSpan.Length == schema.Id.Length && Ascii.EqualsIgnoreCase(reader.ValueSpan, schema.Id);

    private static bool Conforms(SchemaDefinition schema, JsonElement extension) =>
        extension.ValueKind == JsonValueKind.Object
        && extension.EnumerateObject().All(member =>
            schema.Find(member.Name) is { } attribute && attribute.Name == member.Name && IsStoredForm(attribute, member.Value));

    private static bool IsStoredForm(AttributeDefinition attribute, JsonElement value) => attribute.MultiValued
        ? value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(element => IsOne(attribute, element))
        : IsOne(attribute, value);

    // A Boolean that came as a text is taken for one, and is not in the stored form yet.
    private static bool IsOne(AttributeDefinition attribute, JsonElement value) =>
        Fits(attribute, value) && (attribute.Type != AttributeType.Boolean || value.ValueKind != JsonValueKind.String);

    private static bool Fits(AttributeDefinition attribute, JsonElement value) =>
        attribute.Type == AttributeType.Complex || (!Normaliser.IsEmpty(value) && Normaliser.Typed(attribute, value) is not null);

    // The exact name if it is there, else the first one in another letter case.
    private static JsonElement? Member(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (value.TryGetProperty(name, out var exact))
        {
            return exact;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (member.Name.Length == name.Length && member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }

        return null;
    }
}
