namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

/// <summary>Entries in the ordinal order of their ids, in short lists: an insertion moves little, and a position is found by passing over whole lists.</summary>
internal sealed class SortedEntries<T>
    where T : IEntry
{
    private const int MaxLength = 512;

    private readonly List<List<T>> _lists = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>All, in order.</summary>
    public IEnumerable<T> All => _lists.SelectMany(list => list);

    /// <summary>Whether there is an entry with an id.</summary>
    public bool Contains(string id)
    {
        var list = ListOf(id);
        return list < _lists.Count && Search(_lists[list], id) >= 0;
    }

    /// <summary>The entry with an id; the default when there is none.</summary>
    public T? Find(string id)
    {
        var list = ListOf(id);
        return list < _lists.Count && Search(_lists[list], id) is >= 0 and var index ? _lists[list][index] : default;
    }

    /// <summary>Adds an entry whose id is not there yet.</summary>
    public void Add(T entry)
    {
        Count++;
        var at = ListOf(entry.Id);
        if (at == _lists.Count)
        {
            // Ids rise with time, so most go to the end: lists are left full there, not split.
            if (at == 0 || _lists[at - 1].Count >= MaxLength)
            {
                _lists.Add([entry]);
            }
            else
            {
                _lists[at - 1].Add(entry);
            }

            return;
        }

        var list = _lists[at];
        list.Insert(~Search(list, entry.Id), entry);
        if (list.Count > MaxLength)
        {
            _lists.Insert(at + 1, list.GetRange(MaxLength / 2, list.Count - (MaxLength / 2)));
            list.RemoveRange(MaxLength / 2, list.Count - (MaxLength / 2));
        }
    }

    /// <summary>Removes the entry with an id; false when there is none.</summary>
    public bool Remove(string id)
    {
        var at = ListOf(id);
        if (at == _lists.Count || Search(_lists[at], id) is not (>= 0 and var place))
        {
            return false;
        }

        _lists[at].RemoveAt(place);
        Count--;
        if (_lists[at].Count == 0)
        {
            _lists.RemoveAt(at);
        }

        return true;
    }

    /// <summary>A page of ids.</summary>
    /// <param name="afterId">Start behind this id; null to start at the first.</param>
    /// <param name="skip">How many to pass over from there.</param>
    /// <param name="count">How many at most.</param>
    public LanePage Page(string? afterId, int skip, int count)
    {
        var start = afterId is null ? 0 : CountUpTo(afterId);
        return new LanePage(Count, Count - start, Ids(start + Math.Min(skip, Count), count));
    }

    /// <summary>How many ids are not behind another, which need not be there.</summary>
    public int CountUpTo(string id)
    {
        var at = ListOf(id);
        var before = 0;
        for (var index = 0; index < at; index++)
        {
            before += _lists[index].Count;
        }

        if (at == _lists.Count)
        {
            return before;
        }

        var place = Search(_lists[at], id);
        return before + (place >= 0 ? place + 1 : ~place);
    }

    /// <summary>Ids from a position on.</summary>
    public string[] Ids(int skip, int count)
    {
        var ids = new string[Math.Clamp(Count - skip, 0, count)];
        var filled = 0;
        for (var index = 0; filled < ids.Length; index++)
        {
            var list = _lists[index];
            for (; skip < list.Count && filled < ids.Length; skip++)
            {
                ids[filled++] = list[skip].Id;
            }

            skip = Math.Max(0, skip - list.Count);
        }

        return ids;
    }

    // The first list that does not end before the id.
    private int ListOf(string id)
    {
        var (low, high) = (0, _lists.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(_lists[middle][^1].Id, id) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static int Search(List<T> list, string id)
    {
        var (low, high) = (0, list.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            switch (string.CompareOrdinal(list[middle].Id, id))
            {
                case 0:
                    return middle;
                case < 0:
                    low = middle + 1;
                    break;
                default:
                    high = middle - 1;
                    break;
            }
        }

        return ~low;
    }
}

/// <summary>Something with an id to be ordered by.</summary>
internal interface IEntry
{
    /// <summary>The id.</summary>
    string Id { get; }
}
