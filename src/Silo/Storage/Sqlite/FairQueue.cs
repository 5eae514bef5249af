using System.Diagnostics.CodeAnalysis;

namespace OrleansIdentity.Silo.Storage.Sqlite;

/// <summary>Takes turns between tenants, and keeps the order within one: a tenant with a hundred thousand waiting commits delays nobody else's.</summary>
/// <param name="capacity">How many may wait in all.</param>
internal sealed class FairQueue(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<PendingCommit>> _waiting = new(StringComparer.Ordinal);
    private readonly Queue<string> _turns = new();
    private readonly ManualResetEventSlim _hasWork = new();
    private bool _closed;

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>Adds work; false when it is full or closed.</summary>
    public bool TryAdd(PendingCommit pending)
    {
        lock (_gate)
        {
            if (_closed || Count >= capacity)
            {
                return false;
            }

            if (!_waiting.TryGetValue(pending.Tenant, out var queue))
            {
                _waiting[pending.Tenant] = queue = new Queue<PendingCommit>();
                _turns.Enqueue(pending.Tenant);
            }

            queue.Enqueue(pending);
            Count++;
            _hasWork.Set();
            return true;
        }
    }

    /// <summary>Accepts no more; what waits can still be taken.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _hasWork.Set();
        }
    }

    /// <summary>Waits for work and takes up to a batch of it; false when it is closed and empty.</summary>
    public bool TryTake(int max, [NotNullWhen(true)] out List<PendingCommit>? batch)
    {
        batch = null;
        _hasWork.Wait();
        lock (_gate)
        {
            if (Count == 0)
            {
                return !_closed ? throw new InvalidOperationException("Woken without work.") : false;
            }

            batch = new List<PendingCommit>(Math.Min(max, Count));
            while (batch.Count < max && _turns.TryDequeue(out var tenant))
            {
                var queue = _waiting[tenant];
                batch.Add(queue.Dequeue());
                if (queue.Count > 0)
                {
                    _turns.Enqueue(tenant);
                }
                else
                {
                    _waiting.Remove(tenant);
                }
            }

            Count -= batch.Count;
            if (Count == 0 && !_closed)
            {
                _hasWork.Reset();
            }

            return true;
        }
    }
}
