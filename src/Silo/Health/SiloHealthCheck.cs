using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OrleansIdentity.Silo.Health;

/// <summary>Healthy while the silo takes calls.</summary>
internal sealed class SiloHealthCheck(SiloActivity status) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(status.IsActive ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The silo is starting or stopping."));
}
