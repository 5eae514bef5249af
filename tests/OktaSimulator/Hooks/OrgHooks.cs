using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Directories;

namespace OrleansIdentity.OktaSimulator.Hooks;

/// <summary>The event hooks of an org. Events wait until <see cref="DeliverAsync"/> is called, or go by themselves after <see cref="Start"/>.</summary>
public sealed class OrgHooks : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly OktaIds _ids;
    private readonly TimeProvider _clock;
    private readonly OrgDirectory _directory;
    private readonly Func<string> _org;
    private readonly HookSender _sender;
    private readonly SemaphoreSlim _happened = new(0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<EventHook> _hooks = [];
    private readonly List<HookAttempt> _attempts = [];
    private Random _random = new(1);
    private Task _pump = Task.CompletedTask;

    internal OrgHooks(OktaIds ids, TimeProvider clock, OrgDirectory directory, Func<string> org)
    {
        (_ids, _clock, _directory, _org) = (ids, clock, directory, org);
        _sender = new HookSender(ids, clock);
        directory.Happened += Keep;
    }

    /// <summary>How deliveries fare.</summary>
    public HookWeather Weather { get; set; } = new();

    /// <summary>Whether nothing is delivered; events wait.</summary>
    public bool IsPaused { get; set; }

    /// <summary>All hooks.</summary>
    public IReadOnlyList<EventHook> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _hooks];
            }
        }
    }

    /// <summary>All attempts to deliver, in the order in which they ended.</summary>
    public IReadOnlyList<HookAttempt> Attempts
    {
        get
        {
            lock (_lock)
            {
                return [.. _attempts];
            }
        }
    }

    /// <summary>Sets what chance is made from.</summary>
    public void Seed(int seed) => _random = new Random(seed);

    /// <summary>Sets a hook up. It delivers after <see cref="VerifyAsync"/>.</summary>
    public EventHook Add(Uri url, string headerValue, string headerName = "Authorization", IReadOnlyCollection<string>? events = null)
    {
        var hook = new EventHook(_ids.New("who"), url, headerName, headerValue) { Events = events ?? [] };
        lock (_lock)
        {
            _hooks.Add(hook);
        }

        return hook;
    }

    /// <summary>The one-time challenge; tells whether it was answered as Okta demands, within three seconds.</summary>
    public async Task<bool> VerifyAsync(EventHook hook, CancellationToken cancellationToken = default) =>
        hook.IsVerified = await _sender.ChallengeAsync(hook, cancellationToken);

    /// <summary>Sends a preview: sample content that means nothing.</summary>
    public Task<int?> PreviewAsync(EventHook hook, CancellationToken cancellationToken = default)
    {
        var like = _directory.Log.LastOrDefault(one => HookEvents.IsEligible(one.Type)) ?? throw new InvalidOperationException("Nothing has happened in the org yet.");
        return SendAsync(hook, [like], HookEnvelope.Sample, cancellationToken);
    }

    /// <summary>Delivers what waits, as the weather is, and returns when all of it was answered or given up.</summary>
    public async Task DeliverAsync(CancellationToken cancellationToken = default)
    {
        foreach (var hook in All.Where(hook => hook.IsVerified))
        {
            foreach (var batch in Take(hook))
            {
                await SendAsync(hook, batch, happened => (JsonObject)happened.Json.DeepClone(), cancellationToken);
            }
        }
    }

    /// <summary>Delivers by itself from now on.</summary>
    public void Start() => _pump = PumpAsync();

    private async Task PumpAsync()
    {
        try
        {
            while (true)
            {
                await _happened.WaitAsync(_end.Token);
                await Task.Delay(Weather.Delay, _clock, _end.Token);
                if (!IsPaused)
                {
                    await DeliverAsync(_end.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The org ends.
        }
    }

    /// <summary>Lets events go on that waited during a pause.</summary>
    public void Resume()
    {
        IsPaused = false;
        _happened.Release();
    }

    private void Keep(SystemEvent happened)
    {
        lock (_lock)
        {
            foreach (var hook in _hooks.Where(hook => HookEvents.IsEligible(happened.Type) && (hook.Events.Count == 0 || hook.Events.Contains(happened.Type))))
            {
                hook.Waiting.Add(happened);
            }
        }

        _happened.Release();
    }

    private List<SystemEvent[]> Take(EventHook hook)
    {
        lock (_lock)
        {
            var waiting = hook.Waiting.Where(_ => _random.NextDouble() >= Weather.Loss).ToArray();
            hook.Waiting.Clear();
            if (Weather.IsShuffled)
            {
                _random.Shuffle(waiting);
            }

            var repeated = waiting.Where(_ => _random.NextDouble() < Weather.Repeats).ToArray();
            return [.. waiting.Chunk(Weather.Batch), .. repeated.Chunk(Weather.Batch)];
        }
    }

    private async Task<int?> SendAsync(EventHook hook, SystemEvent[] events, Func<SystemEvent, JsonObject> json, CancellationToken cancellationToken)
    {
        var eventId = _ids.NewUuid();
        var body = HookEnvelope.Write(_org(), hook.Id, eventId, _clock.GetUtcNow(), events.Select(json)).ToJsonString();
        bool isDoubled;
        lock (_lock)
        {
            isDoubled = _random.NextDouble() < Weather.Duplicates;
        }

        int? status = null;
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            status = await _sender.SendAsync(hook, body, cancellationToken);
            lock (_lock)
            {
                _attempts.Add(new HookAttempt(hook.Id, eventId, [.. events.Select(happened => happened.Uuid)], status));
            }

            // One retry, after a time-out or a 5xx; a 4xx is final. A duplicate is a retry of what had arrived.
            if (!isDoubled && status is < 500)
            {
                break;
            }
        }

        if (status is null or >= 400)
        {
            _directory.NoteFailedDelivery(hook.Id);
        }

        return status;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _pump;
        _sender.Dispose();
        _end.Dispose();
    }
}
