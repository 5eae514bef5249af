using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansIdentity.Grains.Contracts.DueTimes;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.DueTimes;

/// <summary>
/// Notes of what is due, as the store keeps them: records whose ids begin with the time, so that the store's order of ids is the order of due times. Who
/// makes work necessary writes the note before its own commit; looking at one that came to nothing costs little.
/// </summary>
internal sealed class DueNotes(IDirectoryStore store, TimeProvider time)
{
    private static readonly EventOrigin Origin = new("system", "due-times", "");

    /// <summary>Writes a note. Writing the same again is harmless.</summary>
    public async Task AddAsync(string work, DueNote note)
    {
        var now = time.GetUtcNow();
        var key = Key(work, note);
        var put = new PutRecord(key, 0, JsonSerializer.SerializeToUtf8Bytes(note, DueJson.Default.DueNote), []);
        var data = new EventData(EventTypes.DueNoted, now, key.Kind, key.Id, 1, Origin, EventChanges.None);

        // Stale says that it was written before.
        await store.CommitAsync(new Commit(Guid.CreateVersion7(now), key.Tenant, put, data));
    }

    /// <summary>The soonest notes that are due and not among those left out, with the ids of their records.</summary>
    public async Task<(string RecordId, DueNote Note)[]> FindDueAsync(string work, IReadOnlySet<string> leftOut, int count)
    {
        var until = Prefix(time.GetUtcNow());
        var page = await store.QueryAsync(new RecordQuery(RecordKey.SystemTenant, Kind(work), null, null, 0, count + leftOut.Count), CancellationToken.None);
        return
        [
            .. page.Records.Where(record => string.CompareOrdinal(record.Key.Id, until) < 0 && !leftOut.Contains(record.Key.Id)).Take(count)
                .Select(record => (record.Key.Id, JsonSerializer.Deserialize(record.Document.Span, DueJson.Default.DueNote)!)),
        ];
    }

    /// <summary>Removes a note, if it is there.</summary>
    /// <returns>The id of its record.</returns>
    public async Task<string> RemoveAsync(string work, DueNote note)
    {
        var now = time.GetUtcNow();
        var key = Key(work, note);
        if (await store.LoadAsync(key, CancellationToken.None) is { } stored)
        {
            var data = new EventData(EventTypes.DueDone, now, key.Kind, key.Id, stored.Version + 1, Origin, EventChanges.None);
            await store.CommitAsync(new Commit(Guid.CreateVersion7(now), key.Tenant, new DeleteRecord(key, stored.Version), data));
        }

        return key.Id;
    }

    private static RecordKey Key(string work, DueNote note) => new(RecordKey.SystemTenant, Kind(work), $"{Prefix(note.At)}-{note.Id}");

    private static string Kind(string work) => $"due-{work}";

    private static string Prefix(DateTimeOffset at) => at.UtcTicks.ToString("x16", CultureInfo.InvariantCulture);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DueNote))]
internal sealed partial class DueJson : JsonSerializerContext;
