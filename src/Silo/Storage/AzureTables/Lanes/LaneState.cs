using Azure;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

/// <summary>The committed state that a lane decides and answers from: its index, and the fence that a write must find unchanged.</summary>
/// <param name="table">The tenant's rows.</param>
/// <param name="snapshots">The tenant's snapshot.</param>
internal sealed class LaneState(LaneTable table, Snapshots snapshots)
{
    private readonly Lock _gate = new();
    private LaneIndex? _index;
    private bool _isDoubted;
    private long _snapshotPosition;

    /// <summary>The sequence row's ETag as of the index's position; null while there is no such row.</summary>
    public ETag? Fence { get; private set; }

    /// <summary>Whether the index is loaded and reflects every event up to a position.</summary>
    public bool Reflects(long position)
    {
        lock (_gate)
        {
            return !_isDoubted && _index is { } index && index.Position >= position;
        }
    }

    /// <summary>How many commits the snapshot lacks.</summary>
    public long SinceSnapshot
    {
        get
        {
            lock (_gate)
            {
                return (_index?.Position ?? _snapshotPosition) - _snapshotPosition;
            }
        }
    }

    /// <summary>Reads from the index. It must have been loaded.</summary>
    public T Read<T>(Func<LaneIndex, T> read)
    {
        lock (_gate)
        {
            return read(_index!);
        }
    }

    /// <summary>Reflects what a transaction has written.</summary>
    public void Publish(Batch batch, Sequence sequence)
    {
        lock (_gate)
        {
            foreach (var write in batch.Writes)
            {
                _index!.Apply(write.Position, write.Change);
            }

            Fence = sequence.Fence;
        }
    }

    /// <summary>Loads the index, or reflects in it what other lanes have written. One caller at a time.</summary>
    /// <param name="passed">Is told each event that was not known: the commit and its place.</param>
    public async Task CatchUpAsync(Action<Guid, long> passed)
    {
        // A new index is shown to nobody before it is consistent.
        var index = _isDoubted || _index is null ? await LoadAsync() : _index;
        var sequence = await table.ReadSequenceAsync();
        await foreach (var one in table.ReadEventsAsync(index.Position, sequence.Position))
        {
            lock (_gate)
            {
                index.Apply(one.Position, one.Change);
            }

            passed(one.CommitId, one.Position);
        }

        lock (_gate)
        {
            _index = index;
            _isDoubted = false;
        }

        Fence = sequence.Fence;
    }

    /// <summary>Has the index made anew from the rows, which it contradicts.</summary>
    public async Task DoubtAsync()
    {
        await snapshots.DeleteAsync();
        lock (_gate)
        {
            _isDoubted = true;
        }
    }

    /// <summary>Writes a snapshot.</summary>
    public async Task SaveAsync()
    {
        byte[] content;
        long position;
        lock (_gate)
        {
            if (_index is null)
            {
                return;
            }

            content = Snapshots.Encode(_index);
            position = _index.Position;
        }

        await snapshots.WriteAsync(content);
        lock (_gate)
        {
            _snapshotPosition = position;
        }
    }

    // Rows are read while others may write. What they say is at least as new as the sequence row read before them, and the events behind it set the rest right.
    private async Task<LaneIndex> LoadAsync()
    {
        var snapshot = await snapshots.ReadAsync();
        var sequence = await table.ReadSequenceAsync();
        if (snapshot?.Position <= sequence.Position)
        {
            _snapshotPosition = snapshot.Position;
            return snapshot;
        }

        var index = new LaneIndex();
        if (sequence.Position > 0)
        {
            await foreach (var row in table.ReadRecordsAsync())
            {
                if (RecordRow.IsLive(row))
                {
                    index.Load(RecordRow.Kind(row), RecordRow.Index(row));
                }
            }

            // Members have no rows: the events are what they are made of.
            await foreach (var one in table.ReadMemberEventsAsync(sequence.Position))
            {
                index.Members.Apply(one.Change!.Value);
            }
        }

        index.Loaded(sequence.Position);
        _snapshotPosition = 0;
        return index;
    }
}
