using System.Text.Json.Serialization;
using OrleansIdentity.Okta.Json;
using OrleansIdentity.Okta.Users;

namespace OrleansIdentity.Okta.Apps;

/// <summary>One person's assignment to an app.</summary>
/// <param name="Id">The person's Okta id (<c>00u…</c>).</param>
public sealed record AppUser([property: JsonRequired] string Id)
{
    /// <summary>The person's id at this side; null for an app without provisioning, and before it has succeeded.</summary>
    public string? ExternalId { get; init; }

    public AppUserScope Scope { get; init; }

    public AppUserStatus Status { get; init; }

    public DateTimeOffset? StatusChanged { get; init; }

    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? LastUpdated { get; init; }

    public AppUserSyncState SyncState { get; init; }

    public DateTimeOffset? LastSync { get; init; }

    public AppUserCredentials? Credentials { get; init; }

    /// <summary>The profile in the app, as the app's mapping makes it.</summary>
    public OktaProfile Profile { get; init; } = new();

    [JsonInclude, JsonPropertyName("_embedded")]
    internal AppUserEmbedded? Embedded { get; init; }

    /// <summary>The person, when the list was asked for with people; else null.</summary>
    [JsonIgnore]
    public OktaUser? User => Embedded?.User;
}

/// <summary>The person's name in the app.</summary>
public sealed record AppUserCredentials(string? UserName);

/// <summary>What <c>expand=user</c> adds.</summary>
internal sealed record AppUserEmbedded(OktaUser? User);

/// <summary>Through what the person has the app.</summary>
[JsonConverter(typeof(OktaEnum<AppUserScope>))]
public enum AppUserScope
{
    Unknown,
    User,
    Group,
}

/// <summary>Where an assignment stands.</summary>
[JsonConverter(typeof(OktaEnum<AppUserStatus>))]
public enum AppUserStatus
{
    /// <summary>A word that this version does not know, or none.</summary>
    Unknown,
    Active,
    Approved,
    Deprovisioned,
    Implicit,
    Imported,
    Inactive,
    Matched,
    Pending,
    Provisioned,
    Revoked,

    /// <summary>Queued for provisioning; no <see cref="AppUser.ExternalId"/> yet.</summary>
    Staged,
    Suspended,
    Unassigned,
}

/// <summary>Whether the app has what Okta has.</summary>
[JsonConverter(typeof(OktaEnum<AppUserSyncState>))]
public enum AppUserSyncState
{
    Unknown,
    Disabled,
    Error,
    OutOfSync,
    Synchronized,
    Syncing,
}
