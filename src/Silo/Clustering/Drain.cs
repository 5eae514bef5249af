using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace OrleansIdentity.Silo.Clustering;

/// <summary>
/// When the process is told to stop it first says that it is not ready, then goes on working for a while: whoever sends it work needs that time to
/// notice. Only then do the server and the silo stop taking calls, and end those that they have.
/// </summary>
internal sealed class Drain(IOptions<ClusterNodeOptions> options, TimeProvider time) : IHostedLifecycleService, IHealthCheck
{
    private volatile bool _isDraining;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isDraining ? HealthCheckResult.Unhealthy("The process is stopping.") : HealthCheckResult.Healthy());

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isDraining = true;
        if (options.Value.Mode != ClusterMode.Embedded)
        {
            await Task.Delay(TimeSpan.FromSeconds(options.Value.DrainSeconds), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
