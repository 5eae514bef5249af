using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Contracts.Users;

/// <summary>What all commands to a user have in common.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">
/// When the caller stops waiting (UTC): from then on nothing is begun. A command that a frozen node carries out late must not undo what its caller,
/// told that the outcome is unknown, has asked for since.
/// </param>
/// <param name="IfMatch">The request's <c>If-Match</c> header, as it came; null when there was none.</param>
[GenerateSerializer, Immutable, Alias("UserCommand")]
public abstract record UserCommand([property: Id(0)] EventOrigin Origin, [property: Id(1)] DateTimeOffset Deadline, [property: Id(2)] string? IfMatch);

/// <summary>Creates the user that the grain's key names.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
/// <param name="Attributes">The user's attributes, normalised at the door: a UTF-8 JSON object without <c>schemas</c>, <c>id</c> and <c>meta</c>.</param>
[GenerateSerializer, Immutable, Alias("CreateUser")]
public sealed record CreateUser(EventOrigin Origin, DateTimeOffset Deadline, [property: Id(0)] byte[] Attributes) : UserCommand(Origin, Deadline, null);

/// <summary>Replaces the user's attributes.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
/// <param name="IfMatch">The request's <c>If-Match</c> header.</param>
/// <param name="Attributes">As for <see cref="CreateUser"/>.</param>
[GenerateSerializer, Immutable, Alias("ReplaceUser")]
public sealed record ReplaceUser(EventOrigin Origin, DateTimeOffset Deadline, string? IfMatch, [property: Id(0)] byte[] Attributes)
    : UserCommand(Origin, Deadline, IfMatch);

/// <summary>Applies a PATCH request to the user.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
/// <param name="IfMatch">The request's <c>If-Match</c> header.</param>
/// <param name="Request">The PatchOp message, UTF-8 JSON, found well-formed at the door.</param>
[GenerateSerializer, Immutable, Alias("PatchUser")]
public sealed record PatchUser(EventOrigin Origin, DateTimeOffset Deadline, string? IfMatch, [property: Id(0)] byte[] Request)
    : UserCommand(Origin, Deadline, IfMatch);

/// <summary>Deletes the user.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
/// <param name="IfMatch">The request's <c>If-Match</c> header.</param>
[GenerateSerializer, Immutable, Alias("DeleteUser")]
public sealed record DeleteUser(EventOrigin Origin, DateTimeOffset Deadline, string? IfMatch) : UserCommand(Origin, Deadline, IfMatch);
