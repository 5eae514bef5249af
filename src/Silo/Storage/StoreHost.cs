using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Hosting;
using OrleansIdentity.Silo.Storage.Sqlite;

namespace OrleansIdentity.Silo.Storage;

/// <summary>Opens the store asynchronously before the silo takes its first call, and closes it after the last grain is gone.</summary>
internal sealed class StoreHost(IOptions<DataOptions> options, TimeProvider time, ILogger<SqliteDirectoryStore> logger)
    : ILifecycleParticipant<ISiloLifecycle>
{
    private SqliteDirectoryStore? _store;

    /// <summary>The open store.</summary>
    public IDirectoryStore Store => _store ?? throw new StoreUnavailableException("The store is not open: the silo has not started yet, or has stopped.");

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(StoreHost), ServiceLifecycleStage.RuntimeStorageServices, OpenAsync, CloseAsync);

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        var database = new SqliteStoreOptions { Path = Path.Combine(options.Value.FullPath, "identity.db") };
        _store = await SqliteDirectoryStore.OpenAsync(database, time, logger, cancellationToken);
    }

    private async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (_store is { } store)
        {
            await store.DisposeAsync();
        }
    }
}
