namespace OrleansIdentity.Grains.Store;

/// <summary>Names one record: the tenant that owns it, what kind of thing it is and its id. The tenant is part of every read and write: nothing crosses it.</summary>
/// <param name="Tenant">A tenant's slug, or <see cref="SystemTenant"/> for what belongs to no tenant.</param>
/// <param name="Kind">One of <see cref="RecordKinds"/>.</param>
/// <param name="Id">Unique within tenant and kind; never used again after a deletion.</param>
public readonly record struct RecordKey(string Tenant, string Kind, string Id)
{
    /// <summary>The owner of records that belong to no tenant. A slug has no dot, so no tenant can have this name.</summary>
    public const string SystemTenant = ".system";

    /// <summary>
    /// The owner of what is work in progress for a tenant: its events are not the tenant's history, and its commits do not wait behind the tenant's own. A slug has
    /// no dot, so no tenant can have this name.
    /// </summary>
    public static string WorkOf(string tenant) => $".work.{tenant}";

    /// <inheritdoc/>
    public override string ToString() => $"{Tenant}|{Kind}|{Id}";
}
