using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace OrleansIdentity.OktaSimulator.Management.Limits;

/// <summary>The org's rate limits: windows of a minute per bucket, and a number of requests at once.</summary>
public sealed class OrgLimits
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly SimulatedOrgOptions _options;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, (DateTimeOffset Ends, int Used)> _windows = new(StringComparer.Ordinal);
    private int _inFlight;

    internal OrgLimits(SimulatedOrgOptions options, TimeProvider clock) => (_options, _clock) = (options, clock);

    /// <summary>How many requests at once there were at most.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>How many requests were refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Uses up requests, as another client of the org does.</summary>
    public void Use(string bucket, int count)
    {
        lock (_lock)
        {
            var (ends, used) = Of(bucket);
            _windows[bucket] = (ends, used + count);
        }
    }

    /// <summary>Counts a request and sets the headers.</summary>
    /// <returns>Whether it is within the limits; <see cref="Leave"/> must follow either way.</returns>
    internal bool Enter(HttpResponse response, string bucket, bool isConcurrencyFault)
    {
        lock (_lock)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_inFlight);
            var (ends, used) = Of(bucket);
            if (isConcurrencyFault || _inFlight > _options.Concurrency)
            {
                Refused++;
                Write(response, 0, 0, ends);
                return false;
            }

            _windows[bucket] = (ends, used + 1);
            Write(response, _options.RateLimit, Math.Max(0, _options.RateLimit - used - 1), ends);
            if (used < _options.RateLimit)
            {
                return true;
            }

            Refused++;
            return false;
        }
    }

    internal void Leave()
    {
        lock (_lock)
        {
            _inFlight--;
        }
    }

    /// <summary>The bucket of a path: ids do not tell buckets apart.</summary>
    internal static string BucketOf(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(2).ToArray();
        return string.Join('/', segments.Select((segment, index) => index > 0 && segments[index - 1] is "apps" or "users" or "groups" ? "{id}" : segment));
    }

    private (DateTimeOffset Ends, int Used) Of(string bucket)
    {
        var now = _clock.GetUtcNow();
        return _windows.TryGetValue(bucket, out var known) && known.Ends > now ? known : (now + Window, 0);
    }

    private static void Write(HttpResponse response, int limit, int remaining, DateTimeOffset ends)
    {
        response.Headers["X-Rate-Limit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-Rate-Limit-Remaining"] = remaining.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-Rate-Limit-Reset"] = ends.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
    }
}
