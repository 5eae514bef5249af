using System.Security.Cryptography;
using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Secrets;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Secrets;

/// <summary>Stores the check value once; a race between two nodes is decided by the store.</summary>
[GrainType("key-check")]
internal sealed class KeyCheckGrain(RecordAccess access, TimeProvider time) : Grain, IKeyCheckGrain
{
    private static readonly RecordKey Key = new(RecordKey.SystemTenant, RecordKinds.KeyCheck, IKeyCheckGrain.TheOne);

    public async Task<bool> VerifyAsync(byte[] checkValue)
    {
        var record = new PublishedRecord<byte[]>(access, Key, Read);
        await record.EnsureKnownAsync();
        if (record.Value is null)
        {
            var now = time.GetUtcNow();
            var origin = new EventOrigin("system", "start-up", "");
            var data = new EventData(EventTypes.KeyCheckCreated, now, RecordKinds.KeyCheck, Key.Id, 1, origin, EventChanges.None);
            await record.PutAsync(checkValue, Document(checkValue), [], data, Guid.CreateVersion7(now));
            await record.EnsureKnownAsync();
        }

        return record.Value is { } stored && CryptographicOperations.FixedTimeEquals(stored, checkValue);
    }

    private static ReadOnlyMemory<byte> Document(byte[] checkValue) =>
        System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["checkValue"] = Convert.ToBase64String(checkValue) }.ToJsonString());

    private static byte[] Read(StoredRecord stored) =>
        Convert.FromBase64String(JsonNode.Parse(stored.Document.Span)?["checkValue"]?.GetValue<string>() ?? "");
}
