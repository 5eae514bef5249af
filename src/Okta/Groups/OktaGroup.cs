using System.Text.Json.Serialization;
using OrleansIdentity.Okta.Users;

namespace OrleansIdentity.Okta.Groups;

/// <summary>A group in Okta.</summary>
/// <param name="Id">Okta's id (<c>00g…</c>).</param>
public sealed record OktaGroup([property: JsonRequired] string Id)
{
    /// <summary>The word as it is: <c>OKTA_GROUP</c>, <c>APP_GROUP</c>, <c>BUILT_IN</c>.</summary>
    public string? Type { get; init; }

    public DateTimeOffset? LastUpdated { get; init; }

    public DateTimeOffset? LastMembershipUpdated { get; init; }

    /// <summary>Has <c>name</c> and <c>description</c>.</summary>
    public OktaProfile Profile { get; init; } = new();
}
