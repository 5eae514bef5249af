using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

/// <summary>The commits that wait in a lane, in order.</summary>
/// <param name="capacity">How many may wait.</param>
internal sealed class LaneQueue(int capacity)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<PendingCommit> _waiting = new();
    private bool _closed;
    private bool _served;

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Adds a commit at the end.</summary>
    /// <param name="pending">The commit.</param>
    /// <param name="serve">Is called when nobody serves the queue, before it can be closed.</param>
    /// <exception cref="StoreUnavailableException">The queue is full or closed.</exception>
    public void Add(PendingCommit pending, Action serve)
    {
        lock (_gate)
        {
            if (_closed || _waiting.Count >= capacity)
            {
                throw new StoreUnavailableException("Too many commits of this tenant are waiting, or its lane is closing. Nothing was written.");
            }

            _waiting.AddLast(pending);
            if (!_served)
            {
                _served = true;
                serve();
            }
        }
    }

    /// <summary>Whether there is more to serve; if not, the next to add a commit is told to.</summary>
    public bool HasMore()
    {
        lock (_gate)
        {
            return _served = _waiting.Count > 0;
        }
    }

    /// <summary>Accepts no more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }
    }

    /// <summary>Takes commits from the front for as long as they are wanted. What was answered meanwhile is passed over.</summary>
    public void Take(Func<PendingCommit, bool> wants)
    {
        lock (_gate)
        {
            while (_waiting.First is { } first && (first.Value.Answer.IsCompleted || wants(first.Value)))
            {
                _waiting.RemoveFirst();
            }
        }
    }

    /// <summary>Puts commits back to the front, in the order in which they were taken.</summary>
    public void PutBack(IEnumerable<PendingCommit> pending)
    {
        lock (_gate)
        {
            foreach (var one in pending.Reverse())
            {
                _waiting.AddFirst(one);
            }
        }
    }
}
