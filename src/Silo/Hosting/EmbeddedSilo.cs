using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using OrleansIdentity.Grains;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Clustering;
using OrleansIdentity.Silo.Groups;
using OrleansIdentity.Silo.Health;
using OrleansIdentity.Silo.Storage;
using OrleansIdentity.Silo.Storage.AzureTables;
using OrleansIdentity.Silo.Storage.AzureTables.Account;

namespace OrleansIdentity.Silo.Hosting;

/// <summary>Hosts a silo in the process of its caller: the embedded default, which needs nothing but a folder.</summary>
public static class EmbeddedSilo
{
    /// <summary>
    /// Adds a silo that is a cluster of its own, with its store under <see cref="DataOptions.Path"/>, or in Azure Storage when section
    /// <see cref="AzureStorageOptions.Section"/> is there. It listens on loopback only.
    /// </summary>
    public static IHostApplicationBuilder AddEmbeddedSilo(this IHostApplicationBuilder builder)
    {
        builder.Services.AddClusterNode();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            silo.UseInMemoryReminderService();
            silo.Configure<EndpointOptions>(ListenOnLoopback);
            if (builder.Configuration.GetSection(AzureStorageOptions.Section).Exists())
            {
                silo.Services.AddAzureStorage();
            }

            silo.Services.AddIdentitySilo();
        });
        return builder;
    }

    /// <summary>Adds what a silo needs to host the grains: their services, the health checks and, unless another was added before, the embedded store.</summary>
    public static IServiceCollection AddIdentitySilo(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddIdentityGrains();
        if (!services.Any(service => service.ServiceType == typeof(IDirectoryStore)))
        {
            services.AddSingleton<StoreHost>();
            services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<StoreHost>());
            services.AddSingleton<IDirectoryStore>(provider => provider.GetRequiredService<StoreHost>().Store);
        }

        services.AddSingleton<SiloActivity>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<SiloActivity>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, DepartureSweep>();
        services.AddHealthChecks().AddCheck<StoreHealthCheck>("store", tags: ["ready"]).AddCheck<SiloHealthCheck>("silo", tags: ["ready"]);
        return services;
    }

    // Any free port: nothing connects to a cluster of one, and several may run on one machine.
    private static void ListenOnLoopback(EndpointOptions options)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        options.AdvertisedIPAddress = IPAddress.Loopback;
        options.SiloPort = ((IPEndPoint)probe.LocalEndpoint).Port;
        options.GatewayPort = 0;
        options.SiloListeningEndpoint = new IPEndPoint(IPAddress.Loopback, options.SiloPort);
        options.GatewayListeningEndpoint = null;
    }
}
