using System.Globalization;
using System.Text.Json;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Errors;

/// <summary>An error as a SCIM client sees it (RFC 7644 §3.12).</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ScimType">The keyword of §3.12, when there is one.</param>
/// <param name="Id">A stable id in kebab case.</param>
/// <param name="Detail">What is wrong and what to do. Okta shows it to the admin, and nothing else of the answer.</param>
public sealed record ScimError(int Status, string? ScimType, string Id, string Detail)
{
    /// <summary>Writes the error message; the id stands at the end of the detail, where an admin can see it.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("schemas"u8);
        writer.WriteStringValue(SchemaUrns.Error);
        writer.WriteEndArray();
        writer.WriteString("status"u8, Status.ToString(CultureInfo.InvariantCulture));
        if (ScimType is not null)
        {
            writer.WriteString("scimType"u8, ScimType);
        }

        writer.WriteString("detail"u8, $"{Detail} [{Id}]");
        writer.WriteEndObject();
    }
}
