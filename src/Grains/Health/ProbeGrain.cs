using Orleans.Concurrency;
using OrleansIdentity.Grains.Contracts.Health;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Health;

/// <summary>Asks the store.</summary>
[StatelessWorker, GrainType("probe")]
internal sealed class ProbeGrain(IDirectoryStore store) : Grain, IProbeGrain
{
    public Task ProbeAsync(CancellationToken cancellationToken) => store.ProbeAsync(cancellationToken).AsTask();
}
