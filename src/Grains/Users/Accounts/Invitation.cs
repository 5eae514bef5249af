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

    /// <summary>It was made worth nothing.</summary>
    public const string Revoked = "revoked";

    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>How often it has gone out.</summary>
    public int Sent { get; init; }

    /// <summary>When it went out last (UTC); null before it did.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When a person may have it go out again (UTC): after each time twice as late, up to a day. Null before it went out.</summary>
    public DateTimeOffset? AgainAt => SentAt + TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Clamp(Sent - 1, 0, 20)));

    /// <summary>It goes out.</summary>
    public static Invitation Send(Invitation? current, DateTimeOffset now) => new(Pending, now) { Sent = (current?.Sent ?? 0) + 1, SentAt = now };

    /// <summary>It is taken back. What was sent is remembered, so that taking it back does not make sending it again any sooner.</summary>
    public static Invitation Revoke(Invitation? current) => new(Revoked, null) { Sent = current?.Sent ?? 0, SentAt = current?.SentAt };

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
