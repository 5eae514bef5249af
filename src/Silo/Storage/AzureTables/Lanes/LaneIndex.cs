using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

/// <summary>
/// A tenant's living records: their ids in order, who holds which key, and what decides a commit. It is what the events up to
/// <see cref="Position"/> have made of it, and holds no document. Used under its owner's lock.
/// </summary>
internal sealed class LaneIndex
{
    private readonly Dictionary<string, KindIndex> _kinds = new(StringComparer.Ordinal);

    public LaneIndex() => Members = new MemberIndex(id => Find(RecordKinds.User, id)?.Id ?? id);

    /// <summary>Who is a member of what.</summary>
    public MemberIndex Members { get; }

    /// <summary>The last event that it reflects; 0 for none.</summary>
    public long Position { get; private set; }

    /// <summary>The kinds that were ever seen and their records.</summary>
    public IEnumerable<(string Kind, SortedEntries<IndexEntry> Entries)> Kinds => _kinds.Select(kind => (kind.Key, kind.Value.Entries));

    /// <summary>Reflects an event. Events may come twice, or after the record has been seen in a later state: only what is new counts.</summary>
    /// <param name="position">The event's place.</param>
    /// <param name="change">What it did; null when it changed no record.</param>
    public void Apply(long position, IndexChange? change)
    {
        if (change is { } made)
        {
            Of(made.Kind).Apply(made);
            if (position > Position)
            {
                Members.Apply(made);
            }
        }

        Position = Math.Max(Position, position);
    }

    /// <summary>Takes a record from a snapshot, or from its row.</summary>
    public void Load(string kind, IndexEntry entry) => Of(kind).Apply(new IndexChange(kind, entry, IsDelete: false));

    /// <summary>Says that everything up to a position has been loaded.</summary>
    public void Loaded(long position) => Position = position;

    /// <summary>A record; null when it does not live.</summary>
    public IndexEntry? Find(string kind, string id) => _kinds.GetValueOrDefault(kind)?.Entries.Find(id);

    /// <summary>The ids of the records that hold a key, in order.</summary>
    public string[] Holders(string kind, KeyHash key) => _kinds.GetValueOrDefault(kind)?.Holders(key) ?? [];

    /// <summary>How many hold each of some keys, and the first of them in order.</summary>
    public KeyHolders[] Holders(string kind, KeyHash[] keys, int count) =>
        Array.ConvertAll(keys, key => _kinds.GetValueOrDefault(kind)?.Holders(key, count) ?? new KeyHolders(0, []));

    /// <summary>A page of the ids that hold a key of each condition.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="conditions">The keys any of which fulfils a condition; the first condition gives the candidates.</param>
    /// <param name="group">The group that they must be members of; null for none.</param>
    /// <param name="afterId">Start behind this id; null to start at the first.</param>
    /// <param name="count">How many at most.</param>
    public LanePage Page(string kind, KeyHash[][] conditions, string? group, string? afterId, int count)
    {
        if (!_kinds.TryGetValue(kind, out var records))
        {
            return new LanePage(0, 0, []);
        }

        if (conditions is [[var only]] && group is null)
        {
            return records.Page(only, afterId, count);
        }

        var ids = conditions[0].Distinct().SelectMany(records.Holders).Distinct(StringComparer.Ordinal)
            .Where(id => conditions.Skip(1).All(keys => keys.Any(key => records.Holds(id, key))))
            .Order(StringComparer.Ordinal)
            .ToArray();
        return LanePage.Of(group is null ? ids : Members.Find(kind, group, ids), afterId, count);
    }

    /// <summary>A page of ids.</summary>
    public LanePage Page(string kind, string? afterId, int skip, int count) =>
        _kinds.TryGetValue(kind, out var records) ? records.Entries.Page(afterId, skip, count) : new LanePage(0, 0, []);

    private KindIndex Of(string kind) => _kinds.TryGetValue(kind, out var index) ? index : _kinds[kind] = new KindIndex();
}
