using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.Standard.Runs;

/// <summary>
/// The records of a run beside its own: pages and slices, which go when it ends, and the drift report, which stays with it. Their ids are made of run, walk and
/// number, so that the same step written twice is one record, and their order is that of the run.
/// </summary>
internal sealed class RunWork(IDirectoryStore store, string tenant, TimeProvider time)
{
    private const int AtOnce = 200;
    private const int SliceSize = 1_000;
    private const int MaxUnlinkedRows = 100;

    private static readonly EventOrigin Origin = new("sync", "sync", "");

    private string Work => RecordKey.WorkOf(tenant);

    /// <summary>Writes a page; false when somebody else was through with it before.</summary>
    public Task<bool> AddPageAsync(RunPlace place, StoredPage page) => AddAsync(Id(place), page, RunJson.Default.StoredPage);

    /// <summary>The pages of a walk, in order.</summary>
    public IAsyncEnumerable<StoredPage> PagesAsync(RunState run) => ReadAsync($"{run.Id}-p{run.Walk:d3}-", RunJson.Default.StoredPage);

    /// <summary>The slices of a walk, in order.</summary>
    public IAsyncEnumerable<StoredSlice> SlicesAsync(RunState run) => ReadAsync($"{run.Id}-s{run.Walk:d3}-", RunJson.Default.StoredSlice);

    /// <summary>Looks through the next users, and writes who of them was on no page.</summary>
    /// <param name="place">The slice.</param>
    /// <param name="after">Behind whom.</param>
    /// <param name="seen">Who was on a page, by Okta id.</param>
    public async Task<StoredSlice?> AddSliceAsync(RunPlace place, string? after, IReadOnlySet<string> seen)
    {
        var page = await store.QueryAsync(new RecordQuery(tenant, RecordKinds.User, null, after, 0, SliceSize), CancellationToken.None);
        var (absent, unlinked) = (new List<AbsentUser>(), new List<DriftRow>());
        var strangers = 0;
        foreach (var record in page.Records)
        {
            var user = UserRecord.From(record);
            var attributes = ResourceDocument.ReadAttributes(user.Document);
            if (!Lifecycle.IsActive(attributes))
            {
                continue;
            }

            var name = attributes["userName"]?.GetValue<string>() ?? "";
            if ((attributes["externalId"]?.GetValue<string>() ?? user.Account.OktaId) is not { } oktaId)
            {
                strangers++;
                unlinked.Add(new DriftRow(DriftKind.Unlinked, null, record.Key.Id, name, [], DriftOutcome.Left, null));
            }
            else if (!seen.Contains(oktaId))
            {
                absent.Add(new AbsentUser(record.Key.Id, oktaId, name));
            }
        }

        await MergeDriftAsync(place, [.. unlinked.Take(MaxUnlinkedRows)]);
        var hasMore = page.Remaining > page.Records.Count && page.Records.Count > 0;
        var slice = new StoredSlice(hasMore ? page.Records[^1].Key.Id : null, [.. absent], page.Total, strangers);
        return await AddAsync(Id(place), slice, RunJson.Default.StoredSlice) ? slice : null;
    }

    /// <summary>Writes what a step found. What was planned for it before and is not found any more was repaired by an attempt that was cut short.</summary>
    public async Task MergeDriftAsync(RunPlace place, DriftRow[] rows)
    {
        var key = new RecordKey(Work, RecordKinds.SyncDrift, Id(place));
        var stored = await store.LoadAsync(key, CancellationToken.None);
        var planned = stored is null ? [] : JsonSerializer.Deserialize(stored.Document.Span, RunJson.Default.DriftRowArray)!;
        var merged = DriftMerge.Of(planned, rows);
        if (merged.Length > 0)
        {
            await PutAsync(key, stored?.Version ?? 0, JsonSerializer.SerializeToUtf8Bytes(merged, RunJson.Default.DriftRowArray));
        }
    }

    /// <summary>A part of a report.</summary>
    public async Task<DriftPart?> ReadDriftAsync(string runId, string? after, CancellationToken cancellationToken)
    {
        var page = await store.QueryAsync(new RecordQuery(Work, RecordKinds.SyncDrift, null, after ?? $"{runId}-", 0, 1), cancellationToken);
        return page.Records is [var part] && part.Key.Id.StartsWith($"{runId}-", StringComparison.Ordinal)
            ? new DriftPart(part.Key.Id, JsonSerializer.Deserialize(part.Document.Span, RunJson.Default.DriftRowArray)!)
            : null;
    }

    /// <summary>Removes the pages and slices of all runs: none is under way.</summary>
    public Task ForgetPagesAsync() => ForgetAsync(RecordKinds.SyncPage, "");

    /// <summary>Removes a run's report.</summary>
    public Task ForgetDriftAsync(string runId) => ForgetAsync(RecordKinds.SyncDrift, $"{runId}-");

    private static string Id(RunPlace place) => string.Create(
        CultureInfo.InvariantCulture,
        $"{place.RunId}-{place.Phase switch { RunPhase.Walking => 'p', RunPhase.Listing => 's', _ => 'x' }}{place.Walk:d3}-{place.Number:d6}");

    private async IAsyncEnumerable<T> ReadAsync<T>(string prefix, JsonTypeInfo<T> type)
    {
        for (var after = prefix; ;)
        {
            var page = await store.QueryAsync(new RecordQuery(Work, RecordKinds.SyncPage, null, after, 0, AtOnce), CancellationToken.None);
            foreach (var record in page.Records)
            {
                if (!record.Key.Id.StartsWith(prefix, StringComparison.Ordinal))
                {
                    yield break;
                }

                yield return JsonSerializer.Deserialize(record.Document.Span, type)!;
                after = record.Key.Id;
            }

            if (page.Records.Count < AtOnce)
            {
                yield break;
            }
        }
    }

    private async Task<bool> AddAsync<T>(string id, T value, JsonTypeInfo<T> type) =>
        await PutAsync(new RecordKey(Work, RecordKinds.SyncPage, id), 0, JsonSerializer.SerializeToUtf8Bytes(value, type)) is CommitOutcome.Committed;

    private async Task ForgetAsync(string kind, string prefix)
    {
        while (true)
        {
            var page = await store.QueryAsync(new RecordQuery(Work, kind, null, prefix.Length == 0 ? null : prefix, 0, AtOnce), CancellationToken.None);
            var records = page.Records.Where(record => record.Key.Id.StartsWith(prefix, StringComparison.Ordinal)).ToArray();
            await Task.WhenAll(records.Select(record => CommitAsync(new DeleteRecord(record.Key, record.Version))));
            if (records.Length < AtOnce)
            {
                return;
            }
        }
    }

    private Task<CommitOutcome> PutAsync(RecordKey key, long version, byte[] document) => CommitAsync(new PutRecord(key, version, document, []));

    private async Task<CommitOutcome> CommitAsync(RecordChange change)
    {
        var now = time.GetUtcNow();
        var data = new EventData(EventTypes.SyncProgressed, now, change.Key.Kind, change.Key.Id, change.ExpectedVersion + 1, Origin, EventChanges.None);
        return await store.CommitAsync(new Commit(Guid.CreateVersion7(now), Work, change, data));
    }
}
