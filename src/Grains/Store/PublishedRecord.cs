namespace OrleansIdentity.Grains.Store;

/// <summary>
/// What a grain remembers of its record: only what is committed. A commit is published to memory after it is durable; when its outcome is
/// unknown, memory is forgotten and read anew before anything is answered from it.
/// </summary>
/// <typeparam name="T">The record as the grain works with it.</typeparam>
internal sealed class PublishedRecord<T>(IDirectoryStore store, RecordKey key, Func<StoredRecord, T> read)
    where T : class
{
    private bool _known;

    /// <summary>The record's name.</summary>
    public RecordKey Key => key;

    /// <summary>The record as last committed; null when it does not exist. Right only after <see cref="EnsureKnownAsync"/>.</summary>
    public T? Value { get; private set; }

    /// <summary>The version of <see cref="Value"/>; 0 when it does not exist.</summary>
    public long Version { get; private set; }

    /// <summary>Reads the record from the store, unless memory is known to be right.</summary>
    public async ValueTask EnsureKnownAsync(CancellationToken cancellationToken = default)
    {
        if (_known)
        {
            return;
        }

        var stored = await store.LoadAsync(key, cancellationToken);

        // Interleaved readers may load at the same time as a command that has meanwhile loaded, committed and published: the first to arrive wins.
        if (!_known)
        {
            Publish(stored is null ? null : read(stored), stored?.Version ?? 0);
        }
    }

    /// <summary>Commits a new state and publishes it.</summary>
    public Task<CommitOutcome> PutAsync(T next, ReadOnlyMemory<byte> document, IReadOnlyList<IndexKey> keys, EventData data, Guid commitId) =>
        CommitAsync(next, new PutRecord(key, Version, document, keys), data, commitId);

    /// <summary>Commits the deletion and publishes it.</summary>
    public Task<CommitOutcome> DeleteAsync(EventData data, Guid commitId) =>
        CommitAsync(null, new DeleteRecord(key, Version), data, commitId);

    private async Task<CommitOutcome> CommitAsync(T? next, RecordChange change, EventData data, Guid commitId)
    {
        CommitOutcome outcome;
        try
        {
            outcome = await store.CommitAsync(new Commit(commitId, key.Tenant, change, data));
        }
        catch
        {
            // It may or may not have become durable: only the store can tell.
            _known = false;
            throw;
        }

        switch (outcome)
        {
            case CommitOutcome.Committed:
                Publish(next, next is null ? 0 : change.ExpectedVersion + 1);
                break;
            case CommitOutcome.Stale:
                // Another activation of this grain wrote meanwhile.
                _known = false;
                break;
        }

        return outcome;
    }

    private void Publish(T? value, long version)
    {
        Value = value;
        Version = version;
        _known = true;
    }
}
