using System.Text.Json;
using OrleansIdentity.Scim.Sorting;

namespace OrleansIdentity.Grains.Store;

/// <summary>
/// Picks the page of a <see cref="SortedQuery"/> out of records that come in any order, and counts them. Keeps the places of no more records than there
/// are up to the end of the page, and no documents.
/// </summary>
public sealed class SortedSelection
{
    private readonly SortedQuery _query;
    private readonly Comparison<RecordPosition> _order;

    // Its first is the last of those that are kept: the one to give way.
    private readonly PriorityQueue<RecordPosition, RecordPosition> _kept;
    private readonly long _capacity;
    private long _total;
    private long _remaining;

    /// <summary>Begins a selection.</summary>
    public SortedSelection(SortedQuery query)
    {
        _query = query;
        _order = (one, other) =>
        {
            var byKey = one.Key.CompareTo(other.Key);
            return byKey == 0 ? string.CompareOrdinal(one.Id, other.Id) : query.Descending ? -byKey : byKey;
        };
        _kept = new(Comparer<RecordPosition>.Create((one, other) => _order(other, one)));
        _capacity = query.Count == 0 ? 0 : (long)query.Skip + query.Count;
    }

    /// <summary>Takes a record into account if it matches.</summary>
    /// <param name="part">The part that it is of.</param>
    /// <param name="record">The record.</param>
    /// <param name="matches">Whether it is known to match.</param>
    public void Add(SortedPart part, StoredRecord record, bool matches = false)
    {
        using var document = JsonDocument.Parse(record.Document);
        if (!matches && part.Filter?.Matches(document.RootElement) == false)
        {
            return;
        }

        _total++;
        var position = new RecordPosition(part.Kind, record.Key.Id, SortKey.Of(part.Path, document.RootElement));
        if (_query.After is { } after && _order(position, after) <= 0)
        {
            return;
        }

        _remaining++;
        if (_kept.Count < _capacity)
        {
            _kept.Enqueue(position, position);
        }
        else if (_capacity > 0 && _order(position, _kept.Peek()) < 0)
        {
            _kept.EnqueueDequeue(position, position);
        }
    }

    /// <summary>The places of the page, in order.</summary>
    public RecordPosition[] Positions()
    {
        RecordPosition[] ordered = [.. _kept.UnorderedItems.Select(item => item.Element)];
        Array.Sort(ordered, _order);
        return ordered[Math.Min(_query.Skip, ordered.Length)..];
    }

    /// <summary>The answer.</summary>
    /// <param name="positions">The places of the page.</param>
    /// <param name="records">The records there, but for those that are gone.</param>
    public RecordPage Page(RecordPosition[] positions, IReadOnlyList<StoredRecord> records) =>
        new(_total, _remaining, records) { Last = positions.Length == 0 ? null : positions[^1] };
}
