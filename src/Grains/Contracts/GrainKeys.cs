namespace OrleansIdentity.Grains.Contracts;

/// <summary>The keys of grains. A key always begins with the tenant, so that a tenant's data cannot be named without it.</summary>
public static class GrainKeys
{
    /// <summary>The key of a user's or a group's grain.</summary>
    /// <param name="tenant">The tenant's slug.</param>
    /// <param name="id">The resource's id, a UUID in lower case.</param>
    public static string Resource(string tenant, string id) => $"{tenant}|{id}";

    /// <summary>Takes a key of the form <c>tenant|id</c> apart.</summary>
    public static (string Tenant, string Id) Split(string key)
    {
        var bar = key.IndexOf('|');
        return bar > 0 ? (key[..bar], key[(bar + 1)..]) : throw new ArgumentException($"'{key}' is not of the form tenant|id.", nameof(key));
    }
}
