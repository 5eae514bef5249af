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

    public abstract ValueTask DisposeAsync();
}
