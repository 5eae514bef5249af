using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Resources;

/// <summary>
/// The stored form of a resource: a JSON object whose last member is <c>meta</c>, without <c>location</c>. It therefore ends with <c>}}</c>, and
/// the location is spliced in without parsing when it is written to a response.
/// </summary>
public static class ResourceDocument
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the stored form.</summary>
    /// <param name="type">The resource's type.</param>
    /// <param name="id">The resource's id.</param>
    /// <param name="attributes">Its attributes, normalised.</param>
    /// <param name="meta">Its metadata.</param>
    public static byte[] Write(ResourceType type, string id, JsonObject attributes, ResourceMeta meta)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("schemas"u8);
            writer.WriteStringValue(type.Schema.Id);
            foreach (var member in attributes)
            {
                if (SchemaUrns.IsUrn(member.Key))
                {
                    writer.WriteStringValue(member.Key);
                }
            }

            writer.WriteEndArray();
            writer.WriteString("id"u8, id);
            foreach (var member in attributes)
            {
                writer.WritePropertyName(member.Key);
                member.Value!.WriteTo(writer);
            }

            writer.WriteStartObject("meta"u8);
            writer.WriteString("resourceType"u8, meta.ResourceType);
            writer.WriteString("created"u8, Instant(meta.Created));
            writer.WriteString("lastModified"u8, Instant(meta.LastModified));
            writer.WriteString("version"u8, $"W/\"{meta.Version}\"");
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The attributes of a stored form, without <c>schemas</c>, <c>id</c> and <c>meta</c>.</summary>
    public static JsonObject ReadAttributes(ReadOnlySpan<byte> stored)
    {
        var resource = JsonNode.Parse(stored)!.AsObject();
        resource.Remove("schemas");
        resource.Remove("id");
        resource.Remove("meta");
        return resource;
    }

    /// <summary>The metadata of a stored form.</summary>
    public static ResourceMeta ReadMeta(ReadOnlyMemory<byte> stored)
    {
        using var document = JsonDocument.Parse(stored);
        var meta = document.RootElement.GetProperty("meta"u8);
        var version = meta.GetProperty("version"u8).GetString()!;
        return new ResourceMeta(
            meta.GetProperty("resourceType"u8).GetString()!,
            meta.GetProperty("created"u8).GetDateTimeOffset(),
            meta.GetProperty("lastModified"u8).GetDateTimeOffset(),
            long.Parse(version.AsSpan(3, version.Length - 4), CultureInfo.InvariantCulture));
    }

    /// <summary>Writes a resource into a response, but for the end, so that members that are stored apart can follow.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="type">The resource's type, as the tenant has it now.</param>
    /// <param name="stored">The stored form.</param>
    /// <param name="location">Its address, for <c>meta.location</c>.</param>
    /// <param name="projection">Which attributes; null for all.</param>
    public static void WriteOpen(IBufferWriter<byte> output, ResourceType type, ReadOnlySpan<byte> stored, string location, Projection? projection)
    {
        stored = StoredExtension.Conform(type, stored);
        var encoded = JsonEncodedText.Encode(location, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        if (projection is null)
        {
            Splice(output, stored, encoded.EncodedUtf8Bytes);
            return;
        }

        var whole = new ArrayBufferWriter<byte>(stored.Length + encoded.EncodedUtf8Bytes.Length + 16);
        Splice(whole, stored, encoded.EncodedUtf8Bytes);
        WriteClose(whole);
        using var document = JsonDocument.Parse(whole.WrittenMemory);
        var projected = new ArrayBufferWriter<byte>(whole.WrittenCount);
        using (var writer = new Utf8JsonWriter(projected, Compact))
        {
            projection.Write(document.RootElement, writer);
        }

        // `schemas` and `id` are in every projection, so a comma may follow.
        output.Write(projected.WrittenSpan[..^1]);
    }

    /// <summary>Writes the end.</summary>
    public static void WriteClose(IBufferWriter<byte> output) => output.Write("}"u8);

    private static void Splice(IBufferWriter<byte> output, ReadOnlySpan<byte> stored, ReadOnlySpan<byte> location)
    {
        output.Write(stored[..^2]);
        output.Write(",\"location\":\""u8);
        output.Write(location);
        output.Write("\"}"u8);
    }

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);
}
