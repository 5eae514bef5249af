using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Silo.Storage.Sqlite;

/// <summary>The store port on one SQLite file: the embedded default. One process at a time.</summary>
public sealed class SqliteDirectoryStore : IDirectoryStore, IAsyncDisposable
{
    private readonly FileStream _claim;
    private readonly CommitWriter _writer;
    private readonly ReaderPool _readers;
    private readonly SemaphoreSlim _scanLanes;

    private SqliteDirectoryStore(SqliteStoreOptions options, FileStream claim, CommitWriter writer)
    {
        _claim = claim;
        _writer = writer;
        _readers = new ReaderPool(options);
        _scanLanes = new SemaphoreSlim(options.ScanLanes);
    }

    /// <summary>Opens the store, creating or migrating the file.</summary>
    /// <exception cref="StoreRefusedException">Another process uses it, or it is from a newer program.</exception>
    public static Task<SqliteDirectoryStore> OpenAsync(
        SqliteStoreOptions options, TimeProvider time, ILogger<SqliteDirectoryStore> logger, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var claim = StoreFiles.Claim(options.Path);
            SqliteSession? session = null;
            try
            {
                session = SqliteSession.Open(options, readOnly: false);
                SqliteSchema.Migrate(session);
                return new SqliteDirectoryStore(options, claim, new CommitWriter(options, session, time, logger));
            }
            catch
            {
                session?.Dispose();
                claim.Dispose();
                throw;
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoredRecord?> LoadAsync(RecordKey key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Read(session => RecordReads.Load(session, key)));

    /// <inheritdoc/>
    public ValueTask<CommitOutcome> CommitAsync(Commit commit) => new(_writer.WriteAsync(new PendingCommit(commit)));

    /// <inheritdoc/>
    public ValueTask<RecordPage> QueryAsync(RecordQuery query, CancellationToken cancellationToken) => RecordQueries.NeedsScan(query)
        ? new ValueTask<RecordPage>(ScanAsync(session => RecordQueries.Answer(session, query, cancellationToken), cancellationToken))
        : ValueTask.FromResult(Read(session => RecordQueries.Answer(session, query, cancellationToken)));

    /// <inheritdoc/>
    public ValueTask<RecordPage> SortAsync(SortedQuery query, CancellationToken cancellationToken) =>
        new(ScanAsync(session => SortedQueries.Answer(session, query, cancellationToken), cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredRecord>> ListTenantsAsync(string? afterSlug, int count, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<StoredRecord>>(Read(session => RecordReads.Tenants(session, afterSlug ?? "", count)));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(
        string tenant, long after, int count, string? resourceId, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<StoredEvent>>(Read(session => EventReads.Read(session, tenant, after, count, resourceId)));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ReadMembersAsync(RecordKey group, string? after, int count, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<string>>(Read(session => MemberReads.Members(session, group, after ?? "", count)));

    /// <inheritdoc/>
    public ValueTask<IReadOnlySet<string>> FindMembersAsync(RecordKey group, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlySet<string>>(Read(session => MemberReads.Find(session, group, ids)));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<long>> CountMembersAsync(string tenant, IReadOnlyList<string> groups, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<long>>(Read(session => MemberReads.Count(session, tenant, groups)));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Membership>> ReadMembershipsAsync(string tenant, IReadOnlyList<string> users, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<Membership>>(Read(session => MemberReads.Memberships(session, tenant, users)));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RecordKey>> ListDepartedAsync(int count, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<RecordKey>>(Read(session => MemberReads.Departed(session, count)));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ReadDepartedAsync(RecordKey group, int count, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<string>>(Read(session => MemberReads.Departed(session, group, count)));

    /// <inheritdoc/>
    public ValueTask<RecordPage> FindAsync(KeyQuery query, CancellationToken cancellationToken) => query.Filter is null
        ? ValueTask.FromResult(Read(session => KeyReads.Find(session, query)))
        : new ValueTask<RecordPage>(ScanAsync(session => KeyReads.Select(session, query, cancellationToken), cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<KeyHolders>> FindHoldersAsync(
        string tenant, string kind, IReadOnlyList<IndexKey> keys, int count, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<KeyHolders>>(Read(session => KeyReads.Holders(session, tenant, kind, keys, count)));

    /// <inheritdoc/>
    public async ValueTask EraseChangesAsync(string tenant, string resourceId) =>
        await _writer.WriteAsync(new PendingCommit(null, new Erasure(tenant, resourceId)));

    /// <inheritdoc/>
    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        Read(session => session.Number("SELECT count(*) FROM probe"));
        await _writer.WriteAsync(new PendingCommit(null)).WaitAsync(cancellationToken);
    }

    /// <summary>Writes what was accepted, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.Run(_writer.Dispose);
        _readers.Dispose();
        await _claim.DisposeAsync();
        _scanLanes.Dispose();
    }

    private async Task<RecordPage> ScanAsync(Func<SqliteSession, RecordPage> answer, CancellationToken cancellationToken)
    {
        await _scanLanes.WaitAsync(cancellationToken);
        try
        {
            StoreTelemetry.Scan();
            return await Task.Run(() => Read(answer), cancellationToken);
        }
        finally
        {
            _scanLanes.Release();
        }
    }

    private T Read<T>(Func<SqliteSession, T> read)
    {
        try
        {
            using var lease = _readers.Rent();
            return read(lease.Session);
        }
        catch (SqliteException exception)
        {
            throw new StoreUnavailableException("The store could not read.", exception);
        }
    }
}
