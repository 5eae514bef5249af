using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables;
using OrleansIdentity.Silo.Storage.AzureTables.Account;
using OrleansIdentity.Storage.Tests.Conformance;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Storage.Tests.AzureTables;

/// <summary>The store in a cluster of two silos, where a tenant's lane is a grain on one of them.</summary>
public sealed class ClusterHarness(Azurite azurite) : StoreHarness
{
    private readonly AzureStorageOptions _options = new AzureHarness(azurite).Options;
    private InProcessTestCluster? _cluster;

    public override async Task OpenAsync()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.AddAzureStorage();
            silo.Services.Configure<AzureStorageOptions>(options =>
            {
                options.ConnectionString = _options.ConnectionString;
                options.TableName = _options.TableName;
                options.ContainerName = _options.ContainerName;
                options.GrainStateTableName = _options.GrainStateTableName;
            });
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        Store = StoreOf(0);
    }

    public override Task<IDirectoryStore> OpenOnAnotherNodeAsync() => Task.FromResult(StoreOf(1));

    public override async Task RestartAsync()
    {
        await _cluster!.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        await OpenAsync();
    }

    public override async ValueTask DisposeAsync() => await _cluster!.DisposeAsync();

    private IDirectoryStore StoreOf(int silo) => _cluster!.Silos[silo].ServiceProvider.GetRequiredService<IDirectoryStore>();
}

[Collection(AzuriteCollection.Name)]
public sealed class ClusterNodeTests(AzuriteFixture fixture) : NodeTests(new ClusterHarness(fixture.Azurite));

[Collection(AzuriteCollection.Name)]
public sealed class ClusterCommitTests(AzuriteFixture fixture) : CommitTests(new ClusterHarness(fixture.Azurite));

[Collection(AzuriteCollection.Name)]
public sealed class ClusterPrivateTests(AzuriteFixture fixture) : PrivateTests(new ClusterHarness(fixture.Azurite));

[Collection(AzuriteCollection.Name)]
public sealed class ClusterMemberTests(AzuriteFixture fixture) : MemberTests(new ClusterHarness(fixture.Azurite))
{
    protected override int Many => 2_000;
}
