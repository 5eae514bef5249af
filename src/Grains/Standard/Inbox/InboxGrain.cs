using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Standard.Inbox;

/// <summary>
/// Deliveries are records; who has taken whom, and who is due later, is in memory alone. A process that dies in between leaves people waiting who were read
/// already, and to read them again changes nothing.
/// </summary>
[GrainType("inbox")]
internal sealed class InboxGrain(IDirectoryStore store, TimeProvider time) : Grain, IInboxGrain
{
    private const int Attempts = 3;
    private const int PageSize = 200;
    private const int MaxPages = 10;
    private const int MaxDeliveries = 500;
    private const int MaxTries = 5;

    private static readonly TimeSpan TakenFor = TimeSpan.FromMinutes(1);

    // Okta repeats a delivery within seconds; a second hook, or somebody who fills a gap from the log, repeats an event within hours.
    private static readonly TimeSpan RememberedFor = TimeSpan.FromHours(24);
    private static readonly EventOrigin Origin = new("hook", "okta", "");

    private readonly Dictionary<string, Lease> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Delay> _later = new(StringComparer.Ordinal);
    private string? _after;

    private string Tenant => this.GetPrimaryKeyString();

    private string Work => RecordKey.WorkOf(Tenant);

    public async Task<ReceiveReply> ReceiveAsync(HookDelivery delivery)
    {
        var now = time.GetUtcNow();
        var events = delivery.Events.DistinctBy(one => one.Uuid).ToArray();
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var known = await HoldersAsync([StoredDelivery.Delivery(delivery.EventId), .. events.Select(one => StoredDelivery.Uuid(one.Uuid))], 1);
            if (known[0].Total > 0)
            {
                return new ReceiveReply(0);
            }

            events = [.. events.Where((_, index) => known[index + 1].Total == 0)];
            if (events.Length == 0)
            {
                return new ReceiveReply(0);
            }

            var kept = new StoredDelivery(
                delivery.EventId, now, Array.ConvertAll(events, one => one.Uuid), [.. events.Select(one => one.Subject).Distinct(StringComparer.Ordinal)]);
            var key = new RecordKey(Work, RecordKinds.Hook, ResourceId.New(now));
            switch (await CommitAsync(kept.ToPut(key, 0), EventTypes.HookReceived, Origin))
            {
                case CommitOutcome.Committed:
                    return new ReceiveReply(events.Length);
                case CommitOutcome.Taken:
                    // The same came in twice at once: look again.
                    continue;
                case var other:
                    throw new InvalidOperationException($"A new delivery cannot be {other}.");
            }
        }

