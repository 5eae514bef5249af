using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Tenants;

namespace OrleansIdentity.Grains.Schemas;

/// <summary>
/// How grains come to a tenant's schema: no grain calls another one, so they read the tenant's record. A revision that a request names was committed
/// before the request was admitted, so the store has it, or a later one.
/// </summary>
internal sealed class StoredUserTypes(UserTypes known, IDirectoryStore store)
{
    /// <summary>See <see cref="UserTypes.OfAsync"/>.</summary>
    public ValueTask<TenantUserType> OfAsync(string tenant, long revision, CancellationToken cancellationToken) => known.OfAsync(tenant, revision, async () =>
        await store.LoadAsync(new RecordKey(tenant, RecordKinds.Tenant, tenant), cancellationToken) is { } stored ? TenantState.From(stored).Schema : null);
}
