namespace OrleansIdentity.Grains.Standard;

/// <summary>How long to wait before Okta is asked again: twice as long each time, up to a quarter of an hour, for as long as it takes.</summary>
public static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>The wait.</summary>
    /// <param name="tries">How often it came to nothing, from 1.</param>
    public static TimeSpan After(int tries) => TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Clamp(tries - 1, 0, 12)));
}
