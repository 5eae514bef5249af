using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansIdentity.Grains.Contracts.DueTimes;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.DueTimes;

/// <summary>Notes are records whose ids begin with the time, so that the store's order of ids is the order of due times. Who has taken one is in memory alone.</summary>
[GrainType("due-times")]
internal sealed class DueTimesGrain(RecordAccess access, TimeProvider time) : Grain, IDueTimesGrain
{
    private static readonly TimeSpan TakenFor = TimeSpan.FromMinutes(2);
    private static readonly EventOrigin Origin = new("system", "due-times", "");

    private readonly Dictionary<string, DateTimeOffset> _taken = new(StringComparer.Ordinal);

    private string Kind => $"due-{this.GetPrimaryKeyString()}";

    public async Task AddAsync(DueNote note)
    {
        var now = time.GetUtcNow();
        var key = Key(note);
        var put = new PutRecord(key, 0, JsonSerializer.SerializeToUtf8Bytes(note, DueJson.Default.DueNote), []);
        var data = new EventData(EventTypes.DueNoted, now, Kind, key.Id, 1, Origin, EventChanges.None);

        // Stale says that it was written before.
        await access.Store.CommitAsync(new Commit(Guid.CreateVersion7(now), key.Tenant, put, data));
    }

    public async Task<DueNote[]> TakeAsync(int count)
    {
        var now = time.GetUtcNow();
        foreach (var over in _taken.Where(one => one.Value <= now).ToArray())
        {
            _taken.Remove(over.Key);
        }

        var page = await access.Store.QueryAsync(new RecordQuery(RecordKey.SystemTenant, Kind, null, null, 0, count + _taken.Count), CancellationToken.None);
        var due = page.Records.Where(record => string.CompareOrdinal(record.Key.Id, Prefix(now)) < 0 && !_taken.ContainsKey(record.Key.Id)).Take(count).ToArray();
        foreach (var record in due)
        {
            _taken[record.Key.Id] = now + TakenFor;
        }

        return [.. due.Select(record => JsonSerializer.Deserialize(record.Document.Span, DueJson.Default.DueNote)!)];
    }

    public async Task RemoveAsync(DueNote note)
    {
        var now = time.GetUtcNow();
        var key = Key(note);
        if (await access.Store.LoadAsync(key, CancellationToken.None) is { } stored)
        {
            var data = new EventData(EventTypes.DueDone, now, Kind, key.Id, stored.Version + 1, Origin, EventChanges.None);
            await access.Store.CommitAsync(new Commit(Guid.CreateVersion7(now), key.Tenant, new DeleteRecord(key, stored.Version), data));
        }

        _taken.Remove(key.Id);
    }

    private RecordKey Key(DueNote note) => new(RecordKey.SystemTenant, Kind, $"{Prefix(note.At)}-{note.Id}");

    private static string Prefix(DateTimeOffset at) => at.UtcTicks.ToString("x16", CultureInfo.InvariantCulture);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DueNote))]
internal sealed partial class DueJson : JsonSerializerContext;
