using Orleans.Configuration;

namespace OrleansIdentity.Silo.Clustering;

/// <summary>
/// How soon a silo that is gone is noticed, and how long callers wait for one. Orleans' defaults notice a frozen silo after a minute and let callers
/// wait for half of one; what was measured with these is in <c>docs/operations.md</c>.
/// </summary>
public static class ClusterTimings
{
    /// <summary>Less than a request's deadline, so that the caller is told what happened; far more than any call takes on a busy node.</summary>
    public static TimeSpan ResponseTimeout { get; } = TimeSpan.FromSeconds(5);

    internal static void Apply(ClusterMembershipOptions options)
    {
        // Three missed probes: a silo that stands still is declared dead after about four seconds, one that is only short of processor time answers one of three.
        options.ProbeTimeout = TimeSpan.FromSeconds(1);
        options.NumMissedProbesLimit = 3;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        options.DefunctSiloExpiration = TimeSpan.FromHours(1);
    }

    internal static void Apply(SiloMessagingOptions options) => options.ResponseTimeout = ResponseTimeout;

    internal static void Apply(ClientMessagingOptions options) => options.ResponseTimeout = ResponseTimeout;

    /// <summary>An API drops the gateway of a dead silo when it reads the list anew: reading it costs next to nothing.</summary>
    internal static void Apply(GatewayOptions options) => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1);
}
