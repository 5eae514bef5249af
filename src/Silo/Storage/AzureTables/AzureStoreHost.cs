using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization.Serializers;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Account;
using OrleansIdentity.Silo.Storage.AzureTables.GrainState;
using OrleansIdentity.Silo.Storage.AzureTables.Lanes;

namespace OrleansIdentity.Silo.Storage.AzureTables;

/// <summary>Prepares the account asynchronously before the silo takes its first call, and gives the silo's services what they need of it.</summary>
internal sealed class AzureStoreHost(
    IOptions<AzureStorageOptions> options, IOptions<ClusterOptions> cluster, IActivatorProvider activators, IGrainFactory grains, TimeProvider time,
    ILogger<AzureDirectoryStore> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    private AzureAccount? _account;
    private AzureDirectoryStore? _store;

    /// <summary>The open store.</summary>
    public IDirectoryStore Store => _store ?? throw NotStarted();

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(AzureStoreHost), ServiceLifecycleStage.RuntimeStorageServices, OpenAsync, CloseAsync);

    /// <summary>Opens the lane of a tenant.</summary>
    public CommitLane OpenLane(string tenant) => new(tenant, _account ?? throw NotStarted(), options.Value, time, logger);

    /// <summary>The storage of small grain states.</summary>
    public AzureTableGrainState OpenGrainState() => new(
        AzureAccount.Connect(options.Value).GrainStates, cluster.Value.ServiceId, new Utf8JsonGrainStorageSerializer(), activators, options.Value, time);

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        var account = AzureAccount.Connect(options.Value);
        try
        {
            await account.PrepareAsync(new Persistence(options.Value, time), cancellationToken);
        }
        catch (StoreUnavailableException exception)
        {
            throw new StoreRefusedException(
                $"Tables and container at {account.Table.Uri.GetLeftPart(UriPartial.Authority)} could not be created or opened: {exception.Message} "
                + $"Check {AzureStorageOptions.Section} and what the account allows this process to do.",
                exception);
        }

        _account = account;
        _store = new AzureDirectoryStore(account, options.Value, new GrainLanes(grains), time);
    }

    private async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (_store is { } store)
        {
            await store.DisposeAsync();
        }
    }

    private static StoreUnavailableException NotStarted() => new("The store is not open: the silo has not started yet, or has stopped.");
}
