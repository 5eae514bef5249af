using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Contracts.Users;

/// <summary>What all commands to an account have in common.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC): from then on nothing is begun.</param>
[GenerateSerializer, Immutable, Alias("AccountCommand")]
public abstract record AccountCommand([property: Id(0)] EventOrigin Origin, [property: Id(1)] DateTimeOffset Deadline)
{
    /// <summary>The person on whose behalf it is asked; null when nobody's. What that person may do is checked where the account is changed.</summary>
    [Id(10)]
    public Actor? By { get; init; }
}

/// <summary>Gives an account a role.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
[GenerateSerializer, Immutable, Alias("SetRole")]
public sealed record SetRole(EventOrigin Origin, DateTimeOffset Deadline, [property: Id(0)] string Role) : AccountCommand(Origin, Deadline);

/// <summary>What became of a command to an account, or its state.</summary>
/// <param name="Refusal">Why it was refused; null when it was carried out.</param>
/// <param name="Account">The account as it is now; null with a refusal.</param>
/// <param name="Changed">Whether this call changed anything.</param>
[GenerateSerializer, Immutable, Alias("AccountReply")]
public sealed record AccountReply([property: Id(0)] Refusal? Refusal, [property: Id(1)] AccountView? Account, [property: Id(2)] bool Changed)
{
    /// <summary>A refusal.</summary>
    public static AccountReply Refused(Refusal refusal) => new(refusal, null, false);
}

/// <summary>An account as readers may see it.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Status">One of <see cref="AccountStatuses"/>.</param>
/// <param name="Document">The user's stored representation, UTF-8 JSON.</param>
[GenerateSerializer, Immutable, Alias("AccountView")]
public sealed record AccountView([property: Id(0)] string Id, [property: Id(1)] string Role, [property: Id(2)] string Status, [property: Id(3)] byte[] Document)
{
    /// <summary>The version of the representation, which SCIM shows as ETag; 0 of an anonymised account.</summary>
    [Id(10)]
    public long Version { get; init; }

    /// <summary>The fields that were edited by hand since Okta supplied them last, in the order of their names.</summary>
    [Id(11)]
    public ManualField[] Manual { get; init; } = [];

    /// <summary>When the invitation goes out, went out or was accepted (UTC), as <see cref="Status"/> says; null when there is no such time.</summary>
    [Id(12)]
    public DateTimeOffset? InvitationAt { get; init; }

    /// <summary>The groups that the user is a member of, in the order of their ids.</summary>
    [Id(13)]
    public GroupLink[] Groups { get; init; } = [];
}
