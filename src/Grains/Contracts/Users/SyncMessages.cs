using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Grains.Contracts.Users;

/// <summary>
/// Makes a user what a read of Okta has shown. Reads may come out of order; what an earlier one has shown never undoes what a later one has.
/// </summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
/// <param name="OktaId">The Okta id of the person that was read.</param>
/// <param name="ReadAt">When the read began (UTC): whatever happened in Okta before it, the read has seen.</param>
/// <param name="Active">Whether the person has access: is assigned to the app, and neither suspended nor deactivated.</param>
[GenerateSerializer, Immutable, Alias("SyncUser")]
public sealed record SyncUser(
    EventOrigin Origin, DateTimeOffset Deadline, [property: Id(0)] string OktaId, [property: Id(1)] DateTimeOffset ReadAt, [property: Id(2)] bool Active)
    : ResourceCommand(Origin, Deadline, null)
{
    /// <summary>The local fields as Okta has them, a merge patch in UTF-8 JSON; null when nothing is known but that there is no access any more.</summary>
    [Id(3)]
    public byte[]? Fields { get; init; }

    /// <summary>What tells this state of the person from every other one; null without <see cref="Fields"/>.</summary>
    [Id(4)]
    public string? Digest { get; init; }

    /// <summary>Since when Okta has the profile so, by its own clock; null when it did not say. Okta's lists may lag behind its single reads.</summary>
    [Id(5)]
    public DateTimeOffset? OktaUpdatedAt { get; init; }
}

/// <summary>What a read of Okta came to.</summary>
public enum SyncResult
{
    /// <summary>Nothing: the user is as Okta has the person.</summary>
    Unchanged,

    /// <summary>Nothing: a later read was applied before.</summary>
    Older,

    /// <summary>Nothing: see the error.</summary>
    Refused,

    /// <summary>A new user.</summary>
    Created,

    /// <summary>The user differed, and its access did not.</summary>
    Updated,

    /// <summary>The user lost access.</summary>
    Deactivated,

    /// <summary>The user got access back.</summary>
    Reactivated,
}

/// <summary>What became of a <see cref="SyncUser"/>.</summary>
/// <param name="Result">What.</param>
/// <param name="Error">Why it was refused; null otherwise.</param>
/// <param name="Changes">What differed, as an event holds it: a JSON array, UTF-8, of <c>{"path", "before", "after"}</c>.</param>
[GenerateSerializer, Immutable, Alias("SyncReply")]
public sealed record SyncReply([property: Id(0)] SyncResult Result, [property: Id(1)] ScimError? Error, [property: Id(2)] byte[] Changes)
{
    /// <summary>A refusal.</summary>
    public static SyncReply Refused(ScimError error) => new(SyncResult.Refused, error, []);
}
