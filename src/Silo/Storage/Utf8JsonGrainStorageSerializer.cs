using System.Text.Json;
using Orleans.Storage;

namespace OrleansIdentity.Silo.Storage;

/// <summary>Writes grain states as UTF-8 JSON, which takes little more than half the time of the default serializer and names no type.</summary>
internal sealed class Utf8JsonGrainStorageSerializer : IGrainStorageSerializer
{
    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, JsonSerializerOptions.Web));

    /// <inheritdoc/>
    public T Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input.ToMemory().Span, JsonSerializerOptions.Web)
        ?? throw new JsonException("A grain's state is 'null'.");
}
