using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Runtime;

namespace OrleansIdentity.Api.Tests.Product;

/// <summary>Puts a clock of a test in the place of the system's.</summary>
internal static class ProductClock
{
    /// <summary>
    /// Gives the product <paramref name="time"/>. Orleans' own work goes on by the system's clock: a silo that starts days ahead of the entries that it writes
    /// about itself takes itself for one that never joined, and ends the process.
    /// </summary>
    public static void UseClock(this IServiceCollection services, TimeProvider time)
    {
        services.Replace(ServiceDescriptor.Singleton(time));
        foreach (var area in (string[])[TimeProviderNames.Membership, TimeProviderNames.Messaging, TimeProviderNames.SystemTimers])
        {
            services.AddKeyedSingleton(area, TimeProvider.System);
        }
    }
}
