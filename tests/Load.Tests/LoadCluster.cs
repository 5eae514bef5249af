using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using Orleans.TestingHost;
using OrleansIdentity.Grains;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.Sqlite;

namespace OrleansIdentity.Load.Tests;

/// <summary>Three silos in this process over one durable store.</summary>
public sealed class LoadCluster : IAsyncLifetime
{
    public static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("orleansidentity-load-").FullName;
    private SqliteDirectoryStore _store = null!;

    public InProcessTestCluster Cluster { get; private set; } = null!;

    public IDirectoryStore Store => _store;

    public IGrainFactory Grains => Cluster.Client;

    public async Task InitializeAsync()
    {
        _store = await SqliteDirectoryStore.OpenAsync(
            new SqliteStoreOptions { Path = Path.Combine(_folder, "load.db") }, TimeProvider.System, NullLogger<SqliteDirectoryStore>.Instance, default);
        var builder = new InProcessTestClusterBuilder(3);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSiloHost((_, host) => host.Logging.SetMinimumLevel(LogLevel.Critical));
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.AddSingleton<IDirectoryStore>(_store);
            silo.Services.AddIdentityGrains();

            // A silo that is killed is noticed within seconds.
            silo.Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = TimeSpan.FromMilliseconds(500);
                options.NumMissedProbesLimit = 2;
                options.NumVotesForDeathDeclaration = 1;
                options.TableRefreshTimeout = TimeSpan.FromSeconds(2);
            });
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout);
        });
        builder.ConfigureClient(client => client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout));
        Cluster = builder.Build();
        await Cluster.DeployAsync();
    }

    public async Task DisposeAsync()
    {
        await Cluster.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
