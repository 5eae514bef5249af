namespace OrleansIdentity.Grains.Contracts.Standard;

/// <summary>In what a user and Okta differ.</summary>
public enum DriftKind
{
    /// <summary>Assigned in Okta, and not here, or without access here.</summary>
    Missing,

    /// <summary>Has access here, and is not assigned in Okta.</summary>
    Extra,

    /// <summary>Both are there, and values differ.</summary>
    Different,

    /// <summary>Has access here, and belongs to nobody in Okta.</summary>
    Unlinked,
}

/// <summary>What became of a difference.</summary>
public enum DriftOutcome
{
    /// <summary>It was about to be repaired when the run was cut short.</summary>
    Planned,

    /// <summary>It is gone.</summary>
    Repaired,

    /// <summary>It would be repaired: the run was a rehearsal.</summary>
    WouldBeRepaired,

    /// <summary>It was left; the row says why.</summary>
    Left,
}

/// <summary>A difference between a user and Okta.</summary>
/// <param name="Kind">In what.</param>
/// <param name="OktaId">The person in Okta; null for nobody.</param>
/// <param name="UserId">The user; null when there was none.</param>
/// <param name="Name">The user name.</param>
/// <param name="Changes">Both values of each attribute: a JSON array, UTF-8, of <c>{"path", "before", "after"}</c>.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why it was left, or what else is to be known; null for nothing.</param>
[GenerateSerializer, Immutable, Alias("DriftRow")]
public sealed record DriftRow(
    [property: Id(0)] DriftKind Kind,
    [property: Id(1)] string? OktaId,
    [property: Id(2)] string? UserId,
    [property: Id(3)] string Name,
    [property: Id(4)] byte[] Changes,
    [property: Id(5)] DriftOutcome Outcome,
    [property: Id(6)] Refusal? Reason);

/// <summary>A part of a drift report.</summary>
/// <param name="Id">By which the next part is asked for.</param>
/// <param name="Rows">The rows.</param>
[GenerateSerializer, Immutable, Alias("DriftPart")]
public sealed record DriftPart([property: Id(0)] string Id, [property: Id(1)] DriftRow[] Rows);
