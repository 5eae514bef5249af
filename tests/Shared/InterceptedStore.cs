using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Tests.Shared;

/// <summary>A real store with a hand in the door: a test can make it wait, fail before anything happened, or fail after everything has.</summary>
public sealed class InterceptedStore(IDirectoryStore inner) : IDirectoryStore
{
    /// <summary>Awaited before every read; throws to make the store refuse.</summary>
    public Func<Task> BeforeRead { get; set; } = () => Task.CompletedTask;

    /// <summary>Awaited when a record has been loaded, before the caller gets it.</summary>
    public Func<Task> AfterRead { get; set; } = () => Task.CompletedTask;

    /// <summary>Awaited before every commit; throws to keep it from being written.</summary>
    public Func<Commit, Task> BeforeCommit { get; set; } = _ => Task.CompletedTask;

    /// <summary>Awaited after every commit; throws to make its outcome unknown to the caller.</summary>
    public Func<Commit, Task> AfterCommit { get; set; } = _ => Task.CompletedTask;

    /// <summary>Awaited after every erasure; throws to make its outcome unknown to the caller.</summary>
    public Func<Task> AfterErase { get; set; } = () => Task.CompletedTask;

    public async ValueTask<CommitOutcome> CommitAsync(Commit commit)
    {
        await BeforeCommit(commit);
        var outcome = await inner.CommitAsync(commit);
        await AfterCommit(commit);
        return outcome;
    }

    public async ValueTask<StoredRecord?> LoadAsync(RecordKey key, CancellationToken cancellationToken)
    {
        await BeforeRead();
        var record = await inner.LoadAsync(key, cancellationToken);
        await AfterRead();
        return record;
    }

    public async ValueTask<RecordPage> QueryAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        await BeforeRead();
        return await inner.QueryAsync(query, cancellationToken);
    }

    public async ValueTask<RecordPage> SortAsync(SortedQuery query, CancellationToken cancellationToken)
    {
        await BeforeRead();
        return await inner.SortAsync(query, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<StoredRecord>> ListTenantsAsync(string? afterSlug, int count, CancellationToken cancellationToken)
    {
        await BeforeRead();
        return await inner.ListTenantsAsync(afterSlug, count, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(
        string tenant, long after, int count, string? resourceId, CancellationToken cancellationToken)
    {
        await BeforeRead();
        return await inner.ReadEventsAsync(tenant, after, count, resourceId, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<string>> ReadMembersAsync(RecordKey group, string? after, int count, CancellationToken cancellationToken)
    {
        await BeforeRead();
        return await inner.ReadMembersAsync(group, after, count, cancellationToken);
    }

    public async ValueTask<IReadOnlySet<string>> FindMembersAsync(RecordKey group, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await BeforeRead();
        return await inner.FindMembersAsync(group, ids, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<long>> CountMembersAsync(string tenant, IReadOnlyList<string> groups, CancellationToken cancellationToken)
    {
        await BeforeRead();
        return await inner.CountMembersAsync(tenant, groups, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<Membership>> ReadMembershipsAsync(string tenant, IReadOnlyList<string> users, CancellationToken cancellationToken)
    {
        await BeforeRead();
        return await inner.ReadMembershipsAsync(tenant, users, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<RecordKey>> ListDepartedAsync(int count, CancellationToken cancellationToken)
    {
        await BeforeRead();
        return await inner.ListDepartedAsync(count, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<string>> ReadDepartedAsync(RecordKey group, int count, CancellationToken cancellationToken)
    {
        await BeforeRead();
        return await inner.ReadDepartedAsync(group, count, cancellationToken);
    }

    public async ValueTask<RecordPage> FindAsync(KeyQuery query, CancellationToken cancellationToken)
    {
        await BeforeRead();
        return await inner.FindAsync(query, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<KeyHolders>> FindHoldersAsync(
        string tenant, string kind, IReadOnlyList<IndexKey> keys, int count, CancellationToken cancellationToken)
    {
        await BeforeRead();
        return await inner.FindHoldersAsync(tenant, kind, keys, count, cancellationToken);
    }

    public async ValueTask EraseChangesAsync(string tenant, string resourceId)
    {
        await inner.EraseChangesAsync(tenant, resourceId);
        await AfterErase();
    }

    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        await BeforeRead();
        await inner.ProbeAsync(cancellationToken);
    }
}
