using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Filters;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Sorting;

namespace OrleansIdentity.Grains.Directory;

/// <summary>What a list has in it and in which order, resolved against the types of its resources.</summary>
internal sealed class ListQuery
{
    private readonly Part[] _parts;

    private ListQuery(Part[] parts) => _parts = parts;

    /// <summary>Reads filter and sort.</summary>
    /// <returns>The query; or 400 <c>invalidFilter</c> or <c>invalidValue</c>.</returns>
    public static Outcome<ListQuery> Read(IReadOnlyList<ListedType> types, ListRequest request)
    {
        var all = types.Select(type => type.Type).ToArray();
        var parts = new List<Part>();
        foreach (var (type, kind) in types)
        {
            if (!ReadFilter(type, all, request.Filter).TryGet(out var filter, out var error)
                || !Sort.Parse(type, all, request.SortBy, request.SortOrder).TryGet(out var sort, out error))
            {
                return error;
            }

            parts.Add(new Part(kind, filter, sort));
        }

        return new ListQuery([.. parts]);
    }

    /// <summary>Reads a page.</summary>
    /// <param name="store">Where from.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="after">Start behind this place; null to start at the first.</param>
    /// <param name="skip">How many to pass over from there.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public ValueTask<RecordPage> ReadAsync(
        IDirectoryStore store, string tenant, RecordPosition? after, int skip, int count, CancellationToken cancellationToken) =>
        _parts is [{ Sort: { } sort }, ..]
            ? store.SortAsync(
                new SortedQuery(
                    tenant,
                    [.. _parts.Select(part => new SortedPart(part.Kind, part.Sort!.Path, part.Filter.Rest, part.Filter.With))],
                    sort.Descending,
                    after,
                    skip,
                    count),
                cancellationToken)
            : ReadInTurnAsync(store, tenant, after, skip, count, cancellationToken);

    private async ValueTask<RecordPage> ReadInTurnAsync(
        IDirectoryStore store, string tenant, RecordPosition? after, int skip, int count, CancellationToken cancellationToken)
    {
        var (total, remaining) = (0L, 0L);
        var records = new List<StoredRecord>();
        var isPassed = after is not null;
        foreach (var (kind, filter, _) in _parts)
        {
            // The kinds before that of the place are passed: of them only the number is wanted.
            var isHere = after?.Kind == kind;
            isPassed &= !isHere;
            var page = await store.QueryAsync(
                new RecordQuery(tenant, kind, filter.Rest, isHere ? after?.Id : null, skip, isPassed ? 0 : count - records.Count, filter.With), cancellationToken);
            total += page.Total;
            remaining += isPassed ? 0 : page.Remaining;
            records.AddRange(page.Records);
            skip = (int)Math.Max(0, skip - page.Remaining);
        }

        return new RecordPage(total, remaining, records);
    }

    private static Outcome<MembershipFilter> ReadFilter(ResourceType type, ResourceType[] all, string? text) =>
        text is null ? new MembershipFilter(null, null)
        : Filter.Parse(type, all, text, ScimLimits.Default).TryGet(out var filter, out var error) ? MembershipFilter.From(filter) : error;

    private readonly record struct Part(string Kind, MembershipFilter Filter, Sort? Sort);
}
