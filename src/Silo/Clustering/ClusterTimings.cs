using Orleans.Configuration;

namespace OrleansIdentity.Silo.Clustering;

/// <summary>
/// How soon a silo that is gone is noticed, and how long callers wait for one. Orleans' defaults notice a frozen silo after a minute and let callers
/// wait for half of one; what was measured with these is in <c>docs/operations.md</c>.
/// </summary>
public static class ClusterTimings
{
    /// <summary>Less than a request's deadline, so that the caller is told what happened; far more than any call takes on a busy node.</summary>
    public static TimeSpan ResponseTimeout { get; } = TimeSpan.FromSeconds(4);

    internal static void Apply(ClusterMembershipOptions options)
    {
        // Orleans does not vote a silo dead while any message of it arrived within four times (probe time-out × missed probes), however many probes it has
        // missed: 60 s by default, and 3.6 s here. That is also why short probes evict no silo that is only busy: as long as it says anything, it lives.
        options.ProbeTimeout = TimeSpan.FromMilliseconds(300);
        options.NumMissedProbesLimit = 3;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        options.DefunctSiloExpiration = TimeSpan.FromHours(1);
    }

    internal static void Apply(SiloMessagingOptions options) => options.ResponseTimeout = ResponseTimeout;

    internal static void Apply(ClientMessagingOptions options) => options.ResponseTimeout = ResponseTimeout;

    /// <summary>An API drops the gateway of a dead silo when it reads the list anew: reading it costs next to nothing.</summary>
    internal static void Apply(GatewayOptions options) => options.GatewayListRefreshPeriod = TimeSpan.FromMilliseconds(500);
}
