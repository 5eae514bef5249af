namespace OrleansIdentity.Okta.Budget;

/// <summary>What is known about one bucket of an org. Pure: every change is a new value.</summary>
/// <param name="Limit">Requests in a window; 0 until an answer has told.</param>
/// <param name="Remaining">How many the org says are left, less those of ours that it may not have counted.</param>
/// <param name="Ends">When the window ends, by the local clock.</param>
/// <param name="Reset">The end of the last window that an answer spoke of, by the org's clock, in Unix seconds; 0 before the first answer.</param>
/// <param name="Used">How many of ours fell into it.</param>
/// <param name="IsAssumed">Whether the window began by our own reckoning, and no answer has spoken of it yet.</param>
internal readonly record struct RateWindow(int Limit, int Remaining, DateTimeOffset Ends, long Reset, int Used, bool IsAssumed = false)
{
    // A window whose end moves by no more than this is the same one.
    private const int Tolerance = 5;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    /// <summary>How long to wait before one more may be sent; zero for not at all.</summary>
    public TimeSpan WaitAt(DateTimeOffset now, RateRules rules)
    {
        if (now >= Ends)
        {
            return TimeSpan.Zero;
        }

        var isUsedUp = Limit > 0 && (Used >= Math.Max(1, (int)(Limit * rules.Share)) || Remaining <= Limit * rules.Reserve);
        return isUsedUp || IsClosed ? Ends - now : TimeSpan.Zero;
    }

    // A limit that is not known, and yet nothing remains: a 429 that did not say more.
    private bool IsClosed => Limit == 0 && Remaining < 0;

    /// <summary>One is sent.</summary>
    /// <param name="now">The time.</param>
    /// <param name="inFlight">How many of ours are under way already: the org's window may have ended before ours, and they fall into its next one.</param>
    public RateWindow Take(DateTimeOffset now, int inFlight) => now < Ends || Limit == 0
        ? this with { Used = Used + 1, Remaining = Limit == 0 ? 0 : Remaining - 1 }
        : new RateWindow(Limit, Limit - 1 - inFlight, now + Length, Reset, 1 + inFlight, IsAssumed: true);

    /// <summary>An answer has come. Answers of parallel requests come in any order.</summary>
    /// <param name="told">What it says.</param>
    /// <param name="now">The time.</param>
    /// <param name="inFlight">How many of ours are under way: they fall into the window that begins with this answer, if one does, and so does its own.</param>
    public RateWindow Learn(RateHeaders told, DateTimeOffset now, int inFlight)
    {
        var isNext = told.Reset > Reset + Tolerance;
        if (!isNext && (IsAssumed || told.Reset < Reset - Tolerance))
        {
            return this;
        }

        var (ends, remaining) = (now + told.UntilReset, told.Remaining - inFlight);
        if (Reset == 0)
        {
            return new(told.Limit, Limit == 0 ? remaining : Math.Min(Remaining, remaining), ends, told.Reset, Used);
        }

        return isNext
            ? new(told.Limit, remaining, ends, told.Reset, IsAssumed ? Used : inFlight + 1)
            : this with { Limit = told.Limit, Remaining = Math.Min(Remaining, remaining), Ends = ends };
    }

    /// <summary>The org refused for the rate: nothing is left of this window, whatever was counted.</summary>
    public RateWindow Close(DateTimeOffset now) => Ends > now
        ? this with { Remaining = Limit == 0 ? -1 : 0 }
        : new RateWindow(Limit, Limit == 0 ? -1 : 0, now + Length, Reset, Used, IsAssumed: true);
}
