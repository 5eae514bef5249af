using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;

namespace OrleansIdentity.Silo.Health;

/// <summary>The health checks over HTTP.</summary>
public static class HealthEndpoints
{
    /// <summary><c>/health/live</c>: the process runs. <c>/health/ready</c>: it can do its work.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
    }
}
