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
        && policy?.HireDateField is { } field
        && (current.State == Invitation.Awaiting || !JsonNode.DeepEquals(Field(type, before, field), Field(type, after, field)))
            ? ByHireDate(type, after, field, now)
            : current;

    /// <summary>Has it go out at a time.</summary>
    public static ResourceDecision Schedule(UserRecord user, ScheduleInvitation command, DateTimeOffset now) => user.Account.Invitation switch
    {
        { State: Invitation.Confirmed } => new ResourceDecision.Unchanged([]),
        { State: Invitation.Scheduled, FollowsHireDate: false } scheduled when scheduled.At == command.At => new ResourceDecision.Unchanged([]),
        _ => Become(user, new Invitation(Invitation.Scheduled, command.At), EventTypes.UserInvitationScheduled, now),
    };

    /// <summary>It is out.</summary>
    public static ResourceDecision MarkInvited(UserRecord user, DateTimeOffset now) => user.Account.Invitation?.State is Invitation.Pending or Invitation.Confirmed
        ? new ResourceDecision.Unchanged([])
        : Become(user, new Invitation(Invitation.Pending, now), EventTypes.UserInvited, now);

    /// <summary>It was accepted.</summary>
    public static ResourceDecision Confirm(UserRecord user, DateTimeOffset now) => user.Account.Invitation?.State switch
    {
        Invitation.Confirmed => new ResourceDecision.Unchanged([]),
        Invitation.Pending => Become(user, new Invitation(Invitation.Confirmed, now), EventTypes.UserConfirmed, now),
        _ => Refuse("not-invited", "The account has not been invited yet, so there is nothing to accept. Invite it first."),
    };

    private static ResourceDecision Become(UserRecord user, Invitation next, string eventType, DateTimeOffset now) => !user.IsActive
        ? Refuse("account-deactivated", "The account is deactivated. Reactivate it first.")
        : AccountLifecycle.Change(user, user.Account with { Invitation = next }, eventType, now, new AttributeChange(
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
