using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Cluster.Tests.Topology;

/// <summary>One cluster for all tests of a class.</summary>
public sealed class Cluster : IAsyncLifetime
{
    /// <summary>The running cluster.</summary>
    public ClusterScript Script { get; private set; } = null!;

    public async Task InitializeAsync() => Script = await ClusterScript.UpAsync();

    public async Task DisposeAsync() => await Script.DisposeAsync();
}
