using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansIdentity.Grains.Contracts.Users;

namespace OrleansIdentity.Grains.Users.Accounts;

/// <summary>What belongs to a user and SCIM does not show, as it is stored. A member that is missing in the store has its default.</summary>
internal sealed record Account
{
    /// <summary>The account of a user that was just created, and of one that was stored before there were accounts.</summary>
    public static Account Initial { get; } = new();

    /// <summary>One of <see cref="Roles"/>.</summary>
    public string Role { get; init; } = Roles.Viewer;

    /// <summary>Raised by whatever ends all sessions: what was begun under an earlier number is over.</summary>
    public long Epoch { get; init; }

    /// <summary>The invitation; null while nobody has thought of one.</summary>
    public Invitation? Invitation { get; init; }

    /// <summary>The fields that were edited by hand since Okta supplied them last; null for none.</summary>
    public IReadOnlyDictionary<string, ManualEdit>? Manual { get; init; }

    /// <summary>Reads what is stored.</summary>
    public static Account From(ReadOnlySpan<byte> stored) => stored.IsEmpty
        ? Initial
        : JsonSerializer.Deserialize(stored, AccountJson.Default.Account) ?? throw new JsonException("A stored account is null.");

    /// <summary>What to store.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, AccountJson.Default.Account);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(Account))]
internal sealed partial class AccountJson : JsonSerializerContext;
