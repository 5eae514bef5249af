namespace OrleansIdentity.Silo.Clustering;

/// <summary>How this process finds the others.</summary>
public enum ClusterMode
{
    /// <summary>It is alone: the API hosts a silo in its own process.</summary>
    Embedded,

    /// <summary>Silos and APIs are processes of their own, and find each other through Redis.</summary>
    Redis,
}

/// <summary>This process's place in a cluster; section <c>Cluster</c>.</summary>
public sealed class ClusterNodeOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Cluster";

    /// <summary>Under this name the cluster's reminders and small documents are stored; it is the same in all clusters and never changes.</summary>
    public const string ServiceId = "orleansidentity";

    /// <summary>How the cluster is formed.</summary>
    public ClusterMode Mode { get; set; } = ClusterMode.Embedded;

    /// <summary>The cluster's name. Several clusters may share one Redis under different names, and must not share a store.</summary>
    public string Id { get; set; } = ServiceId;

    /// <summary>Redis, as StackExchange.Redis writes connections: <c>host:6379</c>, with <c>ssl=true</c> for TLS and <c>password=…</c>.</summary>
    public string? Redis { get; set; }

    /// <summary>The IP address at which other processes reach this silo; null for the first address of this host's name.</summary>
    public string? AdvertisedAddress { get; set; }

    /// <summary>The port for other silos.</summary>
    public int SiloPort { get; set; } = 11_111;

    /// <summary>The port for APIs.</summary>
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>Seconds between "not ready" and the end of new work when the process is told to stop: long enough for a load balancer to notice.</summary>
    public int DrainSeconds { get; set; } = 5;

    /// <summary>Seconds in which a process that is told to stop has ended, drain included; then it ends as it is.</summary>
    public int GraceSeconds { get; set; } = 30;
}
