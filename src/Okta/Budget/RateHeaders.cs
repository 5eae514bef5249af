using System.Globalization;
using System.Net.Http.Headers;

namespace OrleansIdentity.Okta.Budget;

/// <summary>What an answer says about the rate limit of its bucket.</summary>
/// <param name="Limit">Requests in a window.</param>
/// <param name="Remaining">How many of them are left.</param>
/// <param name="Reset">The window's end, in Unix seconds of the org's clock; it tells windows apart.</param>
/// <param name="UntilReset">How far away that was when the org answered, by its own clock: the clocks of the two need not agree.</param>
internal readonly record struct RateHeaders(int Limit, int Remaining, long Reset, TimeSpan UntilReset)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>A 429 with these means too many requests at once, not too many in the window; its reset is only an estimate.</summary>
    public bool IsConcurrency => Limit == 0 && Remaining == 0;

    /// <summary>Reads them; null when one is missing or is no number.</summary>
    /// <param name="headers">The answer's headers.</param>
    /// <param name="now">The local time, for an answer without <c>Date</c>.</param>
    public static RateHeaders? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (Number(headers, "X-Rate-Limit-Limit") is not { } limit
            || Number(headers, "X-Rate-Limit-Remaining") is not { } remaining
            || Number(headers, "X-Rate-Limit-Reset") is not { } reset
            || limit > int.MaxValue
            || remaining > int.MaxValue
            || reset > 253_402_300_799)
        {
            return null;
        }

        var until = DateTimeOffset.FromUnixTimeSeconds(reset) - (headers.Date ?? now);
        return new((int)limit, (int)remaining, reset, until < TimeSpan.Zero ? TimeSpan.Zero : until > Longest ? Longest : until);
    }

    private static long? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
