using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OrleansIdentity.Grains.Contracts.UsedIds;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.UsedIds;

/// <summary>An id that was used is a record, whose creation succeeds once. Ids begin with the time of their end, so that those to forget are the first.</summary>
[GrainType("used-ids")]
internal sealed class UsedIdsGrain(RecordAccess access, TimeProvider time) : Grain, IUsedIdsGrain
{
    // More than comes in with each use, so that none is left for good.
    private const int ForgottenAtOnce = 2;

    private static readonly byte[] Nothing = "{}"u8.ToArray();
    private static readonly EventOrigin Origin = new("system", "used-ids", "");

    public async Task<bool> TryUseAsync(string purpose, string id, DateTimeOffset until)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{this.GetPrimaryKeyString()}|{purpose}|{id}"));
        var key = Key($"{Prefix(until)}-{Convert.ToHexStringLower(digest)}");
        var outcome = await access.Store.CommitAsync(Commit(new PutRecord(key, 0, Nothing, []), EventTypes.IdUsed));
        if (outcome is not CommitOutcome.Committed)
        {
            return false;
        }

        await ForgetAsync();
        return true;
    }

    private async Task ForgetAsync()
    {
        var oldest = await access.Store.QueryAsync(new RecordQuery(RecordKey.SystemTenant, RecordKinds.UsedId, null, null, 0, ForgottenAtOnce), CancellationToken.None);
        var now = Prefix(time.GetUtcNow());
        foreach (var record in oldest.Records.Where(record => string.CompareOrdinal(record.Key.Id, now) < 0))
        {
            // Whoever else is at it may have been first.
            await access.Store.CommitAsync(Commit(new DeleteRecord(record.Key, record.Version), EventTypes.UsedIdForgotten));
        }
    }

    private Commit Commit(RecordChange change, string type)
    {
        var now = time.GetUtcNow();
        var data = new EventData(type, now, RecordKinds.UsedId, change.Key.Id, change.ExpectedVersion + 1, Origin, EventChanges.None);
        return new Commit(Guid.CreateVersion7(now), RecordKey.SystemTenant, change, data);
    }

    private static RecordKey Key(string id) => new(RecordKey.SystemTenant, RecordKinds.UsedId, id);

    private static string Prefix(DateTimeOffset at) => at.UtcTicks.ToString("x16", CultureInfo.InvariantCulture);
}
