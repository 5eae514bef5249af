using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Contracts.Resources;

/// <summary>What all commands to a resource have in common.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">
/// When the caller stops waiting (UTC): from then on nothing is begun. A command that a frozen node carries out late must not undo what its caller,
/// told that the outcome is unknown, has asked for since.
/// </param>
/// <param name="IfMatch">The request's <c>If-Match</c> header, as it came; null when there was none.</param>
[GenerateSerializer, Immutable, Alias("ResourceCommand")]
public abstract record ResourceCommand([property: Id(0)] EventOrigin Origin, [property: Id(1)] DateTimeOffset Deadline, [property: Id(2)] string? IfMatch)
{
    /// <summary>Whether the tenant wants members that it does not have left out of a group, rather than the command refused.</summary>
    [Id(3)]
    public bool LeavesOutUnknownMembers { get; init; }

    /// <summary>The revision of the tenant's own schema by which the command was read; it is carried out by this one or a later one.</summary>
    [Id(4)]
    public long SchemaRevision { get; init; }

    /// <summary>
    /// The person on whose behalf a user is created or edited by hand; null when it is a sync. What that person may do is checked where the user is changed.
    /// </summary>
    [Id(10)]
    public Actor? By { get; init; }

    /// <summary>Whether and when the tenant's new accounts are invited; null when the command creates none.</summary>
    [Id(11)]
    public InvitationPolicy? Invitations { get; init; }

    /// <summary>Whether it is only to be found out what the command would come to. Nothing is written, and the reply says what would have been answered.</summary>
    [Id(12)]
    public bool IsRehearsal { get; init; }
}

/// <summary>Creates the resource that the grain's key names.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
/// <param name="Attributes">The resource's attributes, normalised at the door: a UTF-8 JSON object without <c>schemas</c>, <c>id</c> and <c>meta</c>.</param>
[GenerateSerializer, Immutable, Alias("CreateResource")]
public sealed record CreateResource(EventOrigin Origin, DateTimeOffset Deadline, [property: Id(0)] byte[] Attributes) : ResourceCommand(Origin, Deadline, null);

/// <summary>Replaces the resource's attributes.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
/// <param name="IfMatch">The request's <c>If-Match</c> header.</param>
/// <param name="Attributes">As for <see cref="CreateResource"/>.</param>
[GenerateSerializer, Immutable, Alias("ReplaceResource")]
public sealed record ReplaceResource(EventOrigin Origin, DateTimeOffset Deadline, string? IfMatch, [property: Id(0)] byte[] Attributes)
    : ResourceCommand(Origin, Deadline, IfMatch);

/// <summary>Applies a PATCH request to the resource.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
/// <param name="IfMatch">The request's <c>If-Match</c> header.</param>
/// <param name="Request">The PatchOp message, UTF-8 JSON, found well-formed at the door.</param>
[GenerateSerializer, Immutable, Alias("PatchResource")]
public sealed record PatchResource(EventOrigin Origin, DateTimeOffset Deadline, string? IfMatch, [property: Id(0)] byte[] Request)
    : ResourceCommand(Origin, Deadline, IfMatch);

/// <summary>Deletes the resource.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
/// <param name="IfMatch">The request's <c>If-Match</c> header.</param>
[GenerateSerializer, Immutable, Alias("DeleteResource")]
public sealed record DeleteResource(EventOrigin Origin, DateTimeOffset Deadline, string? IfMatch) : ResourceCommand(Origin, Deadline, IfMatch);
