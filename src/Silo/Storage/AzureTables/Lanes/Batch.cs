using Azure;
using Azure.Data.Tables;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

/// <summary>
/// Commits for one transaction, decided on committed state. A commit that touches a row which another of the batch writes would have to be
/// decided on state that is not committed yet (and a transaction may name a row but once): it ends the batch and begins the next.
/// </summary>
/// <param name="tenant">The tenant.</param>
/// <param name="index">The committed state.</param>
/// <param name="maxCommits">The most commits to take.</param>
internal sealed class Batch(string tenant, LaneIndex index, int maxCommits)
{
    // A transaction may have 100 entities and 4 MiB; one entity is the sequence row.
    private const int MaxRows = 99;
    private const int MaxBytes = 3_500_000;
    private const int RowOverhead = 1_500;

    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
    private readonly HashSet<string> _comingOrGoing = new(StringComparer.Ordinal);
    private readonly HashSet<string> _joining = new(StringComparer.Ordinal);
    private readonly List<TableTransactionAction> _actions = [];
    private int _bytes;

    /// <summary>The commits to write, with the places of their events.</summary>
    public List<Written> Writes { get; } = [];

    /// <summary>The commits that are answered without a write, once it is certain that the state they were decided on is the newest.</summary>
    public List<(PendingCommit Pending, LaneReply Reply)> Answers { get; } = [];

    /// <summary>The commits whose record's row has to be looked at.</summary>
    public List<PendingCommit> Questions { get; } = [];

    /// <summary>What the transaction does, but for the sequence row.</summary>
    public IReadOnlyList<TableTransactionAction> Actions => _actions;

    /// <summary>The place of the last event of the state that all is decided on.</summary>
    public long DecidedAt => index.Position;

    /// <summary>Whether a member of a group is deleted.</summary>
    public bool HasDepartures { get; private set; }

    /// <summary>The place of the last event.</summary>
    public long LastPosition => index.Position + Writes.Count;

    /// <summary>All commits.</summary>
    public IEnumerable<PendingCommit> All => Writes.Select(write => write.Pending).Concat(Answers.Select(answer => answer.Pending)).Concat(Questions);

    private int Count => Writes.Count + Answers.Count + Questions.Count;

    /// <summary>Takes a commit; false when it has to wait for the next batch.</summary>
    public bool TryAdd(PendingCommit pending)
    {
        if (Count >= maxCommits)
        {
            return false;
        }

        var commit = pending.Commit;
        var rows = RowsDecidedOn(commit);
        if (rows.Any(_touched.Contains) || IsUndecided(commit))
        {
            return false;
        }

        var decision = LaneDecision.Decide(index, commit);
        switch (decision.Kind)
        {
            case LaneDecision.DecisionKind.Answer:
                Answers.Add((pending, decision.Reply));
                return true;
            case LaneDecision.DecisionKind.AskRow:
                Questions.Add(pending);
                return true;
            default:
                return TryWrite(pending, decision.Current, rows);
        }
    }

    private bool TryWrite(PendingCommit pending, IndexEntry? current, List<string> rows)
    {
        var position = LastPosition + 1;
        var actions = Rows(pending.Commit, current, position, out var change);
        var bytes = Size(pending.Commit) + (actions.Count * RowOverhead);
        if (Writes.Count > 0 && (_actions.Count + actions.Count > MaxRows || _bytes + bytes > MaxBytes))
        {
            return false;
        }

        _actions.AddRange(actions);
        _bytes += bytes;
        _touched.UnionWith(rows);
        _touched.UnionWith(actions.Select(action => action.Entity.RowKey));
        Writes.Add(new Written(pending, position, change, current?.HasBlob == true));
        Remember(pending.Commit);
        return true;
    }

    // Whoever joins has to be a user, and whoever is deleted departs from all groups: neither is known while the other is not committed.
    private bool IsUndecided(LaneCommit commit) =>
        (commit.Change is { Kind: RecordKinds.User, IsDelete: true } deleted && _joining.Contains(deleted.RecordId))
        || (_comingOrGoing.Count > 0 && commit.Members?.Added.Any(_comingOrGoing.Contains) == true);

