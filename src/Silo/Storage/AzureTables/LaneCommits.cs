using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Lanes;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Silo.Storage.AzureTables;

/// <summary>Makes of a commit what its lane takes.</summary>
internal static class LaneCommits
{
    // Old and new keys, the record, its event and the sequence row must fit into the hundred rows of a transaction.
    private const int MaxUniqueKeys = 40;

    /// <summary>Prepares a commit.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="document">Where its document is.</param>
    /// <param name="changes">Where its event's changes are.</param>
    /// <param name="members">What it does to members; null when nothing.</param>
    /// <exception cref="ArgumentException">It has more unique keys than a transaction can hold.</exception>
    public static LaneCommit Prepare(Commit commit, Payload document, Payload changes, LaneMembers? members)
    {
        var data = commit.Event;
        return new LaneCommit(
            commit.Id,
            commit.Change switch
            {
                PutRecord put => new LaneChange(put.Key.Kind, put.Key.Id, put.ExpectedVersion, IsDelete: false, Keys(put), document, put.Private),
                { } delete => new LaneChange(delete.Key.Kind, delete.Key.Id, delete.ExpectedVersion, IsDelete: true, [], default),
                null => null,
            },
            new LaneEvent(data.Type, data.Time, data.Kind, data.ResourceId, data.Version, data.Origin, changes),
            members,
            commit.Guard is { Key: var key } ? KeyHash.Of(key.Attribute, key.Value, key.Unique) : null);
    }

    private static LaneKey[] Keys(PutRecord put)
    {
        LaneKey[] keys = [.. put.Keys.Select(key => new LaneKey(key.Attribute, KeyHash.Of(key.Attribute, key.Value, key.Unique))).DistinctBy(key => key.Hash)];
        return keys.Count(key => key.Hash.IsUnique) <= MaxUniqueKeys
            ? keys
            : throw new ArgumentException($"A record may have {MaxUniqueKeys} unique keys at most.", nameof(put));
    }
}
