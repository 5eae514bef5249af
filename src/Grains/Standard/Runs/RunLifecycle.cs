using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Standard.Runs;

/// <summary>A step of a run, and what it is called.</summary>
internal sealed record RunChange(RunState Next, string EventType);

/// <summary>Decides how a run goes on. Pure.</summary>
internal static class RunLifecycle
{
    private const int LeastLimit = 50;
    private const int LimitPercent = 5;

    private static readonly TimeSpan UntilListedAnew = TimeSpan.FromMinutes(15);

    /// <summary>How many a run may deactivate without being asked.</summary>
    /// <param name="users">How many users the tenant has.</param>
    public static int Limit(long users) => (int)Math.Max(LeastLimit, users * LimitPercent / 100);

    /// <summary>All pages are through.</summary>
    public static RunChange Walked(RunState run, RunCounts counts) => new(
        Well(run) with { Phase = RunPhase.Listing, Number = 0, Counts = run.Counts.Plus(counts) }, EventTypes.SyncProgressed);

    /// <summary>It is known who was on no page.</summary>
    public static RunChange Listed(RunState run, int absent, long users, int unlinked, DateTimeOffset now)
    {
        var limit = Limit(users);
        var next = Well(run) with { Absent = absent, Limit = limit, Number = 0, Gone = 0, Still = 0, Counts = run.Counts.Plus(new RunCounts { Unlinked = unlinked }) };
        return absent == 0 ? Completed(next, now)
            : new RunChange(next with { Phase = absent <= limit || run.IsRehearsal ? RunPhase.Removing : RunPhase.Weighing }, EventTypes.SyncProgressed);
    }

    /// <summary>
    /// Some who were absent were looked for. Enough of them gone, and an administrator decides; enough of them there, and the list was wrong: it is read anew, and
    /// nothing was done to anybody.
    /// </summary>
    public static RunChange Weighed(RunState run, Weighed weighed, DateTimeOffset now)
    {
        var next = Well(run) with { Number = run.Number + weighed.Gone + weighed.Still, Gone = run.Gone + weighed.Gone, Still = run.Still + weighed.Still };
        return next.Gone > next.Limit
            ? new RunChange(next with { Phase = RunPhase.AwaitingApproval, Status = TooMany(next) }, EventTypes.SyncAwaitsApproval)
            : next.Still > next.Limit ? Restarted(run, ListWrong, now + UntilListedAnew)
            : new RunChange(next.Number >= next.Absent ? next with { Phase = RunPhase.Removing, Number = 0 } : next, EventTypes.SyncProgressed);
    }

    /// <summary>Some who were absent are through.</summary>
    public static RunChange Removed(RunState run, RemovalsDone removals, DateTimeOffset now)
    {
        var next = Well(run) with { Number = run.Number + removals.Count, Counts = run.Counts.Plus(removals.Counts) };
        return next.Number >= next.Absent ? Completed(next, now) : new RunChange(next, EventTypes.SyncProgressed);
    }

    /// <summary>The walk begins anew.</summary>
    public static RunChange Restarted(RunState run, Refusal why, DateTimeOffset until) => new(
        run with
        {
            Phase = RunPhase.Walking, Walk = run.Walk + 1, Number = 0, Absent = 0, Gone = 0, Still = 0, Counts = RunCounts.None,
            Status = why, PausedUntil = until, Failures = run.Failures + 1,
        },
        EventTypes.SyncPaused);

    /// <summary>The same step is due again later.</summary>
    public static RunChange Paused(RunState run, Refusal why, DateTimeOffset until) =>
        new(run with { Status = why, PausedUntil = until, Failures = run.Failures + 1 }, EventTypes.SyncPaused);

    /// <summary>A step could be taken: nothing is wrong any more.</summary>
    public static RunState Well(RunState run) => run with { Status = null, PausedUntil = null, Failures = 0 };

    /// <summary>An administrator has decided.</summary>
    public static RunChange Decided(RunState run, bool approved, string by, DateTimeOffset now) => approved
        ? new RunChange(Well(run) with { Phase = RunPhase.Removing, Number = 0, DecidedBy = by }, EventTypes.SyncApproved)
        : new RunChange(Ended(run with { DecidedBy = by }, RunOutcome.Rejected, now), EventTypes.SyncRejected);

    /// <summary>A later run takes its place.</summary>
    public static RunChange Superseded(RunState run, DateTimeOffset now) => new(Ended(run, RunOutcome.Superseded, now), EventTypes.SyncSuperseded);

    /// <summary>It has lost its meaning.</summary>
    public static RunChange Stopped(RunState run, Refusal why, DateTimeOffset now) => new(Ended(run with { Status = why }, RunOutcome.Stopped, now), EventTypes.SyncStopped);

    /// <summary>Why a run that somebody asks for cannot begin beside another one; null when that one gives way.</summary>
    public static Refusal? RefuseBeside(RunState current, RunTrigger trigger) => (current, trigger) switch
    {
        ({ Phase: RunPhase.AwaitingApproval }, RunTrigger.Manual) =>
            new Refusal(409, "sync-awaits-approval", "A run waits for approval of what it would deactivate. Approve or reject it first."),
        (_, RunTrigger.Manual) when current.Status is null => new Refusal(409, "sync-running", "A run is under way. Wait for its end; its numbers show how far it is."),
        ({ Phase: RunPhase.AwaitingApproval }, _) => null,
        ({ Status: not null }, _) => null,
        _ => new Refusal(409, "sync-running", "A run is under way."),
    };

    private static RunChange Completed(RunState run, DateTimeOffset now) => new(Ended(run, RunOutcome.Completed, now), EventTypes.SyncCompleted);

    private static RunState Ended(RunState run, RunOutcome outcome, DateTimeOffset now) =>
        run with { Phase = RunPhase.Ended, Outcome = outcome, EndedAt = now, PausedUntil = null };

    private static Refusal TooMany(RunState run) => new(
        409, "sync-too-many-removals",
        $"{run.Absent} users would be deactivated, and up to {run.Limit} are without being asked. Nobody was deactivated. See the drift report, then approve or reject.");

    private static Refusal ListWrong { get; } = new(
        503, "sync-list-incomplete", "Okta's list of assignments left out people who are assigned. Nobody was deactivated. It is read anew by itself.");
}
