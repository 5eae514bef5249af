namespace OrleansIdentity.Grains.Store;

/// <summary>
/// The port to durable state. A commit that was answered is durable and visible to every later read, on every node.
/// Every member throws <see cref="StoreUnavailableException"/> when the store cannot answer; of a commit the outcome is then unknown.
/// </summary>
public interface IDirectoryStore : IMemberStore
{
    /// <summary>Reads one record; null when it does not exist (never did, or was deleted).</summary>
    ValueTask<StoredRecord?> LoadAsync(RecordKey key, CancellationToken cancellationToken);

    /// <summary>Writes one step atomically. Takes no cancellation: a started commit is carried out whoever hangs up.</summary>
    ValueTask<CommitOutcome> CommitAsync(Commit commit);

    /// <summary>Reads a page of records and the exact total.</summary>
    ValueTask<RecordPage> QueryAsync(RecordQuery query, CancellationToken cancellationToken);

    /// <summary>The ids of the records that hold a key, in order: one at most of a unique key.</summary>
    ValueTask<IReadOnlyList<string>> FindAsync(string tenant, string kind, IndexKey key, CancellationToken cancellationToken);

    /// <summary>Reads the tenants' own records, in the order of their slugs.</summary>
    ValueTask<IReadOnlyList<StoredRecord>> ListTenantsAsync(string? afterSlug, int count, CancellationToken cancellationToken);

    /// <summary>Reads a tenant's events in order.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="after">Only events behind this position; 0 for all.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="resourceId">Only events of this resource; null for all.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(string tenant, long after, int count, string? resourceId, CancellationToken cancellationToken);

    /// <summary>Completes when the store can both read and write.</summary>
    ValueTask ProbeAsync(CancellationToken cancellationToken);
}
