using System.Text.Json.Serialization;
using OrleansIdentity.Okta.Json;

namespace OrleansIdentity.Okta.Apps;

/// <summary>A group that an app is assigned to.</summary>
/// <param name="Id">The group's Okta id (<c>00g…</c>).</param>
public sealed record AppGroup([property: JsonRequired] string Id)
{
    public int? Priority { get; init; }

    public DateTimeOffset? LastUpdated { get; init; }
}

/// <summary>A group that is pushed to an app.</summary>
/// <param name="Id">The mapping's id.</param>
public sealed record GroupPushMapping([property: JsonRequired] string Id)
{
    /// <summary>The group in Okta.</summary>
    public string? SourceGroupId { get; init; }

    /// <summary>The group at the app, by Okta's own id of it.</summary>
    public string? TargetGroupId { get; init; }

    public GroupPushStatus Status { get; init; }

    public string? ErrorSummary { get; init; }

    public DateTimeOffset? LastPush { get; init; }
}

/// <summary>Where a pushed group stands.</summary>
[JsonConverter(typeof(OktaEnum<GroupPushStatus>))]
public enum GroupPushStatus
{
    Unknown,
    Active,
    Inactive,
    Error,
}
