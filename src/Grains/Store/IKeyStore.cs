using OrleansIdentity.Scim.Filters;

namespace OrleansIdentity.Grains.Store;

/// <summary>The part of the port that finds records by the keys that their commits gave them. No document is read but those that are asked for.</summary>
public interface IKeyStore
{
    /// <summary>Reads a page of the records that fulfil all of some conditions, and the exact total.</summary>
    ValueTask<RecordPage> FindAsync(KeyQuery query, CancellationToken cancellationToken);

    /// <summary>Who holds each of some keys: one answer for each, in their order.</summary>
    /// <param name="tenant">The only tenant whose records are looked at.</param>
    /// <param name="kind">One of <see cref="RecordKinds"/>.</param>
    /// <param name="keys">The keys; the attribute <see cref="IndexedLookup.Id"/> stands for the record of that id.</param>
    /// <param name="count">How many holders to name of each key at most; 0 asks for the totals alone.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    ValueTask<IReadOnlyList<KeyHolders>> FindHoldersAsync(
        string tenant, string kind, IReadOnlyList<IndexKey> keys, int count, CancellationToken cancellationToken);
}

/// <summary>A page of one tenant's records of one kind, in the order of their ids, chosen by keys.</summary>
/// <param name="Tenant">The only tenant whose records are looked at.</param>
/// <param name="Kind">One of <see cref="RecordKinds"/>.</param>
/// <param name="Conditions">What all must hold, at least one condition; the one that the fewest fulfil first.</param>
/// <param name="Filter">What their documents must match beside; null for nothing. Every record that fulfils the conditions is then looked at.</param>
/// <param name="MembershipWith">The group of this id that users must be members of; null for none.</param>
/// <param name="AfterId">Start behind this id, whether or not it still exists; null to start at the first.</param>
/// <param name="Count">How many to return at most.</param>
public sealed record KeyQuery(
    string Tenant, string Kind, IReadOnlyList<KeyCondition> Conditions, Filter? Filter, string? MembershipWith, string? AfterId, int Count);

/// <summary>A record fulfils it by holding a key, not a unique one, of this attribute with any of these values.</summary>
/// <param name="Attribute">As <see cref="IndexKey.Attribute"/> has it.</param>
/// <param name="Values">As <see cref="IndexKey.Value"/> has them.</param>
public sealed record KeyCondition(string Attribute, IReadOnlyList<string> Values);

/// <summary>Who holds a key.</summary>
/// <param name="Total">How many records. Exact.</param>
/// <param name="Ids">The first of them, in the order of ids.</param>
[GenerateSerializer, Immutable, Alias("KeyHolders")]
public readonly record struct KeyHolders([property: Id(0)] long Total, [property: Id(1)] string[] Ids);
