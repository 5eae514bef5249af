using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.Standard.Runs;

/// <summary>Thin shell around <see cref="RunLifecycle"/>. Each step is one commit; what a run is through with, its records say.</summary>
[GrainType("sync")]
internal sealed partial class SyncGrain : Grain, ISyncGrain
{
    private const int MaxRuns = 60;

    private readonly IDirectoryStore _store;
    private readonly TimeProvider _time;
    private readonly RunWork _work;
    private readonly string _tenant;
    private readonly List<(RunState Run, long Version)> _runs = [];
    private RunProgress? _progress;

    public SyncGrain(IDirectoryStore store, TimeProvider time)
    {
        (_store, _time, _tenant) = (store, time, this.GetPrimaryKeyString());
        _work = new RunWork(store, _tenant, time);
    }

    private RunState? Current => _runs.Count > 0 && _runs[^1].Run is { Phase: not RunPhase.Ended } run ? run : null;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var page = await _store.QueryAsync(new RecordQuery(_tenant, RecordKinds.SyncRun, null, null, 0, MaxRuns * 2), cancellationToken);

        // Not by their ids: the run that makes up for missed nights has the id of the first of them.
        _runs.AddRange(page.Records.Select(record => (Run: RunState.From(record), record.Version)).OrderBy(one => one.Run.StartedAt));
    }

    public async Task<RunReply> StartAsync(StartRun command)
    {
        if (_runs.FirstOrDefault(one => one.Run.Id == command.Id).Run is { } same)
        {
            return new RunReply(null, View(same));
        }

        var now = _time.GetUtcNow();
        if (Current is { } current)
        {
            if (RunLifecycle.RefuseBeside(current, command.Trigger) is { } refusal)
            {
                return new RunReply(refusal, null);
            }

            await CommitAsync(RunLifecycle.Superseded(current, now), command.Origin);
        }

        await TidyAsync();
        var run = new RunState(command.Id, command.Trigger, command.IsRehearsal, command.Origin.Actor, now);
        await CommitAsync(new RunChange(run, EventTypes.SyncStarted), command.Origin);
        return new RunReply(null, View(run));
    }

    public async Task<RunReply> DecideAsync(string runId, bool approved, EventOrigin origin)
    {
        if (_runs.All(one => one.Run.Id != runId))
        {
            return new RunReply(new Refusal(404, "sync-run-unknown", "There is no run of this id. List the runs to see which there are."), null);
        }

        if (Current is not { Phase: RunPhase.AwaitingApproval } run || run.Id != runId)
        {
            return new RunReply(new Refusal(409, "sync-not-awaiting", "The run does not wait for approval. Nothing was changed. Look at its phase."), null);
        }

        await CommitAsync(RunLifecycle.Decided(run, approved, origin.Actor, _time.GetUtcNow()), origin);
        return new RunReply(null, View(_runs[^1].Run));
    }

    public Task<RunView[]> ListAsync() => Task.FromResult(_runs.Select(one => View(one.Run)).Reverse().ToArray());

    public Task<DriftPart?> ReadDriftAsync(string runId, string? after, CancellationToken cancellationToken) => _runs.Any(one => one.Run.Id == runId)
        ? _work.ReadDriftAsync(runId, after, cancellationToken)
        : Task.FromResult<DriftPart?>(null);

    private RunView View(RunState run) => run == Current
        ? run.ToView(run.Phase == RunPhase.Walking && _progress is { } progress ? progress.Counts : RunCounts.None) with { PausedUntil = _wait?.Until ?? run.PausedUntil }
        : run.ToView(RunCounts.None);

    // What a process that died did not get to, and runs beyond those that are kept.
    private async Task TidyAsync()
    {
        await _work.ForgetPagesAsync();
        while (_runs.Count >= MaxRuns)
        {
            var (oldest, version) = _runs[0];
            await _work.ForgetDriftAsync(oldest.Id);
            var key = new RecordKey(_tenant, RecordKinds.SyncRun, oldest.Id);
            await WriteAsync(new DeleteRecord(key, version), EventTypes.SyncForgotten, SystemOrigin, []);
            _runs.RemoveAt(0);
        }
    }

    private async Task CommitAsync(RunChange change, EventOrigin origin)
    {
        var key = new RecordKey(_tenant, RecordKinds.SyncRun, change.Next.Id);
        var (before, version) = _runs.Count > 0 && _runs[^1].Run.Id == change.Next.Id ? (_runs[^1].Run, _runs[^1].Version) : (null, 0);
        await WriteAsync(new PutRecord(key, version, change.Next.ToDocument(), []), change.EventType, origin, RunChanges.Between(before, change.Next));
        if (before is not null)
        {
            _runs.RemoveAt(_runs.Count - 1);
        }

        _runs.Add((change.Next, version + 1));
        _wait = null;
        if (before is null || change.Next.Walk != before.Walk || change.Next.Phase == RunPhase.Ended)
        {
            _progress = null;
        }

        if (change.Next.Phase == RunPhase.Ended)
        {
            _lease = null;
            await _work.ForgetPagesAsync();
        }
    }

    // Whatever does not become durable as it should makes the memory of it worth nothing.
    private async Task WriteAsync(RecordChange change, string type, EventOrigin origin, AttributeChange[] changes)
    {
        var now = _time.GetUtcNow();
        var data = new EventData(type, now, change.Key.Kind, change.Key.Id, change.ExpectedVersion + 1, origin, EventChanges.Of(changes));
        CommitOutcome outcome;
        try
        {
            outcome = await _store.CommitAsync(new Commit(Guid.CreateVersion7(now), _tenant, change, data));
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }

        if (outcome is not CommitOutcome.Committed)
        {
            DeactivateOnIdle();
            throw new StoreUnavailableException($"Another activation wrote {change.Key}.");
        }
    }
}
