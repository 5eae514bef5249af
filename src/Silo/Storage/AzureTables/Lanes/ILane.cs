using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

/// <summary>The one way to write a tenant, and to ask for what only its index knows. Answers see every commit that was answered before they were asked for.</summary>
internal interface ILane
{
    /// <summary>Writes a commit.</summary>
    Task<LaneReply> CommitAsync(LaneCommit commit);

    /// <summary>A page of the ids of a kind, in order.</summary>
    Task<LanePage> PageAsync(string kind, string? afterId, int skip, int count);

    /// <summary>The ids of the records that hold a key, in order.</summary>
    Task<string[]> FindAsync(string kind, KeyHash key);
}

/// <summary>Finds the lane of a tenant, here or on another node.</summary>
internal interface ILanes : IAsyncDisposable
{
    /// <summary>The lane of a tenant.</summary>
    ILane Of(string tenant);
}
