using Microsoft.Extensions.DependencyInjection;
using OrleansIdentity.Grains.Tenants;

namespace OrleansIdentity.Grains;

/// <summary>Registers what the grains need beside the store and the clock.</summary>
public static class GrainsServiceCollectionExtensions
{
    /// <summary>Adds the grains' own services to a silo.</summary>
    public static IServiceCollection AddIdentityGrains(this IServiceCollection services) => services.AddSingleton<AbsentTenants>();
}
