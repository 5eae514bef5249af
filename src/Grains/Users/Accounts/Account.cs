using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Users.Links;
using OrleansIdentity.Grains.Users.Passwords;
using OrleansIdentity.Grains.Users.Sessions;

namespace OrleansIdentity.Grains.Users.Accounts;

/// <summary>What belongs to a user and SCIM does not show, as it is stored. A member that is missing in the store has its default.</summary>
internal sealed record Account
{
    // Nobody reads it as HTML, and escapes would make what a browser chose up to six times as long.
    private static readonly AccountJson Json = new(new JsonSerializerOptions(AccountJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

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

    /// <summary>The Okta id that sign-in joins on; null before the account was linked.</summary>
    public string? OktaId { get; init; }

    /// <summary>What was last read of Okta about the user; null when it never was.</summary>
    public SyncState? Sync { get; init; }

    /// <summary>Its password; null when it has none.</summary>
    public StoredPassword? Password { get; init; }

    /// <summary>The sessions that are not over, oldest first; null when there is none.</summary>
    public Session[]? Sessions { get; init; }

    /// <summary>When a session was last ended (UTC); null when none ever was. Other nodes may remember it for a moment longer.</summary>
    public DateTimeOffset? SessionsEndedAt { get; init; }

    /// <summary>The link to set a new password; null without one.</summary>
    public AccountLink? PasswordLink { get; init; }

    /// <summary>The link to come in for the first time; null without one.</summary>
    public AccountLink? InvitationLink { get; init; }

    /// <summary>Reads what is stored.</summary>
    public static Account From(ReadOnlySpan<byte> stored) => stored.IsEmpty
        ? Initial
        : JsonSerializer.Deserialize(stored, Json.Account) ?? throw new JsonException("A stored account is null.");

    /// <summary>The session of this id; null when it is over.</summary>
    public Session? Find(string sessionId) => Sessions is { } sessions ? Array.Find(sessions, session => session.Id == sessionId) : null;

    /// <summary>The account without a session: none that was begun before is live.</summary>
    public Account EndSessions(DateTimeOffset now) => this with { Epoch = Epoch + 1, Sessions = null, SessionsEndedAt = Sessions is null ? SessionsEndedAt : now };

    /// <summary>What to store.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json.Account);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(Account))]
internal sealed partial class AccountJson : JsonSerializerContext;
