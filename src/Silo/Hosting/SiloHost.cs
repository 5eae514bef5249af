using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrleansIdentity.Silo.Clustering;
using OrleansIdentity.Silo.Health;

namespace OrleansIdentity.Silo.Hosting;

/// <summary>Builds and runs a silo as a process of its own, a node of a cluster. Over HTTP it answers health checks and nothing else.</summary>
public static class SiloHost
{
    private const string DefaultUrl = "http://localhost:5090";

    /// <summary>Builds it.</summary>
    /// <param name="args">Configuration as command line arguments.</param>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.UseDefaultUrl(DefaultUrl);
        if (ClusterNode.ReadMode(builder.Configuration) == ClusterMode.Embedded)
        {
            throw new StartRefusedException(
                "A silo of its own is part of a cluster. Set Cluster:Mode (environment: Cluster__Mode) to Redis and Cluster:Redis to its address, or run the API, which hosts a silo itself.");
        }

        builder.AddClusteredSilo();
        var app = builder.Build();
        app.MapHealth();
        return app;
    }

    /// <summary>Runs until it is told to stop.</summary>
    public static Task<int> RunAsync(string[] args) => ProcessHost.RunAsync(() => Build(args));
}
