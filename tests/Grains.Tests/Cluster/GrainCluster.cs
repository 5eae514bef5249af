using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Grains.Tests.Cluster;

/// <summary>One silo in this process over a real store that tests can reach into.</summary>
public sealed class GrainCluster : IAsyncLifetime
{
    private TestStore _store = null!;
    private InProcessTestCluster _cluster = null!;
    private int _tenants;

    /// <summary>The store as grains see it.</summary>
    public InterceptedStore Store { get; private set; } = null!;

    /// <summary>The same data without a hand in the door: what another node would see.</summary>
    public IDirectoryStore Behind => _store.Store;

    public IGrainFactory Grains => _cluster.Client;

    /// <summary>A tenant of its own for a test.</summary>
    public string NewTenant() => $"tenant-{Interlocked.Increment(ref _tenants)}";

    /// <summary>How many grains of a type are in memory.</summary>
    public async Task<int> ActivationsAsync(string grainType)
    {
        var statistics = await Grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        return statistics.Count(one => one.GrainId.Type.ToString() == grainType);
    }

    public async Task InitializeAsync()
    {
        _store = await TestStore.OpenAsync();
        Store = new InterceptedStore(Behind);
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSiloHost((_, host) => host.Logging.SetMinimumLevel(LogLevel.Critical));
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.AddSingleton<IDirectoryStore>(Store);
            silo.Services.AddIdentityGrains();
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _store.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class ClusterCollection : ICollectionFixture<GrainCluster>
{
    public const string Name = "cluster";
}
