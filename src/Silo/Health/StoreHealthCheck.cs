using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Silo.Health;

/// <summary>Healthy while the store answers a read and a write in time.</summary>
internal sealed class StoreHealthCheck(IServiceProvider services, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // Looked up at each check: before the silo has opened it there is no store to ask.
            var store = services.GetRequiredService<IDirectoryStore>();
            await store.ProbeAsync(cancellationToken).AsTask().WaitAsync(Patience, time, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is StoreUnavailableException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("The store does not answer.", exception);
        }
    }
}
