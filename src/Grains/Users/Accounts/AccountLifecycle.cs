using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Users.Accounts;

/// <summary>Decides what a command makes of an account. Pure.</summary>
internal static class AccountLifecycle
{
    /// <summary>Gives a role.</summary>
    public static ResourceDecision SetRole(UserRecord user, SetRole command, DateTimeOffset now) => command.Role switch
    {
        var role when !Roles.All.Contains(role) => Refuse(400, "role-unknown", $"There is no such role. Choose one of: {string.Join(", ", Roles.All.Order())}."),
        var role when Authority.OverRole(command.By, user.Account, role) is { } forbidden => new ResourceDecision.Refused(forbidden),
        var role when role == user.Account.Role => new ResourceDecision.Unchanged([]),
        var role => Change(
            user, user.Account.EndSessions(now) with { Role = role }, EventTypes.UserRoleChanged, now,
            new AttributeChange("account.role", JsonValue.Create(user.Account.Role), JsonValue.Create(role))),
    };

    /// <summary>What a step that SCIM shows does to the account.</summary>
    /// <param name="type">Users as the tenant has them.</param>
    /// <param name="before">The user before it; null when it is created.</param>
    /// <param name="command">What was asked.</param>
    /// <param name="draft">The attributes before and after; null when it is deleted.</param>
    /// <param name="decision">What was decided about the representation.</param>
    /// <param name="now">The time of the decision (UTC).</param>
    public static ResourceDecision Follow(
        ResourceType type, UserRecord? before, ResourceCommand command, ResourceDraft? draft, ResourceDecision decision, DateTimeOffset now)
    {
        if (decision is not ResourceDecision.Transition step)
        {
            return decision;
        }

        return step.Next is { } resource
            ? Complete(before, step with { Next = UserRecord.With(resource, Next(type, before?.Account, command, draft!, step.EventType, now)) })
            : Complete(before, step);
    }

    /// <summary>Joins the account to a user of Okta.</summary>
    public static ResourceDecision Link(UserRecord user, LinkOkta command, DateTimeOffset now) => user.Account.OktaId switch
    {
        _ when Authority.OverAccount(command.By, user.Account) is { } forbidden => new ResourceDecision.Refused(forbidden),
        _ when command.OktaId.Length is 0 or > IndexKey.MaxLength =>
            Refuse(400, "okta-id-invalid", $"An Okta id has 1 to {IndexKey.MaxLength} characters."),
        { } linked when linked == command.OktaId => new ResourceDecision.Unchanged([]),
        { } => Refuse(409, "account-linked", "The account is linked to another Okta user. An administrator has to unlink it first."),
        null => Change(
            user, user.Account with { OktaId = command.OktaId }, EventTypes.UserLinked, now,
            new AttributeChange("account.oktaId", null, JsonValue.Create(command.OktaId))),
    };

    /// <summary>Takes the link away. Whoever came in by it is out.</summary>
    public static ResourceDecision Unlink(UserRecord user, UnlinkOkta command, DateTimeOffset now) => user.Account.OktaId switch
    {
        _ when Authority.OverAccount(command.By, user.Account) is { } forbidden => new ResourceDecision.Refused(forbidden),
        null => new ResourceDecision.Unchanged([]),
        { } linked => Change(
            user, user.Account.EndSessions(now) with { OktaId = null }, EventTypes.UserUnlinked, now,
            new AttributeChange("account.oktaId", JsonValue.Create(linked), null)),
    };

    /// <summary>Why an account may not be anonymised; null when it may.</summary>
    public static ScimError? RefuseErasure(UserRecord user, Actor? by) => Authority.OverErasure(by, user.Account)
        ?? (user.IsActive ? new ScimError(409, null, "account-active", "Only a deactivated account can be anonymised. Nothing was changed. Deactivate it first.") : null);

    /// <summary>The user goes, and its event says nothing of it.</summary>
    public static ResourceDecision.Transition Erase(UserRecord user, DateTimeOffset now) =>
        OwnerGuard.Apply(user, new ResourceDecision.Transition(null, [], EventTypes.UserDeleted, now, EventChanges.None, []));

    /// <summary>A step of the account alone. The representation, its version and its time stay: nothing that SCIM shows has changed.</summary>
    internal static ResourceDecision Change(UserRecord user, Account next, string eventType, DateTimeOffset now, params AttributeChange[] changes)
    {
        var keys = UserKeys.Of(ResourceDocument.ReadAttributes(user.Document));
        return Complete(user, new ResourceDecision.Transition(user with { Account = next }, keys, eventType, now, EventChanges.Of(changes), []));
    }

    private static Account Next(ResourceType type, Account? before, ResourceCommand command, ResourceDraft draft, string eventType, DateTimeOffset now)
    {
        var account = before ?? Account.Initial;
        var invitation = eventType == EventTypes.UserReactivated ? InvitationLifecycle.Return(account.Invitation, command.Invitations, now) : account.Invitation;
        var kept = eventType == EventTypes.UserDeactivated ? account.EndSessions(now) with { PasswordLink = null, InvitationLink = null } : account;
        return kept with
        {
            Invitation = draft.Before is { } old
                ? InvitationLifecycle.Follow(invitation, type, old, draft.After, command.Invitations, now)
                : InvitationLifecycle.Begin(type, draft.After, command.Invitations, now),
            Manual = (command.By, draft.Before) switch
            {
                ({ } by, _) => Provenance.AfterEdit(type, draft.Before, draft.After, account.Manual, by.Id, now),
                (_, { } synced) => Provenance.AfterSync(type, synced, draft.After, account.Manual),
                _ => null,
            },
        };
    }

    // Keys and guard of whatever the account has become.
    private static ResourceDecision Complete(UserRecord? before, ResourceDecision.Transition step)
    {
        if (step.Next is not UserRecord next)
        {
            return OwnerGuard.Apply(before, step);
        }

        return next.Private.Length > PutRecord.MaxPrivateBytes
            ? Refuse(400, "too-many-manual-values", "The values that Okta supplied for the fields edited by hand are too much to keep. Undo some edits, or change them in Okta.")
            : OwnerGuard.Apply(before, step with { Keys = [.. step.Keys, .. AccountKeys.Of(next)] });
    }

    internal static ResourceDecision.Refused Refuse(int status, string id, string detail) => new(new ScimError(status, null, id, detail));
}
