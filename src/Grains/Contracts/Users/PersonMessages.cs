using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Contracts.Users;

/// <summary>Changes local fields of a user by hand. What Okta has supplied is remembered, shown as drift, and in force again after the next sync.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
/// <param name="IfMatch">The request's <c>If-Match</c> header.</param>
/// <param name="Fields">A merge patch (RFC 7396) of local fields, UTF-8 JSON.</param>
/// <param name="Active">Whether the user is to have access; null to leave that as it is.</param>
[GenerateSerializer, Immutable, Alias("EditProfile")]
public sealed record EditProfile(EventOrigin Origin, DateTimeOffset Deadline, string? IfMatch, [property: Id(0)] byte[] Fields, [property: Id(1)] bool? Active = null)
    : ResourceCommand(Origin, Deadline, IfMatch);

/// <summary>Erases the personal data of a deactivated account, in its events too.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
[GenerateSerializer, Immutable, Alias("AnonymiseAccount")]
public sealed record AnonymiseAccount(EventOrigin Origin, DateTimeOffset Deadline) : AccountCommand(Origin, Deadline);

/// <summary>Has an account that was not invited be so as if it were created now.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
/// <param name="Invitations">Whether and when new accounts are invited.</param>
/// <param name="SchemaRevision">The revision of the tenant's own schema that the policy belongs to.</param>
[GenerateSerializer, Immutable, Alias("ScheduleInvitation")]
public sealed record ScheduleInvitation(
    EventOrigin Origin, DateTimeOffset Deadline, [property: Id(0)] InvitationPolicy Invitations, [property: Id(1)] long SchemaRevision) : AccountCommand(Origin, Deadline);

/// <summary>A field that was edited by hand since Okta supplied it last.</summary>
/// <param name="Field">The local field.</param>
/// <param name="OktaValue">What Okta supplied, JSON; null when it has supplied nothing.</param>
/// <param name="At">When it was edited last (UTC).</param>
/// <param name="By">The user who did.</param>
[GenerateSerializer, Immutable, Alias("ManualField")]
public sealed record ManualField([property: Id(0)] string Field, [property: Id(1)] string? OktaValue, [property: Id(2)] DateTimeOffset At, [property: Id(3)] string By);
