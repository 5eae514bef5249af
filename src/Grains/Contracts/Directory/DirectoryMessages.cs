using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Grains.Contracts.Directory;

/// <summary>Asks for a page of a list.</summary>
/// <param name="Filter">A SCIM filter; null for all.</param>
/// <param name="StartIndex">The first wanted position, from 1.</param>
/// <param name="Count">How many at most.</param>
/// <param name="Caller">The id of the token that asks: a walk through pages is remembered for it.</param>
[GenerateSerializer, Immutable, Alias("ListRequest")]
public sealed record ListRequest([property: Id(0)] string? Filter, [property: Id(1)] int StartIndex, [property: Id(2)] int Count, [property: Id(3)] string Caller)
{
    /// <summary>The attribute to sort by, as it was given; null for the order of ids.</summary>
    [Id(4)]
    public string? SortBy { get; init; }

    /// <summary>The direction of the sort, as it was given.</summary>
    [Id(5)]
    public string? SortOrder { get; init; }

    /// <summary>
    /// In a walk by cursor, where the page before ended: its <see cref="ListReply.Next"/>, or an empty text for the first page. Null in a walk by index.
    /// </summary>
    [Id(6)]
    public string? After { get; init; }

    /// <summary>The revision of the tenant's own schema by which the filter is read, or a later one.</summary>
    [Id(7)]
    public long SchemaRevision { get; init; }
}

/// <summary>A page of a list.</summary>
/// <param name="Error">Why the request was refused; null when it was answered.</param>
/// <param name="Total">How many match in all.</param>
/// <param name="Resources">The page.</param>
[GenerateSerializer, Immutable, Alias("ListReply")]
public sealed record ListReply([property: Id(0)] ScimError? Error, [property: Id(1)] long Total, [property: Id(2)] ListedResource[] Resources)
{
    /// <summary>Where the page ended, for <see cref="ListRequest.After"/>; null when nothing follows it.</summary>
    [Id(3)]
    public string? Next { get; init; }
}

/// <summary>One resource of a page.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Document">The stored representation, UTF-8 JSON.</param>
/// <param name="Groups">The groups that a user is a member of, in the order of their ids; empty for other resources.</param>
/// <param name="Kind">Its kind, one of <see cref="RecordKinds"/>.</param>
[GenerateSerializer, Immutable, Alias("ListedResource")]
public readonly record struct ListedResource(
    [property: Id(0)] string Id, [property: Id(1)] ReadOnlyMemory<byte> Document, [property: Id(2)] GroupLink[] Groups, [property: Id(3)] string Kind);

/// <summary>An event as readers see it.</summary>
/// <param name="Position">Its place in the tenant's log.</param>
/// <param name="Id">The id of the commit that wrote it.</param>
/// <param name="Type">What happened, one of <see cref="EventTypes"/>.</param>
/// <param name="Time">When (UTC).</param>
/// <param name="Kind">The kind of what it happened to.</param>
/// <param name="ResourceId">The id of what it happened to.</param>
/// <param name="Version">The record's version after it.</param>
/// <param name="Origin">Who asked for it.</param>
/// <param name="Changes">A JSON array, UTF-8, of what changed.</param>
[GenerateSerializer, Immutable, Alias("EventView")]
public sealed record EventView(
    [property: Id(0)] long Position,
    [property: Id(1)] Guid Id,
    [property: Id(2)] string Type,
    [property: Id(3)] DateTimeOffset Time,
    [property: Id(4)] string Kind,
    [property: Id(5)] string ResourceId,
    [property: Id(6)] long Version,
    [property: Id(7)] EventOrigin Origin,
    [property: Id(8)] byte[] Changes);
