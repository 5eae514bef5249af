using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Contracts.Standard;

/// <summary>What a run is for.</summary>
public enum RunTrigger
{
    /// <summary>It is 03:00 UTC.</summary>
    Night,

    /// <summary>Somebody asked for it.</summary>
    Manual,
}

/// <summary>How far a run is.</summary>
public enum RunPhase
{
    /// <summary>Page by page through the assignments in Okta; whoever differs is repaired.</summary>
    Walking,

    /// <summary>Through the tenant's own users: who was on no page?</summary>
    Listing,

    /// <summary>So many were absent that some are looked for one by one before anything is done.</summary>
    Weighing,

    /// <summary>So many are really gone that an administrator has to say whether they may be deactivated.</summary>
    AwaitingApproval,

    /// <summary>Each who was absent is looked for, and deactivated if really gone.</summary>
    Removing,

    /// <summary>It is over.</summary>
    Ended,
}

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>All of it is done.</summary>
    Completed,

    /// <summary>An administrator did not want what it would have deactivated.</summary>
    Rejected,

    /// <summary>A later run took its place.</summary>
    Superseded,

    /// <summary>The tenant was not provisioned by Standard any more.</summary>
    Stopped,
}

/// <summary>Begins a run.</summary>
/// <param name="Id">Its id, chosen by the caller, unique.</param>
/// <param name="Trigger">What for.</param>
/// <param name="IsRehearsal">Whether it is only to be shown what would change.</param>
/// <param name="Origin">Who asks.</param>
[GenerateSerializer, Immutable, Alias("StartRun")]
public sealed record StartRun([property: Id(0)] string Id, [property: Id(1)] RunTrigger Trigger, [property: Id(2)] bool IsRehearsal, [property: Id(3)] EventOrigin Origin);

/// <summary>What became of a command to a run.</summary>
/// <param name="Refusal">Why it was refused; null when it was carried out.</param>
/// <param name="Run">The run; null with a refusal.</param>
[GenerateSerializer, Immutable, Alias("RunReply")]
public sealed record RunReply([property: Id(0)] Refusal? Refusal, [property: Id(1)] RunView? Run);

/// <summary>Where a run is.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Phase">How far.</param>
/// <param name="Walk">How often it has begun to walk.</param>
/// <param name="Number">The page, slice, or person that is next.</param>
[GenerateSerializer, Immutable, Alias("RunPlace")]
public sealed record RunPlace([property: Id(0)] string RunId, [property: Id(1)] RunPhase Phase, [property: Id(2)] int Walk, [property: Id(3)] int Number);

/// <summary>What comes next.</summary>
/// <param name="Step">What to do now; null for nothing.</param>
/// <param name="NextAt">When to ask again (UTC); null when there is no run to go on with.</param>
[GenerateSerializer, Immutable, Alias("RunTurn")]
public sealed record RunTurn([property: Id(0)] RunStep? Step, [property: Id(1)] DateTimeOffset? NextAt);

/// <summary>A step of a run.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="IsRehearsal">Whether nothing may be changed.</param>
/// <param name="Cursor">Where the walk goes on; null for the first page.</param>
/// <param name="Absent">Whom to look for one by one.</param>
/// <param name="Failures">How often the step could not be taken for Okta's sake.</param>
[GenerateSerializer, Immutable, Alias("RunStep")]
public sealed record RunStep(
    [property: Id(0)] RunPlace Place,
    [property: Id(1)] bool IsRehearsal,
    [property: Id(2)] string? Cursor,
    [property: Id(3)] AbsentUser[] Absent,
    [property: Id(4)] int Failures);

/// <summary>A user who has access here and was on no page.</summary>
/// <param name="UserId">The user.</param>
/// <param name="OktaId">The person in Okta.</param>
/// <param name="Name">The user name.</param>
[GenerateSerializer, Immutable, Alias("AbsentUser")]
public sealed record AbsentUser([property: Id(0)] string UserId, [property: Id(1)] string OktaId, [property: Id(2)] string Name);

