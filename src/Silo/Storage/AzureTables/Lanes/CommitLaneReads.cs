using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

// What the lane answers from its index.
internal sealed partial class CommitLane
{
    /// <inheritdoc/>
    public Task<LanePage> PageAsync(string kind, string? afterId, int skip, int count) => ReadAsync(index => index.Page(kind, afterId, skip, count));

    /// <inheritdoc/>
    public Task<string[]> FindAsync(string kind, KeyHash key) => ReadAsync(index => index.Holders(kind, key));

    /// <inheritdoc/>
    public Task<LanePage> PageByKeysAsync(string kind, KeyHash[][] conditions, string? group, string? afterId, int count) =>
        ReadAsync(index => index.Page(kind, conditions, group, afterId, count));

    /// <inheritdoc/>
    public Task<KeyHolders[]> HoldersAsync(string kind, KeyHash[] keys, int count) => ReadAsync(index => index.Holders(kind, keys, count));

    /// <inheritdoc/>
    public Task<LanePage> PageRelatedAsync(string kind, string with, string? afterId, int skip, int count) =>
        ReadAsync(index => index.Members.Page(kind, with, afterId, skip, count));

    /// <inheritdoc/>
    public Task<string[]> FindRelatedAsync(string kind, string with, string[] ids) => ReadAsync(index => index.Members.Find(kind, with, ids));

    /// <inheritdoc/>
    public Task<long[]> CountMembersAsync(string[] groups) => ReadAsync(index => Array.ConvertAll(groups, index.Members.Count));

    /// <inheritdoc/>
    public Task<string[][]> GroupsOfAsync(string[] users) => ReadAsync(index => Array.ConvertAll(users, index.Members.GroupsOf));

    /// <inheritdoc/>
    public Task<LaneDepartures> ListDepartedAsync(int count) => ReadAsync(index => new LaneDepartures(index.Position, index.Members.WithDeparted(count)));

    /// <inheritdoc/>
    public Task<string[]> ReadDepartedAsync(string group, int count) => ReadAsync(index => index.Members.Departed(group, count));

    // A read waits for no transaction, unless the sequence row shows that one has been carried out which the index does not reflect yet.
    private async Task<T> ReadAsync<T>(Func<LaneIndex, T> read)
    {
        var newest = await _newest.ReadAsync();
        if (!_state.Reflects(newest.Position))
        {
            await _turn.WaitAsync();
            try
            {
                if (!_state.Reflects(newest.Position))
                {
                    await CatchUpAsync();
                }
            }
            finally
            {
                _turn.Release();
            }
        }

        return _state.Read(read);
    }
}
