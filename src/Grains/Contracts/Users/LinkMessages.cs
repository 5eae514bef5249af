using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Contracts.Users;

/// <summary>What a link from a mail is for.</summary>
public enum LinkPurpose
{
    /// <summary>To set a new password instead of a forgotten one.</summary>
    Password,

    /// <summary>To come in for the first time.</summary>
    Invitation,
}

/// <summary>What an invitation must be like for a link of it to be made.</summary>
public enum InvitationCondition
{
    /// <summary>Anything but accepted: whoever was invited before is invited again.</summary>
    None,

    /// <summary>Nobody has been invited, and no invitation is under way.</summary>
    NotInvited,

    /// <summary>Its time has come.</summary>
    Due,
}

/// <summary>Makes a link and asks for a mail with it. An earlier link for the same purpose is worth nothing any more. Nothing happens unless its condition is met.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
/// <param name="Purpose">What for.</param>
/// <param name="LinkId">The link's id, chosen by the door: the mail's too. What is in the link is made of it with a key that is not in the store.</param>
/// <param name="ExpiresAt">Until when it is worth something (UTC).</param>
[GenerateSerializer, Immutable, Alias("MakeLink")]
public sealed record MakeLink(
    EventOrigin Origin, DateTimeOffset Deadline, [property: Id(0)] LinkPurpose Purpose, [property: Id(1)] string LinkId, [property: Id(2)] DateTimeOffset ExpiresAt)
    : AccountCommand(Origin, Deadline)
{
    /// <summary>What the invitation must be like; of no account for links of another purpose.</summary>
    [Id(3)]
    public InvitationCondition Condition { get; init; }
}

/// <summary>Says that a link's mail is on its way. Nothing happens when it was said before.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
/// <param name="LinkId">The link.</param>
[GenerateSerializer, Immutable, Alias("MarkMailed")]
public sealed record MarkMailed(EventOrigin Origin, DateTimeOffset Deadline, [property: Id(0)] string LinkId) : AccountCommand(Origin, Deadline);

/// <summary>Makes an invitation worth nothing: one that is out, and one that is yet to go out.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
/// <param name="Reason">Why, for the event; null when somebody wants it so.</param>
[GenerateSerializer, Immutable, Alias("RevokeInvitation")]
public sealed record RevokeInvitation(EventOrigin Origin, DateTimeOffset Deadline, [property: Id(0)] string? Reason = null) : AccountCommand(Origin, Deadline);

/// <summary>Uses a link up to set a password. Every session ends.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
/// <param name="LinkId">The link.</param>
/// <param name="Hash">The password's hash.</param>
[GenerateSerializer, Immutable, Alias("UseLink")]
public sealed record UseLink(EventOrigin Origin, DateTimeOffset Deadline, [property: Id(0)] string LinkId, [property: Id(1)] string Hash) : AccountCommand(Origin, Deadline);

/// <summary>A link that is worth something.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Purpose">What for.</param>
/// <param name="ExpiresAt">Until when (UTC).</param>
/// <param name="IsMailed">Whether its mail is on its way.</param>
/// <param name="Document">The user's stored representation, UTF-8 JSON.</param>
[GenerateSerializer, Immutable, Alias("LinkView")]
public sealed record LinkView(
    [property: Id(0)] string Id, [property: Id(1)] LinkPurpose Purpose, [property: Id(2)] DateTimeOffset ExpiresAt, [property: Id(3)] bool IsMailed, [property: Id(4)] byte[] Document);
