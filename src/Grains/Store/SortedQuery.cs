using OrleansIdentity.Scim.Filters;
using OrleansIdentity.Scim.Paths;

namespace OrleansIdentity.Grains.Store;

/// <summary>
/// A page of one tenant's records in the order of an attribute's values, records with equal values in the order of their ids. It costs a look at every
/// record that the parts do not find by an index, and memory for a key and an id of each record up to the end of the page.
/// </summary>
/// <param name="Tenant">The only tenant whose records are looked at.</param>
/// <param name="Parts">What is in the list: each kind at most once.</param>
/// <param name="Descending">Whether the greatest comes first.</param>
/// <param name="After">Start behind this place; null to start at the first.</param>
/// <param name="Skip">How many records to pass over from there.</param>
/// <param name="Count">How many to return at most; 0 asks for the total alone.</param>
public sealed record SortedQuery(string Tenant, IReadOnlyList<SortedPart> Parts, bool Descending, RecordPosition? After, int Skip, int Count)
{
    /// <summary>Which records a part takes, as a query that has all of them on its page.</summary>
    public RecordQuery All(SortedPart part) => new(Tenant, part.Kind, part.Filter, null, 0, int.MaxValue, part.MembershipWith);
}

/// <summary>The records of one kind in a sorted list.</summary>
/// <param name="Kind">One of <see cref="RecordKinds"/>.</param>
/// <param name="Path">What they are sorted by.</param>
/// <param name="Filter">Which records; null for all.</param>
/// <param name="MembershipWith">As in <see cref="RecordQuery"/>.</param>
public sealed record SortedPart(string Kind, AttributePath Path, Filter? Filter, string? MembershipWith);
