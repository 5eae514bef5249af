using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansIdentity.Silo.Hosting;

namespace OrleansIdentity.Silo.Clustering;

/// <summary>What every process of the product has, alone or in a cluster: its place, and a way to end in good order.</summary>
public static class ClusterNode
{
    /// <summary>The mode that the configuration asks for, before anything is built.</summary>
    public static ClusterMode ReadMode(IConfiguration configuration) =>
        configuration.GetValue($"{ClusterNodeOptions.Section}:{nameof(ClusterNodeOptions.Mode)}", ClusterMode.Embedded);

    /// <summary>Adds options, drain and grace period.</summary>
    public static IServiceCollection AddClusterNode(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<ClusterNodeOptions>, ClusterNodeOptionsValidator>();
        services.AddOptions<ClusterNodeOptions>().BindConfiguration(ClusterNodeOptions.Section).ValidateOnStart();
        services.AddOptions<DataOptions>().BindConfiguration("Data");
        services.AddOptions<HostOptions>().Configure<IOptions<ClusterNodeOptions>>(
            (host, node) => host.ShutdownTimeout = TimeSpan.FromSeconds(node.Value.GraceSeconds));
        services.AddSingleton<Drain>();
        services.AddHostedService(provider => provider.GetRequiredService<Drain>());
        services.AddHealthChecks().AddCheck<Drain>("drain", tags: ["ready"]);
        return services;
    }
}
