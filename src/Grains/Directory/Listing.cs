using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Groups;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Directory;

/// <summary>A type of resources in a list, and the kind of their records.</summary>
internal sealed record ListedType(ResourceType Type, string Kind);

/// <summary>Reads lists from the store. What it asks for is one page; a walk goes on behind the last resource that the page before had.</summary>
internal sealed class Listing(IDirectoryStore store, PageWalks walks)
{
    /// <summary>Reads a page.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="types">What is in the list: without a sort, the resources of the first type come first.</param>
    /// <param name="request">Which page.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task<ListReply> ReadAsync(string tenant, IReadOnlyList<ListedType> types, ListRequest request, CancellationToken cancellationToken)
    {
        if (!ListQuery.Read(types, request).TryGet(out var query, out var error))
        {
            return new ListReply(error, 0, []);
        }

        var list = string.Join('+', types.Select(type => type.Kind));
        var step = new PageWalks.Step(
            request.Caller, list, request.Filter, request.SortBy, request.SortOrder, request.Count, request.StartIndex);
        var after = request.After switch
        {
            null => walks.Before(step),
            "" => null,
            var position => RecordPosition.Parse(position),
        };
        var skip = after is null ? request.StartIndex - 1 : 0;
        var page = await query.ReadAsync(store, tenant, after, skip, request.Count, cancellationToken);
        if (request.After is null && page.Last is { } last)
        {
            walks.Remember(step with { StartIndex = request.StartIndex + page.Records.Count }, last);
        }

        return await ReplyAsync(tenant, page, cancellationToken) with
        {
            // Within a walk by index the total is what the walk has seen plus what is still ahead: resources deleted behind it must not end it early.
            Total = request.After is null && after is not null ? request.StartIndex - 1 + page.Remaining : page.Total,
            Next = page.Remaining - skip > request.Count ? page.Last?.ToString() : null,
        };
    }

    private async Task<ListReply> ReplyAsync(string tenant, RecordPage page, CancellationToken cancellationToken)
    {
        string[] users = [.. page.Records.Select(record => record.Key).Where(key => key.Kind == RecordKinds.User).Select(key => key.Id)];
        var groups = GroupLinks.ByUser(users.Length == 0 ? [] : await store.ReadMembershipsAsync(tenant, users, cancellationToken));
        return new ListReply(null, page.Total, [.. page.Records.Select(record =>
            new ListedResource(record.Key.Id, record.Document, record.Key.Kind == RecordKinds.User ? [.. groups[record.Key.Id]] : [], record.Key.Kind))]);
    }
}
