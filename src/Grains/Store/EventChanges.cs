using System.Buffers;
using System.Text.Json;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.Store;

/// <summary>Writes what changed as the JSON array that <see cref="EventData.Changes"/> holds.</summary>
internal static class EventChanges
{
    /// <summary>Nothing to report.</summary>
    public static ReadOnlyMemory<byte> None { get; } = "[]"u8.ToArray();

    /// <summary>One entry per attribute: <c>{"path", "before", "after"}</c>.</summary>
    public static ReadOnlyMemory<byte> Of(IReadOnlyList<AttributeChange> changes)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var change in changes)
            {
                writer.WriteStartObject();
                writer.WriteString("path"u8, change.Path);
                if (change.Before is { } before)
                {
                    writer.WritePropertyName("before"u8);
                    before.WriteTo(writer);
                }

                if (change.After is { } after)
                {
                    writer.WritePropertyName("after"u8);
                    after.WriteTo(writer);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return buffer.WrittenMemory;
    }
}
