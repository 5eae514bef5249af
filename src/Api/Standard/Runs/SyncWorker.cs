using System.Collections.Concurrent;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.DueTimes;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Standard.Runs;

/// <summary>
/// Begins and goes on with runs that are due. Some tenants at a time, each for some steps; whoever is not through goes to the end of the queue, so that no tenant
/// waits for the end of another one's run.
/// </summary>
internal sealed partial class SyncWorker(
    GrainsOf<IDueTimesGrain> dueTimes,
    GrainsOf<ISyncGrain> runs,
    GrainsOf<ITenantProvisioningGrain> tenants,
    NightSchedule schedule,
    RunWalker walker,
    TimeProvider time,
    ILogger<SyncWorker> logger) : BackgroundService
{
    private const int AtOnce = 8;
    private const int StepsInARow = 25;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhileTaken = TimeSpan.FromSeconds(5);
    private static readonly EventOrigin Origin = new("sync", "night", "");

    private readonly SemaphoreSlim _places = new(AtOnce);
    private readonly ConcurrentDictionary<string, bool> _turns = new(StringComparer.Ordinal);
    private readonly string _name = Guid.CreateVersion7().ToString("n");

    private IDueTimesGrain Notes => dueTimes.Get(ISyncGrain.Work);

    /// <summary>Does what a note says.</summary>
    public async Task FollowAsync(DueNote note, CancellationToken cancellationToken)
    {
        if (NightSchedule.IsNight(note))
        {
            await BeginNightAsync(note);
            await Notes.RemoveAsync(note);
            return;
        }

        if (await TakeTurnAsync(note.Tenant, cancellationToken) is { } nextAt)
        {
            await schedule.EnsureRunAsync(note.Tenant, nextAt);
            await Notes.RemoveAsync(note);
            return;
        }

        // What was begun behind the last look was noted before it, by the very note that is gone now.
        await Notes.RemoveAsync(note);
        if (await runs.Get(note.Tenant).ListAsync() is [{ Phase: not (RunPhase.Ended or RunPhase.AwaitingApproval) }, ..])
        {
            await schedule.EnsureRunAsync(note.Tenant, time.GetUtcNow());
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // No more than there is a place for: what is taken and not begun would keep others from it.
                if (_places.CurrentCount is > 0 and var free)
                {
                    foreach (var note in await Notes.TakeAsync(free))
                    {
                        await _places.WaitAsync(stoppingToken);
                        _ = HandleAsync(note, stoppingToken);
                    }
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception);
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task HandleAsync(DueNote note, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Run(() => FollowAsync(note, cancellationToken), cancellationToken);
        }
        catch (Exception exception)
        {
            // Its note is due again in two minutes, here or elsewhere.
            if (!cancellationToken.IsCancellationRequested)
            {
                LogTenant(note.Tenant, exception);
            }
        }
        finally
        {
            _places.Release();
        }
    }

    // In this order: whatever becomes of the process, the run has begun and is gone on with, and the next night comes.
    private async Task BeginNightAsync(DueNote note)
    {
        if (await tenants.Get(note.Tenant).ReadProvisioningAsync() is not { Method: ProvisioningMethod.Standard } provisioning)
        {
            return;
        }

        if (provisioning.IsStandardInForce)
        {
            var start = new StartRun(NightSchedule.RunOf(note.At), RunTrigger.Night, IsRehearsal: false, Origin);
            await schedule.NotedAsync(note.Tenant, () => runs.Get(note.Tenant).StartAsync(start));
        }

        await schedule.EnsureAsync(note.Tenant);
    }

    // Two notes of one tenant are no reason to take each step twice.
    private async Task<DateTimeOffset?> TakeTurnAsync(string tenant, CancellationToken cancellationToken)
    {
        if (!_turns.TryAdd(tenant, true))
        {
            return time.GetUtcNow() + WhileTaken;
        }

        try
        {
            return await RunAsync(tenant, cancellationToken);
        }
        finally
        {
            _turns.TryRemove(tenant, out _);
        }
    }

    // When to go on; null when there is nothing to go on with.
    private async Task<DateTimeOffset?> RunAsync(string tenant, CancellationToken cancellationToken)
    {
        for (var steps = 0; steps < StepsInARow; steps++)
        {
            var turn = await runs.Get(tenant).TakeAsync(_name).WaitAsync(cancellationToken);
            if (turn.Step is not { } step)
            {
                return turn.NextAt;
            }

            try
            {
                if (await walker.TakeStepAsync(tenant, step, cancellationToken) is { } nextAt)
                {
                    return nextAt;
                }
            }
            catch (Exception exception) when (Problem.IsPassing(exception) && !cancellationToken.IsCancellationRequested)
            {
                LogTenant(tenant, exception);
                return time.GetUtcNow() + TimeSpan.FromSeconds(5);
            }
        }

        return time.GetUtcNow();
    }

    [LoggerMessage(1, LogLevel.Warning, "Runs that are due could not be listed; it is tried again.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "A run of tenant {Tenant} was interrupted; it is gone on with.")]
    private partial void LogTenant(string tenant, Exception exception);
}
