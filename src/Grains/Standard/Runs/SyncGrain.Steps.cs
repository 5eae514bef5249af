using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Standard.Runs;

internal sealed partial class SyncGrain
{
    private const int AbsentAtOnce = 50;

    private static readonly TimeSpan TakenFor = TimeSpan.FromMinutes(2);
    private static readonly EventOrigin SystemOrigin = new("sync", "sync", "");

    private (string Worker, DateTimeOffset Until)? _lease;

    // A wait for what the run's record says already. Without it the step is taken sooner, which does no harm.
    private (DateTimeOffset Until, int Failures)? _wait;

    public async Task<RunTurn> TakeAsync(string worker)
    {
        var now = _time.GetUtcNow();
        if (Current is not { Phase: not RunPhase.AwaitingApproval })
        {
            return new RunTurn(null, null);
        }

        if (_lease is { } lease && lease.Worker != worker && lease.Until > now)
        {
            return new RunTurn(null, lease.Until);
        }

        if ((_wait?.Until ?? Current.PausedUntil) is { } until && until > now)
        {
            return new RunTurn(null, until);
        }

        await CatchUpAsync();
        _lease = (worker, now + TakenFor);
        return Current is { } run && run.Phase != RunPhase.AwaitingApproval ? new RunTurn(Step(run), null) : new RunTurn(null, null);
    }

    public async Task<bool> PlanAsync(RunPlace place, DriftRow[] rows)
    {
        if (!await IsNextAsync(place))
        {
            return false;
        }

        await _work.MergeDriftAsync(place, rows);
        return true;
    }

    public async Task<bool> PageDoneAsync(RunPlace place, PageDone page)
    {
        if (!await IsNextAsync(place))
        {
            return false;
        }

        await _work.MergeDriftAsync(place, page.Rows);
        var stored = new StoredPage(page.Next, page.OktaIds, page.Counts);
        if (!await _work.AddPageAsync(place, stored))
        {
            return Forget();
        }

        _progress!.Add(stored);
        if (Current is { Status: not null } unwell)
        {
            await CommitAsync(new RunChange(RunLifecycle.Well(unwell), EventTypes.SyncProgressed), SystemOrigin);
        }

        await CatchUpAsync();
        return true;
    }

    public async Task<bool> ListAbsentAsync(RunPlace place)
    {
        if (!await IsNextAsync(place))
        {
            return false;
        }

        if (await _work.AddSliceAsync(place, _progress!.After, _progress.Seen) is not { } slice)
        {
            return Forget();
        }

        _progress.Add(slice);
        await CatchUpAsync();
        return true;
    }

    public async Task<bool> WeighedAsync(RunPlace place, Weighed weighed)
    {
        var isNext = await IsNextAsync(place);
        if (isNext)
        {
            await CommitAsync(RunLifecycle.Weighed(Current!, weighed, _time.GetUtcNow()), SystemOrigin);
        }

        return isNext;
    }

    public async Task<bool> RemovalsDoneAsync(RunPlace place, RemovalsDone removals)
    {
        if (!await IsNextAsync(place))
        {
            return false;
        }

        await _work.MergeDriftAsync(place, removals.Rows);
        await CommitAsync(RunLifecycle.Removed(Current!, removals, _time.GetUtcNow()), SystemOrigin);
        return true;
    }

    public async Task<bool> RestartAsync(RunPlace place, Refusal why, DateTimeOffset until)
    {
        var isNext = await IsNextAsync(place);
        if (isNext)
        {
            await CommitAsync(RunLifecycle.Restarted(Current!, why, until), SystemOrigin);
        }

        return isNext;
    }

    public async Task<bool> PauseAsync(RunPlace place, Refusal why, DateTimeOffset until)
    {
        var isNext = await IsNextAsync(place);
        if (isNext && Current!.Status?.Id == why.Id)
        {
            // Said already: an org that is down for days must not fill the log.
            _wait = (until, Math.Max(Current.Failures, _wait?.Failures ?? 0) + 1);
        }
        else if (isNext)
        {
            await CommitAsync(RunLifecycle.Paused(Current!, why, until), SystemOrigin);
        }

        return isNext;
    }

    public async Task<bool> StopAsync(RunPlace place, Refusal why)
    {
        var isNext = await IsNextAsync(place);
        if (isNext)
        {
            await CommitAsync(RunLifecycle.Stopped(Current!, why, _time.GetUtcNow()), SystemOrigin);
        }

        return isNext;
    }

    private async Task<bool> IsNextAsync(RunPlace place)
    {
        await CatchUpAsync();
        return Current is { } run && Place(run) == place;
    }

    // Of the records of a phase that is through follows the next phase, whether the process that wrote the last of them lived to say so or not.
    private async Task CatchUpAsync()
    {
        if (Current is not { } run)
        {
            return;
        }

        if (_progress is null || _progress.Walk != run.Walk)
        {
            _progress = await RunProgress.ReadAsync(_work, run);
        }

        if (Current is { Phase: RunPhase.Walking } walking && _progress.IsWalked)
        {
            await CommitAsync(RunLifecycle.Walked(walking, _progress.Counts), SystemOrigin);
        }

        if (Current is { Phase: RunPhase.Listing } listing && _progress is { IsListed: true } listed)
        {
            await CommitAsync(RunLifecycle.Listed(listing, listed.Absent.Count, listed.Users, listed.Unlinked, _time.GetUtcNow()), SystemOrigin);
        }
    }

    private RunPlace Place(RunState run) => new(run.Id, run.Phase, run.Walk, run.Phase switch
    {
        RunPhase.Walking => _progress!.Pages,
        RunPhase.Listing => _progress!.Slices,
        _ => run.Number,
    });

    private RunStep Step(RunState run) => new(
        Place(run),
        run.IsRehearsal,
        run.Phase == RunPhase.Walking ? _progress!.Cursor : null,
        run.Phase is RunPhase.Weighing or RunPhase.Removing ? [.. _progress!.Absent.Skip(run.Number).Take(AbsentAtOnce)] : [],
        Math.Max(run.Failures, _wait?.Failures ?? 0));

    private bool Forget()
    {
        DeactivateOnIdle();
        return false;
    }
}
