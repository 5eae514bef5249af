using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OrleansIdentity.Grains.Contracts.SignIn;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.SignIn;

/// <summary>
/// A use is a record, and the store writes a record of one key once. Its id begins with the time from which it need not be remembered, so that the store's
/// order of ids is the order in which they may go; whoever uses something removes some of them.
/// </summary>
[GrainType("used-once")]
internal sealed class UsedOnceGrain(IDirectoryStore store, TimeProvider time) : Grain, IUsedOnceGrain
{
    // More are removed than come in, so that none is left for good.
    private const int RemovedAtOnce = 100;
    private const int UsesBetween = 50;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly EventOrigin Origin = new("system", "used-once", "");

    private DateTimeOffset _removeAt;
    private int _uses;

    public async Task<bool> TryUseAsync(string purpose, string id, DateTimeOffset until)
    {
        var now = time.GetUtcNow();
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{this.GetPrimaryKeyString()}|{purpose}|{id}")));
        var key = new RecordKey(RecordKey.SystemTenant, RecordKinds.UsedOnce, $"{Prefix(until)}-{digest}");
        var data = new EventData(EventTypes.OnceUsed, now, key.Kind, key.Id, 1, Origin, EventChanges.None);
        var outcome = await store.CommitAsync(new Commit(Guid.CreateVersion7(now), key.Tenant, new PutRecord(key, 0, "{}"u8.ToArray(), []), data));
        if (++_uses >= UsesBetween || now >= _removeAt)
        {
            (_uses, _removeAt) = (0, now + Pause);
            await RemoveAsync(now);
        }

        return outcome is CommitOutcome.Committed;
    }

    private async Task RemoveAsync(DateTimeOffset now)
    {
        var page = await store.QueryAsync(new RecordQuery(RecordKey.SystemTenant, RecordKinds.UsedOnce, null, null, 0, RemovedAtOnce), CancellationToken.None);
        foreach (var over in page.Records.TakeWhile(record => string.CompareOrdinal(record.Key.Id, Prefix(now)) < 0))
        {
            var data = new EventData(EventTypes.OnceForgotten, now, over.Key.Kind, over.Key.Id, over.Version + 1, Origin, EventChanges.None);
            await store.CommitAsync(new Commit(Guid.CreateVersion7(now), over.Key.Tenant, new DeleteRecord(over.Key, over.Version), data));
        }
    }

    private static string Prefix(DateTimeOffset at) => at.UtcTicks.ToString("x16", CultureInfo.InvariantCulture);
}
