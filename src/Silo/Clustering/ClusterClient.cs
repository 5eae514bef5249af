using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using OrleansIdentity.Silo.Health;

namespace OrleansIdentity.Silo.Clustering;

/// <summary>Makes this process a client of a cluster: it hosts no grain and has no store.</summary>
public static class ClusterClient
{
    /// <summary>Adds a client that finds the silos through Redis. It waits at start until there is one.</summary>
    public static IHostApplicationBuilder AddClusterClient(this IHostApplicationBuilder builder)
    {
        builder.Services.AddClusterNode();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.UseOrleansClient(client =>
        {
            client.UseRedisClustering(_ => { });
            client.Services.AddOptions<RedisClusteringOptions>().Configure<IOptions<ClusterNodeOptions>>(
                (redis, node) => redis.ConfigurationOptions = ClusteredSilo.RedisConnection(node.Value));
            client.Services.AddOptions<ClusterOptions>().Configure<IOptions<ClusterNodeOptions>>(ClusteredSilo.Name);
            client.Configure<ClientMessagingOptions>(ClusterTimings.Apply);
            client.Configure<GatewayOptions>(ClusterTimings.Apply);
            client.UseConnectionRetryFilter<WaitForSilos>();
        });
        builder.Services.AddHealthChecks().AddCheck<ClusterHealthCheck>("cluster", tags: ["ready"]);
        return builder;
    }
}
