using System.Text.Json.Serialization;

namespace OrleansIdentity.Okta.Logs;

/// <summary>An entry of Okta's System Log; event hooks deliver the same.</summary>
/// <param name="Uuid">Its id: the same in the log and in every delivery.</param>
/// <param name="EventType">Such as <c>application.user_membership.add</c>.</param>
public sealed record LogEvent([property: JsonRequired] string Uuid, [property: JsonRequired] string EventType)
{
    public DateTimeOffset? Published { get; init; }

    public LogOutcome? Outcome { get; init; }

    /// <summary>Whom and what it is about, in no order that means anything: select by type. Null in sample deliveries.</summary>
    public IReadOnlyList<LogTarget>? Target { get; init; }

    /// <summary>The id of the first target of a type, or null.</summary>
    public string? TargetId(string type) => Target?.FirstOrDefault(target => string.Equals(target.Type, type, StringComparison.Ordinal))?.Id;
}

/// <summary>What became of it; only <c>SUCCESS</c> is to be acted on.</summary>
public sealed record LogOutcome(string? Result, string? Reason);

/// <summary>Something that an event is about.</summary>
public sealed record LogTarget(string? Id, string? Type, string? AlternateId, string? DisplayName);
