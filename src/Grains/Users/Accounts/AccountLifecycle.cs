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
            user, user.Account with { Role = role, Epoch = user.Account.Epoch + 1 }, EventTypes.UserRoleChanged, now,
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
        var next = step.EventType == EventTypes.UserDeactivated ? account with { Epoch = account.Epoch + 1 } : account;
        return OwnerGuard.Apply(before, step with { Next = step.Next is { } resource ? UserRecord.With(resource, next) : null });
    }

    // The representation, its version and its time stay: nothing that SCIM shows has changed.
    private static ResourceDecision.Transition Change(UserRecord user, Account next, string eventType, DateTimeOffset now, params AttributeChange[] changes)
    {
        var keys = UserKeys.Of(ResourceDocument.ReadAttributes(user.Document));
        return OwnerGuard.Apply(user, new ResourceDecision.Transition(user with { Account = next }, keys, eventType, now, EventChanges.Of(changes), []));
    }

    private static ResourceDecision.Refused Refuse(int status, string id, string detail) => new(new ScimError(status, null, id, detail));
}
