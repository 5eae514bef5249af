using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Runtime;
using OrleansIdentity.Grains.Contracts.Health;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Silo.Health;

/// <summary>Healthy while a silo answers this process and its store answers the silo.</summary>
internal sealed class ClusterHealthCheck(IGrainFactory grains, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await grains.GetGrain<IProbeGrain>(0).ProbeAsync(cancellationToken).WaitAsync(Patience, time, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is StoreUnavailableException or TimeoutException or OrleansException)
        {
            return HealthCheckResult.Unhealthy("No silo answers, or none whose store does.", exception);
        }
    }
}
