namespace OrleansIdentity.Grains.Store;

/// <summary>
/// What a grain remembers of its record: only what is committed. A commit is published to memory after it is durable; when its outcome is
/// unknown, memory is forgotten and read anew before anything is answered from it.
/// </summary>
/// <typeparam name="T">The record as the grain works with it.</typeparam>
internal sealed class PublishedRecord<T>(RecordAccess access, RecordKey key, Func<StoredRecord, T> read)
    where T : class
{
    private bool _known;

    // When the store was last asked, or told: taken before the question, so that the lease never outlives what it vouches for.
    private long _confirmedAt;

    // When this version was first seen: taken after the answer, so that whoever still remembers an earlier one confirmed it before.
    private long _learnedAt;
    private int _commits;

    /// <summary>The record's name.</summary>
    public RecordKey Key => key;

    /// <summary>The record as last committed; null when it does not exist. Right only after <see cref="EnsureKnownAsync"/>.</summary>
    public T? Value { get; private set; }

    /// <summary>The version of <see cref="Value"/>; 0 when it does not exist.</summary>
    public long Version { get; private set; }

    /// <summary>Reads the record from the store, unless memory is known to be right.</summary>
    public async ValueTask EnsureKnownAsync(CancellationToken cancellationToken = default)
    {
        var began = access.Now();
        while (!_known || (_confirmedAt < began && access.IsOver(_confirmedAt)))
        {
            var (asked, commits) = (access.Now(), _commits);
            var stored = await access.Store.LoadAsync(key, cancellationToken);

            // Readers interleave: what they read while a command of this grain committed may be from before it, and what was asked earlier from before
            // what was asked later.
            if (commits == _commits && (!_known || asked > _confirmedAt))
            {
                Publish(stored is null ? null : Same(stored) ?? read(stored), stored?.Version ?? 0, asked);
            }
        }
    }

    /// <summary>
    /// Completes when no other activation of the grain answers from before <see cref="Version"/>: each has let go of what it last confirmed before this
    /// one learned of it. What must be in force everywhere is acknowledged after this, whether this activation has written it or found it.
    /// </summary>
    public Task SettledAsync() => access.OutlastAsync(_learnedAt);

    /// <summary>Commits a new state and publishes it.</summary>
    public Task<CommitOutcome> PutAsync(
        T next, ReadOnlyMemory<byte> document, IReadOnlyList<IndexKey> keys, EventData data, Guid commitId) =>
        CommitAsync(next, new Commit(commitId, key.Tenant, new PutRecord(key, Version, document, keys), data));

    /// <summary>Commits the deletion and publishes it.</summary>
    public Task<CommitOutcome> DeleteAsync(EventData data, Guid commitId) =>
        CommitAsync(null, new Commit(commitId, key.Tenant, new DeleteRecord(key, Version), data));

    /// <summary>Writes a commit of this record and publishes what it comes to.</summary>
    /// <param name="next">The record afterwards; null when it is deleted.</param>
    /// <param name="commit">The commit, at <see cref="Version"/>.</param>
    public async Task<CommitOutcome> CommitAsync(T? next, Commit commit)
    {
        CommitOutcome outcome;
        var asked = access.Now();
        try
        {
            outcome = await access.Store.CommitAsync(commit);
        }
        catch
        {
            // It may or may not have become durable: only the store can tell.
            _known = false;
            throw;
        }
        finally
        {
            _commits++;
        }

        switch (outcome)
        {
            case CommitOutcome.Committed:
                Publish(next, next is null ? 0 : commit.Change!.ExpectedVersion + 1, asked);
                break;
            case CommitOutcome.Stale:
                // Another activation of this grain wrote meanwhile.
                _known = false;
                break;
        }

        return outcome;
    }

    // Most often nothing has changed since: then there is nothing to parse.
    private T? Same(StoredRecord stored) => _known && stored.Version == Version ? Value : null;

    private void Publish(T? value, long version, long asked)
    {
        if (!_known || version != Version)
        {
            _learnedAt = access.Now();
        }

        Value = value;
        Version = version;
        _confirmedAt = asked;
        _known = true;
    }
}
