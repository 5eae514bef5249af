using OrleansIdentity.Grains.Store;
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

    /// <summary>A page of the ids that hold a key of each condition, and are members of a group if one is named; see <see cref="LaneIndex"/>.</summary>
    Task<LanePage> PageByKeysAsync(string kind, KeyHash[][] conditions, string? group, string? afterId, int count);

    /// <summary>How many hold each of some keys, and the first of them in order.</summary>
    Task<KeyHolders[]> HoldersAsync(string kind, KeyHash[] keys, int count);

    /// <summary>A page of the users in a group, or of the groups with a user in them, in the order of ids.</summary>
    Task<LanePage> PageRelatedAsync(string kind, string with, string? afterId, int skip, int count);

    /// <summary>Which of these ids are users in a group, or groups with a user in them.</summary>
    Task<string[]> FindRelatedAsync(string kind, string with, string[] ids);

    /// <summary>How many members each of these groups has.</summary>
    Task<long[]> CountMembersAsync(string[] groups);

    /// <summary>The groups of each of these users, in order.</summary>
    Task<string[][]> GroupsOfAsync(string[] users);

    /// <summary>The first groups that have departed members, in order.</summary>
    Task<LaneDepartures> ListDepartedAsync(int count);

    /// <summary>The first departed members of a group, in order.</summary>
    Task<string[]> ReadDepartedAsync(string group, int count);
}

/// <summary>Finds the lane of a tenant, here or on another node.</summary>
internal interface ILanes : IAsyncDisposable
{
    /// <summary>The lane of a tenant.</summary>
    ILane Of(string tenant);
}
