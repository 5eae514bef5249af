using Orleans.Concurrency;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Contracts.Standard;

/// <summary>
/// The runs that compare a tenant's users with everybody who is assigned to its app in Okta; key: the tenant's slug. The grain decides what comes next and
/// keeps how far a run is; whoever takes a step asks Okta, changes users, and reports. A report about a step that is not the next one any more changes nothing.
/// </summary>
[Alias("ISyncGrain")]
public interface ISyncGrain : IGrainWithStringKey
{
    /// <summary>The kind of due work that is a run.</summary>
    const string Work = "sync";

    /// <summary>Begins a run. Beginning the same again changes nothing.</summary>
    [Alias("Start")]
    Task<RunReply> StartAsync(StartRun command);

    /// <summary>The next step. Whoever gets it has two minutes for it, in which nobody else gets it.</summary>
    /// <param name="worker">Who asks.</param>
    [Alias("Take")]
    Task<RunTurn> TakeAsync(string worker);

    /// <summary>Keeps what a page is about to repair, so that the report knows of it whatever becomes of the process.</summary>
    [Alias("Plan")]
    Task<bool> PlanAsync(RunPlace place, DriftRow[] rows);

    /// <summary>A page is through.</summary>
    [Alias("PageDone")]
    Task<bool> PageDoneAsync(RunPlace place, PageDone page);

    /// <summary>Looks through some of the tenant's own users for those whom the pages did not have.</summary>
    [Alias("ListAbsent")]
    Task<bool> ListAbsentAsync(RunPlace place);

    /// <summary>Some of those who were absent were looked for one by one, before anything is done to anybody.</summary>
    [Alias("Weighed")]
    Task<bool> WeighedAsync(RunPlace place, Weighed weighed);

    /// <summary>Some of those who were absent are through.</summary>
    [Alias("RemovalsDone")]
    Task<bool> RemovalsDoneAsync(RunPlace place, RemovalsDone removals);

    /// <summary>The pages cannot be gone on with: the walk begins anew.</summary>
    [Alias("Restart")]
    Task<bool> RestartAsync(RunPlace place, Refusal why, DateTimeOffset until);

    /// <summary>Okta cannot be asked: the same step is due again later.</summary>
    [Alias("Pause")]
    Task<bool> PauseAsync(RunPlace place, Refusal why, DateTimeOffset until);

    /// <summary>The run has lost its meaning, and ends as it is.</summary>
    [Alias("Stop")]
    Task<bool> StopAsync(RunPlace place, Refusal why);

    /// <summary>Says whether a run may deactivate as many as it would.</summary>
    [Alias("Decide")]
    Task<RunReply> DecideAsync(string runId, bool approved, EventOrigin origin);

    /// <summary>The runs that are kept, latest first.</summary>
    [Alias("List"), AlwaysInterleave]
    Task<RunView[]> ListAsync();

    /// <summary>A part of a run's drift report; null when there is none behind.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="after">The part before it; null for the first.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    [Alias("ReadDrift"), AlwaysInterleave]
    Task<DriftPart?> ReadDriftAsync(string runId, string? after, CancellationToken cancellationToken);
}
