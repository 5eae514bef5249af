using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

/// <summary>The living records of one kind: their ids in order, and who holds which key.</summary>
internal sealed class KindIndex
{
    // One id, or many in order: nearly every key has one holder, and a few, such as a status, have nearly all.
    private readonly Dictionary<KeyHash, object> _holders = [];

    /// <summary>The records.</summary>
    public SortedEntries<IndexEntry> Entries { get; } = new();

    /// <summary>Reflects a change, unless a later one has been.</summary>
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
            // Memberships and holders refer to the id: the next version must not bring another copy of it.
            next = next with { Id = current.Id };
            Entries.Remove(current.Id);
        }

        // What is held before and after is left alone: a key that all hold must not cost anything when one of them changes.
        var (before, after) = (current?.Keys ?? [], change.IsDelete ? [] : next.Keys);
        foreach (var key in before.Except(after))
        {
            Release(key, next.Id);
        }

        foreach (var key in after.Except(before))
        {
            Hold(key, next.Id);
        }

        if (!change.IsDelete)
        {
            Entries.Add(next);
        }
    }

    /// <summary>The ids of the records that hold a key, in order.</summary>
    public string[] Holders(KeyHash key) => Holders(key, int.MaxValue).Ids;

    /// <summary>How many hold a key, and the first of them in order.</summary>
    public KeyHolders Holders(KeyHash key, int count) => _holders.GetValueOrDefault(key) switch
    {
        null => new KeyHolders(0, []),
        string one => new KeyHolders(1, count == 0 ? [] : [one]),
        var several => new KeyHolders(((SortedEntries<Holder>)several).Count, ((SortedEntries<Holder>)several).Ids(0, count)),
    };

    /// <summary>A page of the ids that hold a key.</summary>
    public LanePage Page(KeyHash key, string? afterId, int count) => _holders.GetValueOrDefault(key) is SortedEntries<Holder> several
        ? several.Page(afterId, 0, count)
        : LanePage.Of(Holders(key), afterId, count);

    /// <summary>Whether a record holds a key.</summary>
    public bool Holds(string id, KeyHash key) => _holders.GetValueOrDefault(key) switch
    {
        null => false,
        string one => one == id,
        var several => ((SortedEntries<Holder>)several).Contains(id),
    };

    private void Hold(KeyHash key, string id)
    {
        switch (_holders.GetValueOrDefault(key))
        {
            case null:
                _holders[key] = id;
                break;
            case string one:
                var both = new SortedEntries<Holder>();
                both.Add(new Holder(one));
                both.Add(new Holder(id));
                _holders[key] = both;
                break;
            case var several:
                ((SortedEntries<Holder>)several).Add(new Holder(id));
                break;
        }
    }

    private void Release(KeyHash key, string id)
    {
        switch (_holders.GetValueOrDefault(key))
        {
            case string one when one == id:
                _holders.Remove(key);
                break;
            case SortedEntries<Holder> several:
                several.Remove(id);
                if (several.Count == 1)
                {
                    _holders[key] = several.Ids(0, 1)[0];
                }

                break;
        }
    }

    private readonly record struct Holder(string Id) : IEntry;
}
