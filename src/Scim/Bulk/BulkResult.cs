using System.Buffers;
using System.Globalization;
using System.Text.Json;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Bulk;

/// <summary>What became of an operation.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Status">The HTTP status that a request of its own would have been answered with.</param>
public sealed record BulkResult(BulkOperation Operation, int Status)
{
    /// <summary>The address of its resource: of the one that was made, or is there; null when there is none to name.</summary>
    public string? Location { get; init; }

    /// <summary>The resource's entity tag; null with an error and after a deletion.</summary>
    public string? Version { get; init; }

    /// <summary>Why it was refused; null when it was carried out.</summary>
    public ScimError? Error { get; init; }

    /// <summary>A refusal.</summary>
    public static BulkResult Refused(BulkOperation operation, ScimError error) => new(operation, error.Status) { Error = error };

    /// <summary>Writes the response to a bulk request (RFC 7644 §3.7.3). What was carried out is not shown: the RFC leaves it to the server.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="results">The results, in the order of the request.</param>
    public static void WriteAll(IBufferWriter<byte> output, IEnumerable<BulkResult> results)
    {
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteStartArray("schemas"u8);
        writer.WriteStringValue(SchemaUrns.BulkResponse);
        writer.WriteEndArray();
        writer.WriteStartArray("Operations"u8);
        foreach (var result in results)
        {
            result.WriteTo(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("method"u8, Operation.Method);
        Write(writer, "bulkId"u8, Operation.BulkId);
        Write(writer, "location"u8, Location);
        Write(writer, "version"u8, Version);
        writer.WriteString("status"u8, Status.ToString(CultureInfo.InvariantCulture));
        if (Error is not null)
        {
            writer.WritePropertyName("response"u8);
            Error.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
