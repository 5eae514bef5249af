using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Schemas;

namespace OrleansIdentity.Api.Tenancy;

/// <summary>How a door comes to a tenant's schema: it asks the tenant, once for each revision that it hears of.</summary>
internal sealed class TenantUserTypes(UserTypes known, GrainsOf<ITenantGrain> tenants)
{
    /// <summary>See <see cref="UserTypes.OfAsync"/>.</summary>
    public ValueTask<TenantUserType> OfAsync(string tenant, long revision, CancellationToken deadline) =>
        known.OfAsync(tenant, revision, () => tenants.Get(tenant).ReadSchemaAsync().WaitAsync(deadline));
}
