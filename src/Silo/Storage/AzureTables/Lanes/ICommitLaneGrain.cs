using Orleans.Concurrency;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

/// <summary>A tenant's commit lane, on one node of the cluster; key: the tenant. Private to the Azure Storage adapter: everything else goes through the store port.</summary>
[Alias("ICommitLaneGrain")]
internal interface ICommitLaneGrain : IGrainWithStringKey
{
    /// <summary>See <see cref="ILane.CommitAsync"/>.</summary>
    [Alias("Commit"), AlwaysInterleave]
    Task<LaneReply> CommitAsync(LaneCommit commit);

    /// <summary>See <see cref="ILane.PageAsync"/>.</summary>
    [Alias("Page"), AlwaysInterleave]
    Task<LanePage> PageAsync(string kind, string? afterId, int skip, int count);

    /// <summary>See <see cref="ILane.FindAsync"/>.</summary>
    [Alias("Find"), AlwaysInterleave]
    Task<string[]> FindAsync(string kind, KeyHash key);

    /// <summary>See <see cref="ILane.PageByKeysAsync"/>.</summary>
    [Alias("PageByKeys"), AlwaysInterleave]
    Task<LanePage> PageByKeysAsync(string kind, KeyHash[][] conditions, string? group, string? afterId, int count);

    /// <summary>See <see cref="ILane.HoldersAsync"/>.</summary>
    [Alias("Holders"), AlwaysInterleave]
    Task<KeyHolders[]> HoldersAsync(string kind, KeyHash[] keys, int count);

    /// <summary>See <see cref="ILane.PageRelatedAsync"/>.</summary>
    [Alias("PageRelated"), AlwaysInterleave]
    Task<LanePage> PageRelatedAsync(string kind, string with, string? afterId, int skip, int count);

    /// <summary>See <see cref="ILane.FindRelatedAsync"/>.</summary>
    [Alias("FindRelated"), AlwaysInterleave]
    Task<string[]> FindRelatedAsync(string kind, string with, string[] ids);

    /// <summary>See <see cref="ILane.CountMembersAsync"/>.</summary>
    [Alias("CountMembers"), AlwaysInterleave]
    Task<long[]> CountMembersAsync(string[] groups);

    /// <summary>See <see cref="ILane.GroupsOfAsync"/>.</summary>
    [Alias("GroupsOf"), AlwaysInterleave]
    Task<string[][]> GroupsOfAsync(string[] users);

    /// <summary>See <see cref="ILane.ListDepartedAsync"/>.</summary>
    [Alias("ListDeparted"), AlwaysInterleave]
    Task<LaneDepartures> ListDepartedAsync(int count);

    /// <summary>See <see cref="ILane.ReadDepartedAsync"/>.</summary>
    [Alias("ReadDeparted"), AlwaysInterleave]
    Task<string[]> ReadDepartedAsync(string group, int count);
}
