using System.Text.Json.Serialization;
using OrleansIdentity.Okta.Json;

namespace OrleansIdentity.Okta.Users;

/// <summary>A person in Okta.</summary>
/// <param name="Id">Okta's id (<c>00u…</c>).</param>
public sealed record OktaUser([property: JsonRequired] string Id)
{
    public OktaUserStatus Status { get; init; }

    /// <summary>The status that the person is on the way to.</summary>
    public OktaUserStatus? TransitioningToStatus { get; init; }

    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? LastUpdated { get; init; }

    public DateTimeOffset? StatusChanged { get; init; }

    public OktaProfile Profile { get; init; } = new();
}

/// <summary>Where a person stands in Okta.</summary>
[JsonConverter(typeof(OktaEnum<OktaUserStatus>))]
public enum OktaUserStatus
{
    /// <summary>A word that this version does not know, or none.</summary>
    Unknown,
    Staged,
    Provisioned,
    Active,

    /// <summary>Resetting a password: no reason to take access away.</summary>
    Recovery,

    /// <summary>No reason to take access away.</summary>
    PasswordExpired,

    /// <summary>No reason to take access away.</summary>
    LockedOut,
    Suspended,
    Deprovisioned,
}