    private void Remember(LaneCommit commit)
    {
        if (commit.Change is { Kind: RecordKinds.User } user && (user.IsDelete || user.ExpectedVersion == 0))
        {
            _comingOrGoing.Add(user.RecordId);
            HasDepartures |= user.IsDelete && index.Members.GroupsOf(user.RecordId).Length > 0;
        }

        _joining.UnionWith(commit.Members?.Added ?? []);
    }

    private static List<string> RowsDecidedOn(LaneCommit commit)
    {
        if (commit.Change is not { } change)
        {
            return [];
        }

        var rows = new List<string>(change.Keys.Length + 1) { TableKeys.Record(change.Kind, change.RecordId) };
        rows.AddRange(change.Keys.Where(key => key.Hash.IsUnique).Select(key => TableKeys.UniqueKey(change.Kind, key.Hash)));
        if (commit.Guard is { } guard)
        {
            // Two that give up the key at once would each count on the other. It is no row, but is decided on like one.
            rows.Add(TableKeys.UniqueKey(change.Kind, guard));
        }

        return rows;
    }

    private List<TableTransactionAction> Rows(LaneCommit commit, IndexEntry? current, long position, out IndexChange? change)
    {
        var actions = new List<TableTransactionAction>(6);
        change = null;
        if (commit.Change is { } made)
        {
            var next = LaneDecision.Next(commit, made, position);
            change = new IndexChange(made.Kind, next, made.IsDelete, commit.Members is { } members ? new MemberDelta(members.Added, members.Removed) : null);

            // The sequence row's ETag fences every row of the tenant, so no other row needs one of its own. "Add" still refuses an id that was deleted.
            actions.Add(current is null ? Add(RecordRow.Write(tenant, made, next)) : Replace(RecordRow.Write(tenant, made, next)));
            var kept = current?.Keys ?? [];
            actions.AddRange(kept.Where(key => key.IsUnique && !next.Keys.Contains(key)).Select(key => Delete(KeyRow(made, key))));
            actions.AddRange(next.Keys.Where(key => key.IsUnique && !kept.Contains(key)).Select(key => Add(KeyRow(made, key))));
        }

        actions.Add(Add(EventRow.Write(tenant, commit, position, change)));
        actions.Add(Add(new TableEntity(TableKeys.Partition(tenant), TableKeys.History(commit.Event.ResourceId, position))));
        return actions;
    }

    private TableEntity KeyRow(LaneChange change, KeyHash hash) =>
        new(TableKeys.Partition(tenant), TableKeys.UniqueKey(change.Kind, hash)) { ["Id"] = change.RecordId };

    // Bytes travel as base64.
    private static int Size(LaneCommit commit) =>
        ((commit.Event.Changes.Bytes.Length + (commit.Change?.Document.Bytes.Length ?? 0) + (commit.Change?.Private.Length ?? 0) + (commit.Members?.Packed.Bytes.Length ?? 0)) * 4 / 3)
        + ((commit.Change?.Keys.Length ?? 0) * 2 * KeyHash.PackedLength * 4 / 3);

    private static TableTransactionAction Add(TableEntity row) => new(TableTransactionActionType.Add, row);

    private static TableTransactionAction Replace(TableEntity row) => new(TableTransactionActionType.UpdateReplace, row, ETag.All);

    private static TableTransactionAction Delete(TableEntity row) => new(TableTransactionActionType.Delete, row, ETag.All);

    /// <summary>A commit in its place.</summary>
    /// <param name="Pending">The commit.</param>
    /// <param name="Position">The place of its event.</param>
    /// <param name="Change">What it does to the index.</param>
    /// <param name="ReplacesBlob">Whether the record's document lay in a blob before.</param>
    public readonly record struct Written(PendingCommit Pending, long Position, IndexChange? Change, bool ReplacesBlob);
}
