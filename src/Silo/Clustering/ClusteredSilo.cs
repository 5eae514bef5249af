using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Hosting;
using OrleansIdentity.Silo.Storage.AzureTables;
using StackExchange.Redis;

namespace OrleansIdentity.Silo.Clustering;

/// <summary>Makes this process a silo of a cluster.</summary>
public static class ClusteredSilo
{
    /// <summary>Adds a silo that finds the others through Redis.</summary>
    public static IHostApplicationBuilder AddClusteredSilo(this IHostApplicationBuilder builder)
    {
        builder.Services.AddClusterNode();
        builder.UseOrleans(silo =>
        {
            silo.UseRedisClustering(_ => { });
            silo.UseRedisReminderService(_ => { });
            silo.Services.AddOptions<RedisClusteringOptions>().Configure<IOptions<ClusterNodeOptions>>(
                (redis, node) => redis.ConfigurationOptions = RedisConnection(node.Value));
            silo.Services.AddOptions<RedisReminderTableOptions>().Configure<IOptions<ClusterNodeOptions>>(
                (redis, node) => redis.ConfigurationOptions = RedisConnection(node.Value));
            silo.Services.AddOptions<ClusterOptions>().Configure<IOptions<ClusterNodeOptions>>(Name);
            silo.Services.AddOptions<EndpointOptions>().Configure<IOptions<ClusterNodeOptions>>(Listen);
            silo.Configure<ClusterMembershipOptions>(ClusterTimings.Apply);
            silo.Configure<SiloMessagingOptions>(ClusterTimings.Apply);
            silo.Services.AddSingleton(RecordLease.Cluster);
            silo.Services.AddAzureStorage();
            silo.Services.AddIdentitySilo();
        });
        return builder;
    }

    internal static void Name(ClusterOptions cluster, IOptions<ClusterNodeOptions> node)
    {
        cluster.ClusterId = node.Value.Id;
        cluster.ServiceId = ClusterNodeOptions.ServiceId;
    }

    internal static ConfigurationOptions RedisConnection(ClusterNodeOptions node)
    {
        var connection = ConfigurationOptions.Parse(node.Redis!);

        // Redis may be away for a while, at start too: the cluster goes on without it and finds it again.
        connection.AbortOnConnectFail = false;
        return connection;
    }

    private static void Listen(EndpointOptions endpoint, IOptions<ClusterNodeOptions> node)
    {
        var address = node.Value.AdvertisedAddress is { } text
            ? IPAddress.Parse(text)
            : Dns.GetHostAddresses(Dns.GetHostName()).FirstOrDefault(found => found.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork) ?? IPAddress.Loopback;
        endpoint.AdvertisedIPAddress = address;
        endpoint.SiloPort = node.Value.SiloPort;
        endpoint.GatewayPort = node.Value.GatewayPort;
        endpoint.SiloListeningEndpoint = new IPEndPoint(address, node.Value.SiloPort);
        endpoint.GatewayListeningEndpoint = new IPEndPoint(address, node.Value.GatewayPort);
    }
}
