using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Grains.Users.Accounts;

/// <summary>What a person may do to an account: nobody touches one above their own, or gives a role above their own. Pure.</summary>
internal static class Authority
{
    private const int OfHr = 1;
    private const int OfAdmin = 2;
    private const int OfOwner = 3;

    /// <summary>Why a person may not create or change an account; null when it may, or when nobody's name was given.</summary>
    /// <param name="by">The person; null for a sync and for the vendor.</param>
    /// <param name="target">The account; null when it is created.</param>
    public static ScimError? OverAccount(Actor? by, Account? target) => by is null ? null
        : Rank(by.Role) < OfHr ? Forbidden("role-insufficient", "Only an owner, admin or hr may change people. Ask one of them.")
        : Rank(target?.Role) > Rank(by.Role) ? Forbidden("account-above-role", $"The account's role is above {by.Role}. Ask somebody with that role.")
        : null;

    /// <summary>Why a person may not give an account a role.</summary>
    public static ScimError? OverRole(Actor? by, Account target, string role) => OverAccount(by, target)
        ?? (by is not null && (Rank(by.Role) < OfAdmin || Rank(role) > Rank(by.Role))
            ? Forbidden("role-grant-forbidden", "Admins give roles up to admin, owners every role, and others none. Ask an owner.")
            : null);

    /// <summary>Why a person may not erase an account.</summary>
    public static ScimError? OverErasure(Actor? by, Account target) => OverAccount(by, target)
        ?? (by is not null && Rank(by.Role) < OfAdmin ? Forbidden("role-insufficient", "Only an owner or admin may anonymise an account. Ask one of them.") : null);

    private static int Rank(string? role) => role switch
    {
        Roles.Owner => OfOwner,
        Roles.Admin => OfAdmin,
        Roles.Hr => OfHr,
        _ => 0,
    };

    private static ScimError Forbidden(string id, string detail) => new(403, null, id, $"{detail} Nothing was changed.");
}
