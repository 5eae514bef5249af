using System.Globalization;
using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Profiles;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Users.Accounts;

/// <summary>Decides when somebody is invited, and what becomes of an invitation. Sending it is somebody else's work. Pure.</summary>
internal static class InvitationLifecycle
{
    /// <summary>The invitation of an account that was just created.</summary>
    public static Invitation? Begin(ResourceType type, JsonObject attributes, InvitationPolicy? policy, DateTimeOffset now) => policy switch
    {
        not { Automatic: true } => null,
        { HireDateField: { } field } => ByHireDate(type, attributes, field, now),
        _ => new Invitation(Invitation.Scheduled, now),
    };

    /// <summary>The invitation after the attributes have changed: one that follows the hire date does so until it is out.</summary>
    public static Invitation? Follow(Invitation? current, ResourceType type, JsonObject before, JsonObject after, InvitationPolicy? policy, DateTimeOffset now) =>
        current is { FollowsHireDate: true, State: Invitation.Awaiting or Invitation.Scheduled }
        && policy is { Automatic: true, HireDateField: { } field }
        && (current.State == Invitation.Awaiting || !JsonNode.DeepEquals(Field(type, before, field), Field(type, after, field)))
            ? ByHireDate(type, after, field, now)
            : current;

    /// <summary>The invitation of an account that has access again. The link of one that was out went with the access: where people are invited automatically, another follows.</summary>
    public static Invitation? Return(Invitation? current, InvitationPolicy? policy, DateTimeOffset now) =>
        current is { State: Invitation.Pending } && policy is { Automatic: true }
            ? current with { State = Invitation.Scheduled, At = now, FollowsHireDate = false }
            : current;

    /// <summary>Has somebody who was not invited be so as if the account were created now.</summary>
    public static ResourceDecision Schedule(UserRecord user, ResourceType type, ScheduleInvitation command, DateTimeOffset now)
    {
        var attributes = StoredExtension.Conform(type, ResourceDocument.ReadAttributes(user.Document));
        return Authority.OverAccount(command.By, user.Account) is { } forbidden ? new ResourceDecision.Refused(forbidden)
            : user.Account.Invitation?.State is Invitation.Scheduled or Invitation.Pending or Invitation.Confirmed
                || Begin(type, attributes, command.Invitations, now) is not { } next || next == user.Account.Invitation
                ? new ResourceDecision.Unchanged([])
            : Become(user, next with { Sent = user.Account.Invitation?.Sent ?? 0, SentAt = user.Account.Invitation?.SentAt }, now);
    }

    /// <summary>When the invitation that a step has made is to go out (UTC), of which there has to be a note before the step is committed; null when it has made none.</summary>
    public static DateTimeOffset? DueAfter(UserRecord? before, UserRecord? next) =>
        next is { Account.Invitation: { State: Invitation.Scheduled, At: { } at } invitation, IsActive: true }
        && (before?.Account.Invitation != invitation || !before.IsActive)
            ? at
            : null;

    /// <summary>Whether an invitation may go out under a condition.</summary>
    public static bool Meets(Invitation? current, InvitationCondition condition, DateTimeOffset now) => condition switch
    {
        InvitationCondition.Due => current is { State: Invitation.Scheduled } && current.At <= now,
        InvitationCondition.NotInvited => current is null or { State: Invitation.Awaiting or Invitation.Revoked },
        _ => true,
    };

    private static ResourceDecision Become(UserRecord user, Invitation next, DateTimeOffset now) => !user.IsActive
        ? Refuse("account-deactivated", "The account is deactivated. Reactivate it first.")
        : AccountLifecycle.Change(user, user.Account with { Invitation = next }, EventTypes.UserInvitationScheduled, now, new AttributeChange(
            "account.status", user.Status, Invitation.Status(next, isActive: true)));

    private static Invitation ByHireDate(ResourceType type, JsonObject attributes, string field, DateTimeOffset now) => HireDate(Field(type, attributes, field)) is { } date
        ? new Invitation(Invitation.Scheduled, date > now ? date : now, FollowsHireDate: true)
        : new Invitation(Invitation.Awaiting, null, FollowsHireDate: true);

    private static JsonNode? Field(ResourceType type, JsonObject attributes, string field) => LocalFields.Find(type, LocalFields.CustomPrefix + field)?.Read(attributes);

    // The day begins in UTC: of a person's own day one would have to know the time zone, which may come later than the date.
    private static DateTimeOffset? HireDate(JsonNode? value) => AttributeAccess.Text(value) is not { } text ? null
        : DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant
        : null;

    private static ResourceDecision.Refused Refuse(string id, string detail) => new(new ScimError(409, null, id, $"{detail} Nothing was changed."));
}
