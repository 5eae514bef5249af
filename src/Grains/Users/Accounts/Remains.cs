using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Users.Accounts;

/// <summary>What is left of an account that was anonymised: nothing that tells who it was.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="AnonymisedAt">When (UTC).</param>
internal sealed record Remains(string Id, DateTimeOffset AnonymisedAt)
{
    /// <summary>Their record.</summary>
    public static RecordKey Key(RecordKey user) => user with { Kind = RecordKinds.Anonymised };

    /// <summary>Reads a record from the store.</summary>
    public static AccountView View(StoredRecord stored) => new(stored.Key.Id, Roles.Viewer, AccountStatuses.Anonymised, stored.Document.ToArray());

    /// <summary>The document to store.</summary>
    public byte[] ToDocument() => JsonSerializer.SerializeToUtf8Bytes(this, RemainsJson.Default.Remains);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Remains))]
internal sealed partial class RemainsJson : JsonSerializerContext;
