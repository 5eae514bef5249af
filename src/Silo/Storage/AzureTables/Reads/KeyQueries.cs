using System.Runtime.CompilerServices;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Lanes;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Silo.Storage.AzureTables.Reads;

/// <summary>Reads by keys: the lane's index says which records hold them, their rows say what is in them.</summary>
internal sealed class KeyQueries(ILanes lanes, RecordLoads records)
{
    private const int Attempts = 10;
    private const int FewEnoughToLoadOneByOne = 1_000;

    /// <summary>A page of what fulfils the conditions.</summary>
    public async Task<RecordPage> AnswerAsync(KeyQuery query, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            // A record that is deleted between the two reads does not fit what the index said; then the index is asked again.
            var page = await PageAsync(query, query.AfterId, query.Count);
            if (await records.LoadAllAsync(query.Tenant, query.Kind, page.Ids, areAdjacent: false, cancellationToken) is { } found)
            {
                return new RecordPage(page.Total, page.Remaining, found);
            }
        }

        throw new StoreUnavailableException("The records of this page change faster than they can be read.");
    }

    /// <summary>A page of what fulfils the conditions and matches the filter as well.</summary>
    public async Task<RecordPage> SelectAsync(KeyQuery query, CancellationToken cancellationToken)
    {
        var selection = new OrderedSelection(query);
        await foreach (var record in CandidatesAsync(query, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            selection.Add(record);
        }

        return selection.Page;
    }

    /// <summary>Who holds each of some keys. Whether a record of some id lives is for its row to say.</summary>
    public async Task<KeyHolders[]> HoldersAsync(string tenant, string kind, IReadOnlyList<IndexKey> keys, int count, CancellationToken cancellationToken)
    {
        var hashed = keys.Where(key => key.Attribute != IndexedLookup.Id).ToArray();
        var held = hashed.Length == 0 ? [] : await lanes.Of(tenant).HoldersAsync(kind, Array.ConvertAll(hashed, Hash), count);
        var byKey = hashed.Zip(held).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => pair.Second);

        string[] ids = [.. keys.Where(key => key.Attribute == IndexedLookup.Id).Select(key => key.Value).Distinct(StringComparer.Ordinal)];
        var living = await records.LoadLivingAsync(tenant, kind, ids, areAdjacent: false, cancellationToken);
        var livingIds = living.Select(record => record.Key.Id).ToHashSet(StringComparer.Ordinal);
        return [.. keys.Select(key => key.Attribute != IndexedLookup.Id ? byKey[key]
            : livingIds.Contains(key.Value) ? new KeyHolders(1, count == 0 ? [] : [key.Value])
            : new KeyHolders(0, []))];
    }

    private async IAsyncEnumerable<StoredRecord> CandidatesAsync(KeyQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ids = (await PageAsync(query, null, int.MaxValue)).Ids;
        if (ids.Length <= FewEnoughToLoadOneByOne)
        {
            foreach (var record in await records.LoadLivingAsync(query.Tenant, query.Kind, ids, areAdjacent: false, cancellationToken))
            {
                yield return record;
            }

            yield break;
        }

        var wanted = ids.ToHashSet(StringComparer.Ordinal);
        await foreach (var record in records.ScanAsync(query.Tenant, query.Kind, cancellationToken))
        {
            if (wanted.Contains(record.Key.Id))
            {
                yield return record;
            }
        }
    }

    private Task<LanePage> PageAsync(KeyQuery query, string? afterId, int count) => lanes.Of(query.Tenant).PageByKeysAsync(
        query.Kind,
        [.. query.Conditions.Select(condition => condition.Values.Select(value => KeyHash.Of(condition.Attribute, value, isUnique: false)).ToArray())],
        query.MembershipWith,
        afterId,
        count);

    private static KeyHash Hash(IndexKey key) => KeyHash.Of(key.Attribute, key.Value, key.Unique);
}
