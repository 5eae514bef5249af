using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansIdentity.Grains.Groups;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Silo.Groups;

/// <summary>
/// Looks, from the moment the silo is active, for groups that have departed members, and makes them give those up. Every silo does: what one
/// leaves undone when it dies is what the others find.
/// </summary>
internal sealed partial class DepartureSweep(IServiceProvider services, IGrainFactory grains, TimeProvider time, ILogger<DepartureSweep> logger)
    : ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(DepartureSweep), ServiceLifecycleStage.Active, StartAsync, StopAsync);

    private Task StartAsync(CancellationToken cancellationToken)
    {
        // Not before the store is open: it is when the silo is active.
        var store = services.GetRequiredService<IDirectoryStore>();
        _running = Task.Run(() => RunAsync(store), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _running;
    }

    private async Task RunAsync(IMemberStore store)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await DepartedMembers.RemoveAsync(store, grains, _stopping.Token);
            }
            catch (Exception exception)
            {
                if (_stopping.IsCancellationRequested)
                {
                    return;
                }

                LogFailed(exception);
            }

            await Task.Delay(Pause, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Groups could not be made to give up deleted users; nobody sees those any more, and it is tried again.")]
    private partial void LogFailed(Exception exception);
}
