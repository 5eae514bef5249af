using System.Text.Json;
using OrleansIdentity.Scim.Filters;

namespace OrleansIdentity.Grains.Store;

/// <summary>Picks a page out of records that come in the order of their ids, and counts them.</summary>
/// <param name="filter">What a record must match; null for nothing.</param>
/// <param name="afterId">Start behind this id; null to start at the first.</param>
/// <param name="skip">How many matching records to pass over from there.</param>
/// <param name="count">How many to keep at most.</param>
public sealed class OrderedSelection(Filter? filter, string? afterId, int skip, int count)
{
    private readonly List<StoredRecord> _page = [];
    private long _total;
    private long _remaining;

    /// <summary>Begins a selection.</summary>
    public OrderedSelection(RecordQuery query)
        : this(query.Filter, query.AfterId, query.Skip, query.Count)
    {
    }

    /// <summary>Begins a selection.</summary>
    public OrderedSelection(KeyQuery query)
        : this(query.Filter, query.AfterId, skip: 0, query.Count)
    {
    }

    /// <summary>What it has come to.</summary>
    public RecordPage Page => new(_total, _remaining, _page);

    /// <summary>Takes a record into account if it matches.</summary>
    /// <param name="record">The record.</param>
    /// <param name="matches">Whether it is known to match.</param>
    /// <returns>Whether it matched.</returns>
    public bool Add(StoredRecord record, bool matches = false)
    {
        if (!matches && filter is not null && !Matches(filter, record))
        {
            return false;
        }

        _total++;
        if ((afterId is null || string.CompareOrdinal(record.Key.Id, afterId) > 0) && _remaining++ >= skip && _page.Count < count)
        {
            _page.Add(record);
        }

        return true;
    }

    /// <summary>Whether a record matches, as it is here.</summary>
    public static bool Matches(Filter filter, StoredRecord record)
    {
        using var document = JsonDocument.Parse(record.Document);
        return filter.Matches(document.RootElement);
    }
}
