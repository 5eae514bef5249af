using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Users.Accounts;

/// <summary>The keys by which users are found for their accounts.</summary>
internal static class AccountKeys
{
    /// <summary>The attribute of a role's key; the value is one of <see cref="Roles"/>.</summary>
    public const string Role = "account.role";

    /// <summary>The attribute of a status's key; the value is one of <see cref="AccountStatuses"/>. <see cref="AccountStatuses.InviteScheduled"/> is the list of invitations to send.</summary>
    public const string Status = "account.status";

    public static IEnumerable<IndexKey> Of(UserRecord user)
    {
        yield return new(Role, user.Account.Role, Unique: false);
        yield return new(Status, user.Status, Unique: false);
        if (user.Account.OktaId is { } oktaId)
        {
            yield return OktaId(oktaId);
        }

        if (user.Account.Sync?.Digest is { } digest)
        {
            yield return Synced(digest);
        }
    }

    /// <summary>The key of the user that is as Okta has the person: one look for it tells, without the user's grain, that there is nothing to do.</summary>
    public static IndexKey Synced(string digest) => new("account.synced", digest, Unique: false);

    /// <summary>The key of the account that is linked to a user of Okta.</summary>
    public static IndexKey OktaId(string oktaId) => new("account.oktaId", oktaId, Unique: true);
}
