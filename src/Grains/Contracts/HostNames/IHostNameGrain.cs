using Orleans.Concurrency;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Contracts.HostNames;

/// <summary>One further host name; key: the name in lower case. Leads to at most one tenant.</summary>
[Alias("IHostNameGrain")]
public interface IHostNameGrain : IGrainWithStringKey
{
    /// <summary>The slug of the tenant that holds the name; null when none does.</summary>
    [Alias("Resolve"), AlwaysInterleave]
    Task<string?> ResolveAsync();

    /// <summary>Claims the name for a tenant. Null when the tenant has it now, else why not. Claiming again is harmless.</summary>
    [Alias("Claim")]
    Task<Refusal?> ClaimAsync(string tenant, EventOrigin origin);

    /// <summary>Gives the name up, if this tenant holds it.</summary>
    [Alias("Release")]
    Task ReleaseAsync(string tenant, EventOrigin origin);
}
