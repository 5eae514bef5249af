using OrleansIdentity.Grains.Contracts.Users;

namespace OrleansIdentity.Grains.Users.Accounts;

/// <summary>Where an invitation is; there is none while nobody has thought of one.</summary>
/// <param name="State">One of the constants here; what is stored.</param>
/// <param name="At">When it goes out, went out or was accepted (UTC); null while its time is not known.</param>
/// <param name="FollowsHireDate">Whether its time follows the hire date, which may change or yet have to come.</param>
internal sealed record Invitation(string State, DateTimeOffset? At, bool FollowsHireDate = false)
{
    /// <summary>It goes out as soon as the hire date is known, at that date.</summary>
    public const string Awaiting = "awaiting";

    /// <summary>It goes out at a known time.</summary>
    public const string Scheduled = "scheduled";

    /// <summary>It is out.</summary>
    public const string Pending = "pending";

    /// <summary>It was accepted.</summary>
    public const string Confirmed = "confirmed";

    /// <summary>The status of an account with this invitation.</summary>
    public static string Status(Invitation? invitation, bool isActive) => (isActive, invitation?.State) switch
    {
        (false, _) => AccountStatuses.Deactivated,
        (_, Scheduled) => AccountStatuses.InviteScheduled,
        (_, Pending) => AccountStatuses.InvitePending,
        (_, Confirmed) => AccountStatuses.Confirmed,
        _ => AccountStatuses.NotInvited,
    };
}
