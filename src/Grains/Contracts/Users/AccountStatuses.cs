namespace OrleansIdentity.Grains.Contracts.Users;

/// <summary>Where an account is on its way in or out. The text is what readers of the API see.</summary>
public static class AccountStatuses
{
    /// <summary>It exists, and nobody has been asked to come in.</summary>
    public const string NotInvited = "not_invited";

    /// <summary>The invitation goes out at a known time.</summary>
    public const string InviteScheduled = "invite_scheduled";

    /// <summary>The invitation is out and not yet accepted.</summary>
    public const string InvitePending = "invite_pending";

    /// <summary>The person has come in.</summary>
    public const string Confirmed = "confirmed";

    /// <summary>It has no access.</summary>
    public const string Deactivated = "deactivated";

    /// <summary>It was deactivated, and its personal data is erased.</summary>
    public const string Anonymised = "anonymised";
}
