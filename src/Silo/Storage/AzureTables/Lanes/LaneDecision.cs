using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

/// <summary>Decides a commit on committed state alone.</summary>
internal static class LaneDecision
{
    /// <summary>What is to become of a commit.</summary>
    /// <param name="Kind">Whether to write it, to answer it, or to look at the record's row first.</param>
    /// <param name="Reply">The answer, when it is one.</param>
    /// <param name="Current">The record that it changes; null when there is none.</param>
    public readonly record struct Decision(DecisionKind Kind, LaneReply Reply, IndexEntry? Current);

    /// <summary>What to do with a commit.</summary>
    public enum DecisionKind
    {
        /// <summary>Write it.</summary>
        Write,

        /// <summary>Answer it: nothing is to be written.</summary>
        Answer,

        /// <summary>Its record does not live: whether this commit deleted it, only the record's row can tell.</summary>
        AskRow,
    }

    /// <summary>Decides.</summary>
    public static Decision Decide(LaneIndex index, LaneCommit commit)
    {
        if (commit.Change is not { } change)
        {
            return new Decision(DecisionKind.Write, default, null);
        }

        var current = index.Find(change.Kind, change.RecordId);
        if (current?.CommitId == commit.Id)
        {
            // Sent again after an unknown outcome: it had become durable.
            return Answer(LaneReply.Committed(current.Position), current);
        }

        if (current is null && (change.IsDelete || change.ExpectedVersion > 0))
        {
            return new Decision(DecisionKind.AskRow, default, null);
        }

        if ((current?.Version ?? 0) != change.ExpectedVersion)
        {
            return Answer(LaneReply.Stale, current);
        }

        foreach (var key in change.Keys)
        {
            if (key.Hash.IsUnique && index.Holders(change.Kind, key.Hash) is [var holder, ..] && holder != change.RecordId)
            {
                return Answer(LaneReply.Taken(key.Attribute, holder), current);
            }
        }

        var missing = commit.Members is { } members ? Array.FindAll(members.Added, id => index.Find(RecordKinds.User, id) is null) : [];
        if (missing.Length > 0)
        {
            return Answer(LaneReply.Missing(missing), current);
        }

        return commit.Guard is { } guard && !index.Holders(change.Kind, guard).Any(holder => holder != change.RecordId)
            ? Answer(LaneReply.Refused, current)
            : new Decision(DecisionKind.Write, default, current);
    }

    /// <summary>The record as the commit leaves it.</summary>
    public static IndexEntry Next(LaneCommit commit, LaneChange change, long position) => new(
        change.RecordId,
        change.ExpectedVersion + 1,
        commit.Id,
        position,
        [.. change.Keys.Select(key => key.Hash)],
        change.Document.Blob is not null);

    private static Decision Answer(LaneReply reply, IndexEntry? current) => new(DecisionKind.Answer, reply, current);
}