/// <summary>A page that is through.</summary>
/// <param name="Next">Where the walk goes on; null when this was the last page.</param>
/// <param name="OktaIds">Who was on it.</param>
/// <param name="Rows">What differed.</param>
/// <param name="Counts">What became of it.</param>
[GenerateSerializer, Immutable, Alias("PageDone")]
public sealed record PageDone([property: Id(0)] string? Next, [property: Id(1)] string[] OktaIds, [property: Id(2)] DriftRow[] Rows, [property: Id(3)] RunCounts Counts);

/// <summary>What a look for some who were absent has shown.</summary>
/// <param name="Gone">How many are really gone.</param>
/// <param name="Still">How many are there all the same.</param>
[GenerateSerializer, Immutable, Alias("Weighed")]
public sealed record Weighed([property: Id(0)] int Gone, [property: Id(1)] int Still);

/// <summary>Some who were absent and are through.</summary>
/// <param name="Count">How many.</param>
/// <param name="Rows">What became of them.</param>
/// <param name="Counts">The same in numbers.</param>
[GenerateSerializer, Immutable, Alias("RemovalsDone")]
public sealed record RemovalsDone([property: Id(0)] int Count, [property: Id(1)] DriftRow[] Rows, [property: Id(2)] RunCounts Counts);

/// <summary>Numbers of a run.</summary>
[GenerateSerializer, Immutable, Alias("RunCounts")]
public sealed record RunCounts
{
    /// <summary>Nothing.</summary>
    public static RunCounts None { get; } = new();

    /// <summary>Assignments that were read.</summary>
    [Id(0)]
    public int Assigned { get; init; }

    /// <summary>Users that were as Okta has them.</summary>
    [Id(1)]
    public int Unchanged { get; init; }

    /// <summary>Users that were missing.</summary>
    [Id(2)]
    public int Created { get; init; }

    /// <summary>Users that differed.</summary>
    [Id(3)]
    public int Updated { get; init; }

    /// <summary>Users that got access back.</summary>
    [Id(4)]
    public int Reactivated { get; init; }

    /// <summary>Users that lost access.</summary>
    [Id(5)]
    public int Deactivated { get; init; }

    /// <summary>Users that were on no page and are assigned all the same.</summary>
    [Id(6)]
    public int Kept { get; init; }

    /// <summary>Users that could not be made what Okta has; the drift report says why.</summary>
    [Id(7)]
    public int Problems { get; init; }

    /// <summary>Active users that belong to nobody in Okta. They are left alone.</summary>
    [Id(8)]
    public int Unlinked { get; init; }

    /// <summary>Requests to Okta.</summary>
    [Id(9)]
    public int Requests { get; init; }

    /// <summary>The sum.</summary>
    public RunCounts Plus(RunCounts other) => new()
    {
        Assigned = Assigned + other.Assigned,
        Unchanged = Unchanged + other.Unchanged,
        Created = Created + other.Created,
        Updated = Updated + other.Updated,
        Reactivated = Reactivated + other.Reactivated,
        Deactivated = Deactivated + other.Deactivated,
        Kept = Kept + other.Kept,
        Problems = Problems + other.Problems,
        Unlinked = Unlinked + other.Unlinked,
        Requests = Requests + other.Requests,
    };
}

/// <summary>A run as administrators see it.</summary>
[GenerateSerializer, Immutable, Alias("RunView")]
public sealed record RunView(
    [property: Id(0)] string Id,
    [property: Id(1)] RunTrigger Trigger,
    [property: Id(2)] bool IsRehearsal,
    [property: Id(3)] string StartedBy,
    [property: Id(4)] DateTimeOffset StartedAt,
    [property: Id(5)] DateTimeOffset? EndedAt,
    [property: Id(6)] RunPhase Phase,
    [property: Id(7)] RunOutcome? Outcome,
    [property: Id(8)] Refusal? Status,
    [property: Id(9)] DateTimeOffset? PausedUntil,
    [property: Id(10)] RunCounts Counts,
    [property: Id(11)] int Absent,
    [property: Id(12)] int Limit,
    [property: Id(13)] string? DecidedBy);
