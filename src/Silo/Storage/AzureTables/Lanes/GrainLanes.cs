using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

/// <summary>Lanes of the cluster: one grain per tenant, wherever it lives.</summary>
internal sealed class GrainLanes(IGrainFactory grains) : ILanes
{
    /// <inheritdoc/>
    public ILane Of(string tenant) => new GrainLane(grains.GetGrain<ICommitLaneGrain>(tenant));

    /// <summary>Nothing to close: grains close their lanes as they are deactivated.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class GrainLane(ICommitLaneGrain grain) : ILane
    {
        public Task<LaneReply> CommitAsync(LaneCommit commit) => CallAsync(() => grain.CommitAsync(commit));

        public Task<LanePage> PageAsync(string kind, string? afterId, int skip, int count) => CallAsync(() => grain.PageAsync(kind, afterId, skip, count));

        public Task<string[]> FindAsync(string kind, KeyHash key) => CallAsync(() => grain.FindAsync(kind, key));

        public Task<LanePage> PageByKeysAsync(string kind, KeyHash[][] conditions, string? group, string? afterId, int count) =>
            CallAsync(() => grain.PageByKeysAsync(kind, conditions, group, afterId, count));

        public Task<KeyHolders[]> HoldersAsync(string kind, KeyHash[] keys, int count) => CallAsync(() => grain.HoldersAsync(kind, keys, count));

        public Task<LanePage> PageRelatedAsync(string kind, string with, string? afterId, int skip, int count) =>
            CallAsync(() => grain.PageRelatedAsync(kind, with, afterId, skip, count));

        public Task<string[]> FindRelatedAsync(string kind, string with, string[] ids) => CallAsync(() => grain.FindRelatedAsync(kind, with, ids));

        public Task<long[]> CountMembersAsync(string[] groups) => CallAsync(() => grain.CountMembersAsync(groups));

        public Task<string[][]> GroupsOfAsync(string[] users) => CallAsync(() => grain.GroupsOfAsync(users));

        public Task<LaneDepartures> ListDepartedAsync(int count) => CallAsync(() => grain.ListDepartedAsync(count));

        public Task<string[]> ReadDepartedAsync(string group, int count) => CallAsync(() => grain.ReadDepartedAsync(group, count));

        // A node that dies leaves its callers without an answer: to them the store did not answer.
        private static async Task<T> CallAsync<T>(Func<Task<T>> call)
        {
            try
            {
                return await call();
            }
            catch (Exception exception) when (exception is TimeoutException or OrleansException)
            {
                throw new StoreUnavailableException("The tenant's commit lane did not answer.", exception);
            }
        }
    }
}
