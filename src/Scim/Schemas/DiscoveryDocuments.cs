using System.Collections.Immutable;
using System.Text.Json;

namespace OrleansIdentity.Scim.Schemas;

/// <summary>Writes schemas and resource types as documents (RFC 7643 §6, §7).</summary>
public static class DiscoveryDocuments
{
    /// <summary>A schema.</summary>
    public static void WriteSchema(Utf8JsonWriter writer, SchemaDefinition schema, string baseUrl)
    {
        writer.WriteStartObject();
        WriteSchemas(writer, SchemaUrns.Schema);
        writer.WriteString("id"u8, schema.Id);
        writer.WriteString("name"u8, schema.Name);
        writer.WriteString("description"u8, schema.Description);
        WriteAttributes(writer, "attributes", schema.Attributes);
        WriteMeta(writer, "Schema", $"{baseUrl}/Schemas/{schema.Id}");
        writer.WriteEndObject();
    }

    /// <summary>A resource type.</summary>
    public static void WriteResourceType(Utf8JsonWriter writer, ResourceType type, string baseUrl)
    {
        writer.WriteStartObject();
        WriteSchemas(writer, SchemaUrns.ResourceType);
        writer.WriteString("id"u8, type.Name);
        writer.WriteString("name"u8, type.Name);
        writer.WriteString("description"u8, type.Description);
        writer.WriteString("endpoint"u8, type.Endpoint);
        writer.WriteString("schema"u8, type.Schema.Id);
        writer.WriteStartArray("schemaExtensions"u8);
        foreach (var extension in type.Extensions)
        {
            writer.WriteStartObject();
            writer.WriteString("schema"u8, extension.Schema.Id);
            writer.WriteBoolean("required"u8, extension.Required);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteMeta(writer, "ResourceType", $"{baseUrl}/ResourceTypes/{type.Name}");
        writer.WriteEndObject();
    }

    /// <summary>The member <c>schemas</c>.</summary>
    internal static void WriteSchemas(Utf8JsonWriter writer, string urn)
    {
        writer.WriteStartArray("schemas"u8);
        writer.WriteStringValue(urn);
        writer.WriteEndArray();
    }

    /// <summary>The member <c>meta</c>.</summary>
    internal static void WriteMeta(Utf8JsonWriter writer, string resourceType, string location)
    {
        writer.WriteStartObject("meta"u8);
        writer.WriteString("resourceType"u8, resourceType);
        writer.WriteString("location"u8, location);
        writer.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter writer, string name, ImmutableArray<AttributeDefinition> attributes)
    {
        writer.WriteStartArray(name);
        foreach (var attribute in attributes)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, attribute.Name);
            writer.WriteString("type"u8, Word(attribute.Type));
            writer.WriteBoolean("multiValued"u8, attribute.MultiValued);
            writer.WriteString("description"u8, attribute.Description);
            writer.WriteBoolean("required"u8, attribute.Required);
            WriteTexts(writer, "canonicalValues", attribute.CanonicalValues);
            writer.WriteBoolean("caseExact"u8, attribute.CaseExact);
            writer.WriteString("mutability"u8, Word(attribute.Mutability));
            writer.WriteString("returned"u8, Word(attribute.Returned));
            writer.WriteString("uniqueness"u8, Word(attribute.Uniqueness));
            WriteTexts(writer, "referenceTypes", attribute.ReferenceTypes);
            if (!attribute.SubAttributes.IsEmpty)
            {
                WriteAttributes(writer, "subAttributes", attribute.SubAttributes);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, ImmutableArray<string> texts)
    {
        if (texts.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    // The words of RFC 7643 §7 are our names with a small first letter: "readWrite", "dateTime".
    private static string Word<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
