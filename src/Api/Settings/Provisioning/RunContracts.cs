using System.Text.Json;
using OrleansIdentity.Grains.Contracts.Standard;

namespace OrleansIdentity.Api.Settings.Provisioning;

/// <summary>Runs, latest first.</summary>
/// <param name="Runs">The runs that are kept.</param>
public sealed record RunList(SyncRun[] Runs);

/// <summary>A run to begin.</summary>
/// <param name="Rehearsal">Whether it is only to be shown what would change.</param>
public sealed record NewRun(bool Rehearsal = false);

/// <summary>A run that compares the tenant's users with everybody who is assigned to the app in Okta.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Trigger"><c>night</c> or <c>manual</c>.</param>
/// <param name="Rehearsal">Whether it changes nobody.</param>
/// <param name="StartedBy">Who began it.</param>
/// <param name="StartedAt">When (UTC).</param>
/// <param name="EndedAt">When it ended (UTC); null while it is under way.</param>
/// <param name="DurationSeconds">How long it took, or has taken so far.</param>
/// <param name="Phase"><c>walking</c>, <c>listing</c>, <c>weighing</c>, <c>awaitingApproval</c>, <c>removing</c> or <c>ended</c>.</param>
/// <param name="Outcome"><c>completed</c>, <c>rejected</c>, <c>superseded</c> or <c>stopped</c>; null while it is under way.</param>
/// <param name="Status">What is wrong, and what becomes of it; null for nothing.</param>
/// <param name="PausedUntil">Until when it waits (UTC); null when it does not.</param>
/// <param name="Counts">Its numbers.</param>
/// <param name="Absent">How many users here were on no page of Okta's list.</param>
/// <param name="RemovalLimit">How many it deactivates without being asked; 0 before it is known.</param>
/// <param name="DecidedBy">Who approved or rejected; null for nobody.</param>
public sealed record SyncRun(
    string Id,
    string Trigger,
    bool Rehearsal,
    string StartedBy,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    double DurationSeconds,
    string Phase,
    string? Outcome,
    StatusView? Status,
    DateTimeOffset? PausedUntil,
    RunCounts Counts,
    int Absent,
    int RemovalLimit,
    string? DecidedBy)
{
    internal static SyncRun From(RunView run, DateTimeOffset now) => new(
        run.Id, Name(run.Trigger), run.IsRehearsal, run.StartedBy, run.StartedAt, run.EndedAt, Math.Round(((run.EndedAt ?? now) - run.StartedAt).TotalSeconds, 3), Name(run.Phase),
        run.Outcome is { } outcome ? Name(outcome) : null, run.Status is { } status ? new StatusView(status.Id, status.Detail) : null, run.PausedUntil, run.Counts, run.Absent,
        run.Limit, run.DecidedBy);

    internal static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

/// <summary>What is wrong.</summary>
/// <param name="Id">A stable id.</param>
/// <param name="Detail">What it is, and what to do or what becomes of it by itself.</param>
public sealed record StatusView(string Id, string Detail);

/// <summary>A difference between a user and Okta.</summary>
/// <param name="Kind"><c>missing</c>, <c>extra</c>, <c>different</c> or <c>unlinked</c>.</param>
/// <param name="OktaId">The person in Okta; null for nobody.</param>
/// <param name="UserId">The user; null when there was none.</param>
/// <param name="UserName">The user name.</param>
/// <param name="Changes">Both values of each attribute: <c>before</c> is what was here, <c>after</c> what Okta has.</param>
/// <param name="Outcome"><c>repaired</c>, <c>wouldBeRepaired</c>, <c>left</c> or <c>planned</c>.</param>
/// <param name="Reason">Why it was left, or what else is to be known; null for nothing.</param>
public sealed record DriftView(
    string Kind, string? OktaId, string? UserId, string UserName, JsonElement Changes, string Outcome, StatusView? Reason)
{
    private static readonly JsonElement NoChanges = JsonDocument.Parse("[]").RootElement;

    internal static DriftView From(DriftRow row) => new(
        SyncRun.Name(row.Kind), row.OktaId, row.UserId, row.Name, row.Changes.Length == 0 ? NoChanges : JsonSerializer.Deserialize<JsonElement>(row.Changes), SyncRun.Name(row.Outcome),
        row.Reason is { } reason ? new StatusView(reason.Id, reason.Detail) : null);
}

/// <summary>People whose reads came to nothing.</summary>
/// <param name="Total">How many there are in all.</param>
/// <param name="Items">Some of them.</param>
/// <param name="Next">To be sent as <c>after</c> for the next ones; null when there are no more.</param>
public sealed record ParkedList(long Total, ParkedView[] Items, string? Next);

/// <summary>A person whose reads came to nothing.</summary>
/// <param name="Id">By which it is replayed.</param>
/// <param name="Subject">An Okta id, or an e-mail address.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="At">When it was tried last (UTC).</param>
/// <param name="Reason">Why it came to nothing.</param>
public sealed record ParkedView(string Id, string Subject, int Attempts, DateTimeOffset At, StatusView Reason);

/// <summary>How far the way from Standard to SCIM is.</summary>
/// <param name="Stage"><c>standard</c>, <c>moving</c> or <c>scim</c>.</param>
/// <param name="RunId">The run that the report is made of; null when there was none yet.</param>
/// <param name="Matched">How many people who are assigned in Okta have their account here.</param>
/// <param name="Unmatched">Who would not be matched, and why; at most 500.</param>
/// <param name="HasMore">Whether there are more.</param>
/// <param name="Advice">What to do next.</param>
public sealed record MoveReport(string Stage, string? RunId, int Matched, DriftView[] Unmatched, bool HasMore, string Advice);
