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

    /// <summary>A page of ids.</summary>
    public LanePage Page(string kind, string? afterId, int skip, int count) =>
        _kinds.TryGetValue(kind, out var records) ? records.Entries.Page(afterId, skip, count) : new LanePage(0, 0, []);

    private KindIndex Of(string kind) => _kinds.TryGetValue(kind, out var index) ? index : _kinds[kind] = new KindIndex();

    private sealed class KindIndex
    {
        // One holder, or a list of them: nearly every key has one.
        private readonly Dictionary<KeyHash, object> _holders = [];

        public SortedEntries<IndexEntry> Entries { get; } = new();

        public void Apply(IndexChange change)
        {
            var next = change.Entry;
            var current = Entries.Find(next.Id);
            if (current is not null && current.Position >= next.Position)
            {
                return;
            }

            if (current is not null)
            {
                // Memberships refer to the id: the next version must not bring another copy of it.
                next = next with { Id = current.Id };
                Entries.Remove(current.Id);
                foreach (var key in current.Keys)
                {
                    Release(key, current.Id);
                }
            }

            if (!change.IsDelete)
            {
                Entries.Add(next);
                foreach (var key in next.Keys)
                {
                    Hold(key, next);
                }
            }
        }

        public string[] Holders(KeyHash key) => _holders.GetValueOrDefault(key) switch
        {
            null => [],
            IndexEntry one => [one.Id],
            var several => [.. ((List<IndexEntry>)several).Select(entry => entry.Id).Order(StringComparer.Ordinal)],
        };

        private void Hold(KeyHash key, IndexEntry entry) => _holders[key] = _holders.GetValueOrDefault(key) switch
        {
            null => entry,
            IndexEntry one => new List<IndexEntry> { one, entry },
            var several => With((List<IndexEntry>)several, entry),
        };

        private void Release(KeyHash key, string id)
        {
            switch (_holders.GetValueOrDefault(key))
            {
                case IndexEntry one when one.Id == id:
                    _holders.Remove(key);
                    break;
                case List<IndexEntry> several:
                    several.RemoveAll(entry => entry.Id == id);
                    if (several.Count == 1)
                    {
                        _holders[key] = several[0];
                    }

                    break;
            }
        }

        private static List<IndexEntry> With(List<IndexEntry> several, IndexEntry entry)
        {
            several.Add(entry);
            return several;
        }
    }
}
