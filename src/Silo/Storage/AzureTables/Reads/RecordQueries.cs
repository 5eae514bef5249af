using System.Runtime.CompilerServices;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Filters;
using OrleansIdentity.Silo.Storage.AzureTables.Lanes;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Silo.Storage.AzureTables.Reads;

/// <summary>
/// Answers queries: the lane's index says which records, their rows say what is in them. A record that changes between the two does not fit what
/// the index said; then the index is asked again.
/// </summary>
internal sealed class RecordQueries(ILanes lanes, RecordLoads records)
{
    private const int Attempts = 10;
    private const int FewEnoughToLoadOneByOne = 1_000;

    /// <summary>Whether the query cannot be answered without looking at every record.</summary>
    public static bool NeedsScan(RecordQuery query) => query.Filter is { } filter && IndexedLookup.From(query.Kind, filter) is null;

    /// <summary>Answers from the index.</summary>
    public async Task<RecordPage> AnswerAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var answer = query.Filter is null
                ? await PageAsync(query, cancellationToken)
                : await FindAsync(query, IndexedLookup.From(query.Kind, query.Filter)!, cancellationToken);
            if (answer is not null)
            {
                return answer;
            }
        }

        throw new StoreUnavailableException("The records of this page change faster than they can be read.");
    }

    /// <summary>Answers by looking at every record.</summary>
    public async Task<RecordPage> ScanAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        var selection = new OrderedSelection(query);
        await foreach (var record in CandidatesAsync(query, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            selection.Add(record);
        }

        return selection.Page;
    }

    /// <summary>The records of all pages, by the narrowest way to them, and perhaps others.</summary>
    public async IAsyncEnumerable<StoredRecord> CandidatesAsync(RecordQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (query.Filter is { } filter && IndexedLookup.From(query.Kind, filter) is { } lookup)
        {
            StoredRecord[]? found;
            do
            {
                found = await LookUpAsync(query, lookup, cancellationToken);
            }
            while (found is null);

            foreach (var record in found)
            {
                yield return record;
            }

            yield break;
        }

        var related = query.MembershipWith is { } with
            ? (await lanes.Of(query.Tenant).PageRelatedAsync(query.Kind, with, null, 0, int.MaxValue)).Ids
            : null;
        if (related is { Length: <= FewEnoughToLoadOneByOne })
        {
            foreach (var record in await records.LoadLivingAsync(query.Tenant, query.Kind, related, areAdjacent: false, cancellationToken))
            {
                yield return record;
            }

            yield break;
        }

        var wanted = related?.ToHashSet(StringComparer.Ordinal);
        await foreach (var record in records.ScanAsync(query.Tenant, query.Kind, cancellationToken))
        {
            if (wanted?.Contains(record.Key.Id) != false)
            {
                yield return record;
            }
        }
    }

    private async Task<RecordPage?> PageAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        var lane = lanes.Of(query.Tenant);
        var page = query.MembershipWith is { } with
            ? await lane.PageRelatedAsync(query.Kind, with, query.AfterId, query.Skip, query.Count)
            : await lane.PageAsync(query.Kind, query.AfterId, query.Skip, query.Count);
        return await records.LoadAllAsync(query.Tenant, query.Kind, page.Ids, areAdjacent: query.MembershipWith is null, cancellationToken) is { } found
            ? new RecordPage(page.Total, page.Remaining, found)
            : null;
    }

    private async Task<RecordPage?> FindAsync(RecordQuery query, IndexedLookup lookup, CancellationToken cancellationToken)
    {
        if (await LookUpAsync(query, lookup, cancellationToken) is not { } found)
        {
            return null;
        }

        var selection = new OrderedSelection(query);
        foreach (var record in found)
        {
            if (!selection.Add(record) && lookup.IsWhole)
            {
                // The index said that it matches, and it does not any more.
                return null;
            }
        }

        return selection.Page;
    }

    // Null when one of them went between the two reads.
    private async Task<StoredRecord[]?> LookUpAsync(RecordQuery query, IndexedLookup lookup, CancellationToken cancellationToken)
    {
        StoredRecord[]? found;
        if (lookup.Attribute == IndexedLookup.Id)
        {
            found = await records.LoadAsync(new RecordKey(query.Tenant, query.Kind, lookup.Value), cancellationToken) is { } one ? [one] : [];
        }
        else
        {
            var ids = await lanes.Of(query.Tenant).FindAsync(query.Kind, KeyHash.Of(lookup.Attribute, lookup.Value, lookup.IsUnique));
            found = await records.LoadAllAsync(query.Tenant, query.Kind, ids, areAdjacent: false, cancellationToken);
        }

        if (found is null || query.MembershipWith is not { } with)
        {
            return found;
        }

        var related = await lanes.Of(query.Tenant).FindRelatedAsync(query.Kind, with, [.. found.Select(record => record.Key.Id)]);
        return Array.FindAll(found, record => related.Contains(record.Key.Id));
    }
}
