using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Secrets;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Secrets;

/// <summary>One record of all keys: there is one more every ninety days.</summary>
[GrainType("key-ring")]
internal sealed class KeyRingGrain(RecordAccess access, TimeProvider time) : Grain, IKeyRingGrain
{
    private const int Attempts = 10;

    private static readonly EventOrigin Origin = new("system", "data-protection", "");

    private readonly PublishedRecord<string[]> _keys = new(access, new RecordKey(RecordKey.SystemTenant, RecordKinds.KeyRing, IKeyRingGrain.TheOne), Read);

    public async Task<string[]> ReadAsync()
    {
        await _keys.EnsureKnownAsync();
        return _keys.Value ?? [];
    }

    public async Task AddAsync(string element)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            await _keys.EnsureKnownAsync();
            if (_keys.Value?.Contains(element) == true)
            {
                return;
            }

            string[] next = [.. _keys.Value ?? [], element];
            var now = time.GetUtcNow();
            var data = new EventData(EventTypes.KeyRingExtended, now, RecordKinds.KeyRing, _keys.Key.Id, _keys.Version + 1, Origin, EventChanges.None);
            if (await _keys.PutAsync(next, Document(next), [], data, Guid.CreateVersion7(now)) is CommitOutcome.Committed)
            {
                return;
            }
        }

        throw new StoreUnavailableException($"Another activation kept writing {_keys.Key}; gave up after {Attempts} attempts.");
    }

    private static byte[] Document(string[] keys) =>
        JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["keys"] = new JsonArray([.. keys.Select(key => JsonValue.Create(key))]) });

    private static string[] Read(StoredRecord stored) =>
        [.. JsonNode.Parse(stored.Document.Span)!["keys"]!.AsArray().Select(key => key!.GetValue<string>())];
}
