using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansIdentity.Grains.DueTimes;
using OrleansIdentity.Grains.Schemas;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Tenants;
using OrleansIdentity.Grains.Users;

namespace OrleansIdentity.Grains;

/// <summary>Registers what the grains need beside the store and the clock.</summary>
public static class GrainsServiceCollectionExtensions
{
    /// <summary>Adds the grains' own services to a silo. A silo of a cluster adds its <see cref="RecordLease"/> before.</summary>
    public static IServiceCollection AddIdentityGrains(this IServiceCollection services)
    {
        services.TryAddSingleton(RecordLease.Unlimited);
        services.TryAddSingleton<UserTypes>();
        return services.AddSingleton<RecordAccess>().AddSingleton<AbsentTenants>().AddSingleton<StoredUserTypes>().AddSingleton<Teams>().AddSingleton<DueNotes>();
    }
}
