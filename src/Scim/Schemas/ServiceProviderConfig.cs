using System.Text.Json;

namespace OrleansIdentity.Scim.Schemas;

/// <summary>What the server supports (RFC 7643 §5, RFC 9865 §4). What is false here answers 501, or is ignored where the RFC lets it be.</summary>
/// <param name="Limits">The limits that it states.</param>
/// <param name="MaxBulkBytes">The largest body of a bulk request, in bytes.</param>
public sealed record ServiceProviderConfig(ScimLimits Limits, int MaxBulkBytes)
{
    /// <summary>Writes the document.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="baseUrl">The SCIM base URL, without a slash at its end.</param>
    public void WriteTo(Utf8JsonWriter writer, string baseUrl)
    {
        writer.WriteStartObject();
        DiscoveryDocuments.WriteSchemas(writer, SchemaUrns.ServiceProviderConfig);
        Supported(writer, "patch", true);
        writer.WriteStartObject("bulk"u8);
        writer.WriteBoolean("supported"u8, true);
        writer.WriteNumber("maxOperations"u8, Limits.MaxBulkOperations);
        writer.WriteNumber("maxPayloadSize"u8, MaxBulkBytes);
        writer.WriteEndObject();
        writer.WriteStartObject("filter"u8);
        writer.WriteBoolean("supported"u8, true);
        writer.WriteNumber("maxResults"u8, Limits.MaxPageSize);
        writer.WriteEndObject();
        Supported(writer, "changePassword", false);
        Supported(writer, "sort", true);
        Supported(writer, "etag", true);
        writer.WriteStartObject("pagination"u8);
        writer.WriteBoolean("cursor"u8, true);
        writer.WriteBoolean("index"u8, true);
        writer.WriteString("defaultPaginationMethod"u8, "index"u8);
        writer.WriteNumber("defaultPageSize"u8, Limits.DefaultPageSize);
        writer.WriteNumber("maxPageSize"u8, Limits.MaxPageSize);
        writer.WriteNumber("cursorTimeout"u8, (int)Limits.CursorTimeout.TotalSeconds);
        writer.WriteEndObject();
        writer.WriteStartArray("authenticationSchemes"u8);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "oauthbearertoken"u8);
        writer.WriteString("name"u8, "Bearer token"u8);
        writer.WriteString("description"u8, "A token made for the tenant, sent as 'Authorization: Bearer <token>'. Two may be live."u8);
        writer.WriteString("specUri"u8, "https://www.rfc-editor.org/info/rfc6750"u8);
        writer.WriteBoolean("primary"u8, true);
        writer.WriteEndObject();
        writer.WriteEndArray();
        DiscoveryDocuments.WriteMeta(writer, "ServiceProviderConfig", $"{baseUrl}/ServiceProviderConfig");
        writer.WriteEndObject();
    }

    private static void Supported(Utf8JsonWriter writer, string name, bool supported)
    {
        writer.WriteStartObject(name);
        writer.WriteBoolean("supported"u8, supported);
        writer.WriteEndObject();
    }
}
