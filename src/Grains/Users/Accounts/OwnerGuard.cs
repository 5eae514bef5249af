using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Grains.Users.Accounts;

/// <summary>A tenant that has an active owner keeps one, whoever asks: who gives that place up needs another who holds it in the same commit.</summary>
internal static class OwnerGuard
{
    private static readonly IndexKey Key = new("account.owner", "active", Unique: false);

    private static readonly CommitGuard Guard = new(new KeyGuard(Key), new ScimError(
        403, null, "last-owner", "This is the tenant's last active owner. Nothing was changed. Make somebody else an owner first."));

    /// <summary>Completes a step of a user with the key of active owners, and with the guard of the last one.</summary>
    /// <param name="before">The user before it; null when it is created.</param>
    /// <param name="step">The step.</param>
    public static ResourceDecision.Transition Apply(UserRecord? before, ResourceDecision.Transition step)
    {
        var (was, remains) = (IsActiveOwner(before), IsActiveOwner((UserRecord?)step.Next));
        return step with { Keys = remains ? [.. step.Keys, Key] : step.Keys, Guard = was && !remains ? Guard : null };
    }

    private static bool IsActiveOwner(UserRecord? user) => user is { Account.Role: Roles.Owner, IsActive: true };
}
