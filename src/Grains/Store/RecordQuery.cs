using OrleansIdentity.Scim.Filters;

namespace OrleansIdentity.Grains.Store;

/// <summary>A page of one tenant's records of one kind, in the order of their ids.</summary>
/// <param name="Tenant">The only tenant whose records are looked at.</param>
/// <param name="Kind">One of <see cref="RecordKinds"/>.</param>
/// <param name="Filter">Which records; null for all.</param>
/// <param name="AfterId">Start behind this id, whether or not it still exists; null to start at the first.</param>
/// <param name="Skip">How many matching records to pass over from there.</param>
/// <param name="Count">How many to return at most; 0 asks for the total alone.</param>
/// <param name="MembershipWith">Only users that are members of the group of this id, or only groups of which the user of this id is a member; null for all.</param>
public sealed record RecordQuery(string Tenant, string Kind, Filter? Filter, string? AfterId, int Skip, int Count, string? MembershipWith = null);

/// <summary>The answer to a <see cref="RecordQuery"/> or a <see cref="SortedQuery"/>.</summary>
/// <param name="Total">How many records match in all, wherever the page begins. Exact.</param>
/// <param name="Remaining">How many of them lie behind the place that the query starts behind; the total when there is none. Exact.</param>
/// <param name="Records">The page, in order.</param>
public sealed record RecordPage(long Total, long Remaining, IReadOnlyList<StoredRecord> Records)
{
    private readonly RecordPosition? _last;

    /// <summary>Where the page ends; null when it is empty.</summary>
    public RecordPosition? Last
    {
        get => _last ?? (Records.Count == 0 ? null : new RecordPosition(Records[^1].Key.Kind, Records[^1].Key.Id, default));
        init => _last = value;
    }
}
