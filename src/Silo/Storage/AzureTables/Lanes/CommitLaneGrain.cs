using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

/// <summary>
/// Keeps a lane where the cluster can find it. Calls interleave: the lane orders commits itself. Should two activations exist for a moment, their
/// lanes are fenced like any two.
/// </summary>
[GrainType("commit-lane")]
internal sealed class CommitLaneGrain(AzureStoreHost host) : Grain, ICommitLaneGrain
{
    private CommitLane? _lane;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _lane = host.OpenLane(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_lane is { } lane)
        {
            await lane.DisposeAsync();
        }
    }

    public Task<LaneReply> CommitAsync(LaneCommit commit) => _lane!.CommitAsync(commit);

    public Task<LanePage> PageAsync(string kind, string? afterId, int skip, int count) => _lane!.PageAsync(kind, afterId, skip, count);

    public Task<string[]> FindAsync(string kind, KeyHash key) => _lane!.FindAsync(kind, key);

    public Task<LanePage> PageByKeysAsync(string kind, KeyHash[][] conditions, string? group, string? afterId, int count) =>
        _lane!.PageByKeysAsync(kind, conditions, group, afterId, count);

    public Task<KeyHolders[]> HoldersAsync(string kind, KeyHash[] keys, int count) => _lane!.HoldersAsync(kind, keys, count);

    public Task<LanePage> PageRelatedAsync(string kind, string with, string? afterId, int skip, int count) =>
        _lane!.PageRelatedAsync(kind, with, afterId, skip, count);

    public Task<string[]> FindRelatedAsync(string kind, string with, string[] ids) => _lane!.FindRelatedAsync(kind, with, ids);

    public Task<long[]> CountMembersAsync(string[] groups) => _lane!.CountMembersAsync(groups);

    public Task<string[][]> GroupsOfAsync(string[] users) => _lane!.GroupsOfAsync(users);

    public Task<LaneDepartures> ListDepartedAsync(int count) => _lane!.ListDepartedAsync(count);

    public Task<string[]> ReadDepartedAsync(string group, int count) => _lane!.ReadDepartedAsync(group, count);
}
