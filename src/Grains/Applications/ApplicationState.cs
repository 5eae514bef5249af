using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Applications;

/// <summary>An application as it is stored.</summary>
/// <param name="Name">What the operator called it.</param>
/// <param name="SecretHash">SHA-256 of the secret. The secret has 256 random bits, so a plain digest cannot be searched back.</param>
/// <param name="CreatedAt">When it was created (UTC).</param>
internal sealed record ApplicationState(string Name, byte[] SecretHash, DateTimeOffset CreatedAt)
{
    /// <summary>Reads a record from the store.</summary>
    public static ApplicationState From(StoredRecord stored) =>
        JsonSerializer.Deserialize(stored.Document.Span, ApplicationJson.Default.ApplicationState) ?? throw new JsonException($"The record {stored.Key} is null.");

    /// <summary>The document to store.</summary>
    public byte[] ToDocument() => JsonSerializer.SerializeToUtf8Bytes(this, ApplicationJson.Default.ApplicationState);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ApplicationState))]
internal sealed partial class ApplicationJson : JsonSerializerContext;