        throw new StoreUnavailableException($"Deliveries with events of {delivery.EventId} kept coming in; gave up after {Attempts} attempts.");
    }

    public async Task<InboxWork> TakeAsync(int count)
    {
        var now = time.GetUtcNow();
        foreach (var over in _taken.Where(one => one.Value.Until <= now).ToArray())
        {
            _taken.Remove(over.Key);
        }

        var (subjects, waiting) = await ScanAsync(count, now);
        if (subjects.Count > 0)
        {
            var holders = await HoldersAsync([.. subjects.Keys.Select(StoredDelivery.Subject)], MaxDeliveries);
            foreach (var ((subject, scanned), named) in subjects.Zip(holders))
            {
                _taken[subject] = new Lease(now + TakenFor, [.. scanned.Union(named.Ids, StringComparer.Ordinal)]);
            }

            return new InboxWork([.. subjects.Keys], null);
        }

        if (waiting == 0)
        {
            await ForgetAsync(now);
            return new InboxWork([], null);
        }

        var next = _later.Values.Select(delay => delay.Until).Concat(_taken.Values.Select(lease => lease.Until)).DefaultIfEmpty(now).Min();
        return new InboxWork([], next);
    }

    public async Task DoneAsync(string subject)
    {
        _later.Remove(subject);
        await SettleAsync(subject);
        var key = TroubleKey(subject);
        if (await store.LoadAsync(key, CancellationToken.None) is { } stored && Trouble.From(stored) is { IsParked: true } parked)
        {
            await CommitAsync((parked with { IsParked = false }).ToPut(key, stored.Version), EventTypes.HookSettled, Origin);
        }
    }

    public Task PostponeAsync(string subject)
    {
        Delayed(subject, failed: false);
        _taken.Remove(subject);
        return Task.CompletedTask;
    }

    public async Task FailAsync(string subject, Refusal reason)
    {
        var delay = Delayed(subject, failed: true);
        if (delay.Failures < MaxTries)
        {
            _taken.Remove(subject);
            return;
        }

        var key = TroubleKey(subject);
        var version = (await store.LoadAsync(key, CancellationToken.None))?.Version ?? 0;
        var parked = new Trouble(subject, delay.Failures, time.GetUtcNow(), reason, IsParked: true);
        await CommitAsync(parked.ToPut(key, version), EventTypes.SyncParked, Origin);
        _later.Remove(subject);
        await SettleAsync(subject);
    }

    public async Task<ParkedPage> ListParkedAsync(string? after, int count)
    {
        var page = await store.FindAsync(new KeyQuery(Tenant, RecordKinds.Troubled, [Trouble.Parked], null, null, after, count), CancellationToken.None);
        return new ParkedPage(
            page.Total, [.. page.Records.Select(record => Trouble.From(record).ToView(record.Key.Id))], page.Remaining > page.Records.Count && page.Records.Count > 0);
    }

    public async Task<bool> ReplayAsync(string id, string by)
    {
        var key = new RecordKey(Tenant, RecordKinds.Troubled, id);
        if (await store.LoadAsync(key, CancellationToken.None) is not { } stored || Trouble.From(stored) is not { IsParked: true } parked)
        {
            return false;
        }

        // In this order: cut short, the person is read again and still shown as parked, until that read has come to something.
        var replay = $"replay-{Guid.CreateVersion7(time.GetUtcNow()):n}";
        await ReceiveAsync(new HookDelivery(replay, [new HookEvent(replay, parked.Subject)]));
        await CommitAsync((parked with { IsParked = false }).ToPut(key, stored.Version), EventTypes.SyncReplayed, new EventOrigin("settings", by, ""));
        return true;
    }

    public async Task<InboxStatus> ReadStatusAsync()
    {
        var waiting = await store.FindAsync(new KeyQuery(Work, RecordKinds.Hook, [StoredDelivery.IsWaiting], null, null, null, 1), CancellationToken.None);
        return new InboxStatus(waiting.Total, (await ListParkedAsync(null, 1)).Total);
    }

    // From where the last scan ended, once around.
    private async Task<(Dictionary<string, List<string>> Subjects, long Waiting)> ScanAsync(int count, DateTimeOffset now)
    {
        var subjects = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        long waiting = 0;
        for (var (pages, hasTurned) = (0, _after is null); pages < MaxPages; pages++)
        {
            var page = await store.FindAsync(
                new KeyQuery(Work, RecordKinds.Hook, [StoredDelivery.IsWaiting], null, null, _after, PageSize), CancellationToken.None);
            waiting = page.Total;
            foreach (var record in page.Records)
            {
                foreach (var subject in StoredDelivery.From(record).Waiting)
                {
                    if (subjects.TryGetValue(subject, out var scanned))
                    {
                        scanned.Add(record.Key.Id);
                    }
                    else if (subjects.Count < count && !_taken.ContainsKey(subject) && !(_later.TryGetValue(subject, out var delay) && delay.Until > now))
                    {
                        subjects[subject] = [record.Key.Id];
                    }
                }

                if (subjects.Count == count)
                {
                    return (subjects, waiting);
                }

                _after = record.Key.Id;
            }

            if (page.Remaining <= page.Records.Count)
            {
                _after = null;
                if (hasTurned)
                {
                    break;
                }

                hasTurned = true;
            }
        }

        return (subjects, waiting);
    }

    // What a person was taken for waits no longer. What has come in since is not among it: the read may not have seen it.
    private async Task SettleAsync(string subject)
    {
        if (!_taken.Remove(subject, out var lease))
        {
            return;
        }

        foreach (var part in lease.Deliveries.Chunk(PageSize))
        {
            await Task.WhenAll(part.Select(id => SettleAsync(new RecordKey(Work, RecordKinds.Hook, id), subject)));
        }
    }

    private async Task SettleAsync(RecordKey key, string subject)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await store.LoadAsync(key, CancellationToken.None) is not { } stored || StoredDelivery.From(stored) is not { } delivery || !delivery.Waiting.Contains(subject))
            {
                return;
            }

            var rest = delivery with { Waiting = [.. delivery.Waiting.Where(other => other != subject)] };
            if (await CommitAsync(rest.ToPut(key, stored.Version), EventTypes.HookProcessed, Origin) is CommitOutcome.Committed)
            {
                return;
            }
        }
    }

    private async Task ForgetAsync(DateTimeOffset now)
    {
        var done = await store.FindAsync(new KeyQuery(Work, RecordKinds.Hook, [StoredDelivery.IsDone], null, null, null, PageSize), CancellationToken.None);
        await Task.WhenAll(done.Records.Where(record => StoredDelivery.From(record).ReceivedAt + RememberedFor < now)
            .Select(record => CommitAsync(new DeleteRecord(record.Key, record.Version), EventTypes.HookForgotten, Origin)));
    }

    private Delay Delayed(string subject, bool failed)
    {
        var last = _later.GetValueOrDefault(subject) ?? new Delay(default, 0, 0);
        var next = last with { Tries = last.Tries + 1, Failures = last.Failures + (failed ? 1 : 0) };
        return _later[subject] = next with { Until = time.GetUtcNow() + Backoff.After(next.Tries) };
    }

    private RecordKey TroubleKey(string subject) => new(Tenant, RecordKinds.Troubled, SubjectId.Of(subject));

    private ValueTask<IReadOnlyList<KeyHolders>> HoldersAsync(IndexKey[] keys, int count) =>
        store.FindHoldersAsync(Work, RecordKinds.Hook, keys, count, CancellationToken.None);

    private async Task<CommitOutcome> CommitAsync(RecordChange change, string type, EventOrigin origin)
    {
        var now = time.GetUtcNow();
        var data = new EventData(type, now, change.Key.Kind, change.Key.Id, change.ExpectedVersion + 1, origin, EventChanges.None);
        return await store.CommitAsync(new Commit(Guid.CreateVersion7(now), change.Key.Tenant, change, data));
    }

    private sealed record Lease(DateTimeOffset Until, string[] Deliveries);

    private sealed record Delay(DateTimeOffset Until, int Tries, int Failures);
}
