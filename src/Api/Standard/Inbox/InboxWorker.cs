using System.Collections.Concurrent;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.DueTimes;
using OrleansIdentity.Grains.Contracts.Standard;

namespace OrleansIdentity.Api.Standard.Inbox;

/// <summary>Has inboxes looked into: of tenants that were signalled in this process, and of those that notes name.</summary>
internal sealed partial class InboxWorker(
    InboxNotes notes, InboxDrain drain, GrainsOf<IDueTimesGrain> dueTimes, TimeProvider time, ILogger<InboxWorker> logger) : BackgroundService
{
    private const int AtOnce = 50;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Round> _rounds = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, bool> _waiting = new(StringComparer.Ordinal);

    private IDueTimesGrain Notes => dueTimes.Get(IInboxGrain.Work);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(FollowSignalsAsync(stoppingToken), FollowNotesAsync(stoppingToken));

    private async Task FollowSignalsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var tenant in notes.Signals.ReadAllAsync(cancellationToken))
            {
                _ = Begin(tenant, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The process stops; what waits is in the store.
        }
    }

    private async Task FollowNotesAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                foreach (var note in await Notes.TakeAsync(AtOnce))
                {
                    _ = FollowAsync(note, cancellationToken);
                }
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogFailed(exception);
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A note stays for as long as deliveries may come in that it covers, and until nobody waits.
    private async Task FollowAsync(DueNote note, CancellationToken cancellationToken)
    {
        var isEmpty = await Begin(note.Tenant, cancellationToken);
        if (isEmpty && time.GetUtcNow() - note.At > 2 * InboxNotes.Covers)
        {
            try
            {
                await Notes.RemoveAsync(note);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogFailed(exception);
            }
        }
    }

    // One round of a tenant at a time; what is signalled meanwhile makes another.
    private Task<bool> Begin(string tenant, CancellationToken cancellationToken)
    {
        while (true)
        {
            var made = new Round();
            var round = _rounds.GetOrAdd(tenant, made);
            if (ReferenceEquals(round, made))
            {
                return round.Result = Task.Run(() => RunAsync(tenant, round, cancellationToken), CancellationToken.None);
            }

            if (round.TryAsk())
            {
                return round.Result;
            }
        }
    }

    private async Task<bool> RunAsync(string tenant, Round round, CancellationToken cancellationToken)
    {
        var isEmpty = false;
        do
        {
            try
            {
                var nextAt = await drain.RunAsync(tenant, cancellationToken);
                isEmpty = nextAt is null;
                if (nextAt is { } later)
                {
                    _ = SignalLaterAsync(tenant, later, cancellationToken);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                LogTenant(tenant, exception);
                _ = SignalLaterAsync(tenant, time.GetUtcNow() + Pause, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
        while (!round.TryEnd());

        _rounds.TryRemove(tenant, out _);
        return isEmpty;
    }

    private async Task SignalLaterAsync(string tenant, DateTimeOffset at, CancellationToken cancellationToken)
    {
        // One at a time: an inbox that has to wait would otherwise be signalled once for each delivery that came in meanwhile, again and again.
        if (!_waiting.TryAdd(tenant, true))
        {
            return;
        }

        var wait = at - time.GetUtcNow();
        await Task.Delay(wait > AtLeast ? wait : AtLeast, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _waiting.TryRemove(tenant, out _);
        notes.Signal(tenant);
    }

    [LoggerMessage(1, LogLevel.Warning, "Inboxes that are due could not be listed; it is tried again.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(2, LogLevel.Error, "The inbox of tenant {Tenant} could not be looked into; it is tried again.")]
    private partial void LogTenant(string tenant, Exception exception);

    /// <summary>A look into one inbox, which can be asked to look once more until it has ended.</summary>
    private sealed class Round
    {
        private int _state;

        public Task<bool> Result { get; set; } = Task.FromResult(false);

        /// <summary>Asks it to look once more; false when it has ended.</summary>
        public bool TryAsk() => Interlocked.CompareExchange(ref _state, Asked, Busy) != Ended;

        /// <summary>Ends it, unless it was asked to look once more.</summary>
        public bool TryEnd() => Interlocked.CompareExchange(ref _state, Ended, Busy) == Busy || Interlocked.CompareExchange(ref _state, Busy, Asked) != Asked;

        private const int Busy = 0;
        private const int Asked = 1;
        private const int Ended = 2;
    }
}
