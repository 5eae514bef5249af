using System.Collections.Concurrent;
using OrleansIdentity.Grains.Contracts.Tenants;

namespace OrleansIdentity.Grains.Schemas;

/// <summary>
/// What this process knows of tenants' schemas, each made into a resource type once. A schema only ever moves to a later revision, and what is
/// asked for is "this revision or a later one": so nothing that is here can be out of date for whoever asks.
/// </summary>
public sealed class UserTypes
{
    private const int Limit = 1_000;

    private readonly ConcurrentDictionary<string, TenantUserType> _known = new(StringComparer.Ordinal);

    /// <summary>The tenant's resource type of users, of this revision or a later one.</summary>
    /// <param name="tenant">The tenant's slug.</param>
    /// <param name="revision">The earliest revision that will do; 0 when whoever asks knows of no schema.</param>
    /// <param name="read">Reads the tenant's schema, when what is known will not do.</param>
    public async ValueTask<TenantUserType> OfAsync(string tenant, long revision, Func<Task<TenantSchema?>> read)
    {
        if (_known.TryGetValue(tenant, out var known) && known.Revision >= revision)
        {
            return known;
        }

        if (revision == 0)
        {
            return TenantUserType.None;
        }

        var made = await read() is { } schema ? TenantUserType.Of(schema) : TenantUserType.None;
        if (_known.Count >= Limit)
        {
            // To make one anew costs less than to know which is the least used.
            _known.Clear();
        }

        return _known.AddOrUpdate(tenant, made, (_, other) => other.Revision > made.Revision ? other : made);
    }
}
