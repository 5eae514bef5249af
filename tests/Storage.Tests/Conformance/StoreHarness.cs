using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Storage.Tests.Conformance;

/// <summary>What an adapter gives the conformance suite: a store over data that outlives it.</summary>
public abstract class StoreHarness : IAsyncDisposable
{
    /// <summary>The open store.</summary>
    public IDirectoryStore Store { get; protected set; } = null!;

    /// <summary>Opens the store over new data.</summary>
    public abstract Task OpenAsync();

    /// <summary>Closes the store and opens it again over the same data.</summary>
    public abstract Task RestartAsync();

    /// <summary>
    /// The store as another node has it: another instance over the same data, which the harness closes; the one store itself where only one process may
    /// use the data.
    /// </summary>
    public virtual Task<IDirectoryStore> OpenOnAnotherNodeAsync() => Task.FromResult(Store);

    public abstract ValueTask DisposeAsync();
}
