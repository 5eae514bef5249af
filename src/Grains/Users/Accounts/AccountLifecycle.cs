using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.Users.Accounts;

/// <summary>Decides what a command makes of an account. Pure.</summary>
internal static class AccountLifecycle
{
    /// <summary>Gives a role.</summary>
    public static ResourceDecision SetRole(UserRecord user, SetRole command, DateTimeOffset now) => command.Role switch
    {
        var role when !Roles.All.Contains(role) => Refuse(400, "role-unknown", $"There is no such role. Choose one of: {string.Join(", ", Roles.All.Order())}."),
        var role when role == user.Account.Role => new ResourceDecision.Unchanged([]),
        var role => Change(
            user, user.Account.EndSessions(now) with { Role = role }, EventTypes.UserRoleChanged, now,
            new AttributeChange("account.role", JsonValue.Create(user.Account.Role), JsonValue.Create(role))),
    };

    /// <summary>What a step that SCIM shows does to the account.</summary>
    /// <param name="before">The user before it; null when it is created.</param>
    /// <param name="decision">What was decided about the representation.</param>
    public static ResourceDecision Follow(UserRecord? before, ResourceDecision decision)
    {
        if (decision is not ResourceDecision.Transition step)
        {
            return decision;
        }

        var account = before?.Account ?? Account.Initial;
        var next = step.EventType == EventTypes.UserDeactivated ? account.EndSessions(step.Time) with { PasswordLink = null, Invitation = null } : account;
        return Complete(before, step with { Next = step.Next is { } resource ? UserRecord.With(resource, next) : null });
    }

    /// <summary>Joins the account to a user of Okta.</summary>
    public static ResourceDecision Link(UserRecord user, LinkOkta command, DateTimeOffset now) => user.Account.OktaId switch
    {
        _ when command.OktaId.Length is 0 or > IndexKey.MaxLength =>
            Refuse(400, "okta-id-invalid", $"An Okta id has 1 to {IndexKey.MaxLength} characters."),
        { } linked when linked == command.OktaId => new ResourceDecision.Unchanged([]),
        { } => Refuse(409, "account-linked", "The account is linked to another Okta user. An administrator has to unlink it first."),
        null => Change(
            user, user.Account with { OktaId = command.OktaId }, EventTypes.UserLinked, now,
            new AttributeChange("account.oktaId", null, JsonValue.Create(command.OktaId))),
    };

    // The representation, its version and its time stay: nothing that SCIM shows has changed.
    internal static ResourceDecision.Transition Change(UserRecord user, Account next, string eventType, DateTimeOffset now, params AttributeChange[] changes)
    {
        var keys = UserKeys.Of(ResourceDocument.ReadAttributes(user.Document));
        return Complete(user, new ResourceDecision.Transition(user with { Account = next }, keys, eventType, now, EventChanges.Of(changes), []));
    }

    internal static ResourceDecision.Refused Refuse(int status, string id, string detail) => new(new ScimError(status, null, id, detail));

    // What is found by the account is found by keys of the record, like what is found by the representation.
    private static ResourceDecision.Transition Complete(UserRecord? before, ResourceDecision.Transition step) => OwnerGuard.Apply(
        before, (UserRecord?)step.Next is { Account.OktaId: { } oktaId } ? step with { Keys = [.. step.Keys, UserKeys.OktaId(oktaId)] } : step);
}
