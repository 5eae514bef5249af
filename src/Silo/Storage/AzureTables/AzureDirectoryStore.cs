using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Account;
using OrleansIdentity.Silo.Storage.AzureTables.Lanes;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;
using OrleansIdentity.Silo.Storage.AzureTables.Reads;

namespace OrleansIdentity.Silo.Storage.AzureTables;

/// <summary>The store port on one Azure Storage account: a tenant is a partition, written by its lane. Any number of processes.</summary>
public sealed class AzureDirectoryStore : IDirectoryStore, IAsyncDisposable
{
    private readonly AzureAccount _account;
    private readonly Persistence _persistence;
    private readonly TimeProvider _time;
    private readonly ILanes _lanes;
    private readonly Blobs _blobs;
    private readonly RecordLoads _records;
    private readonly RecordQueries _queries;
    private readonly SortedQueries _sorted;
    private readonly KeyQueries _keys;
    private readonly EventErasure _erasure;
    private readonly MemberReads _members;
    private readonly EventReads _events;
    private readonly Roster _roster;
    private readonly SemaphoreSlim _scanLanes;

    internal AzureDirectoryStore(AzureAccount account, AzureStorageOptions options, ILanes lanes, TimeProvider time)
    {
        _account = account;
        _persistence = new Persistence(options, time);
        _time = time;
        _lanes = lanes;
        _blobs = new Blobs(account.Blobs, _persistence);
        _records = new RecordLoads(account.Table, _blobs, _persistence);
        _queries = new RecordQueries(lanes, _records);
        _sorted = new SortedQueries(_queries, _records);
        _keys = new KeyQueries(lanes, _records);
        _erasure = new EventErasure(account.Table, _blobs, _persistence);
        _members = new MemberReads(lanes, _records, new DepartureMarks(account.Table, _persistence));
        _events = new EventReads(account.Table, _blobs, _persistence);
        _roster = new Roster(account.Table, _records, _persistence);
        _scanLanes = new SemaphoreSlim(options.ScanLanes);
    }

    /// <summary>Opens the store with lanes in this process, creating tables and container where they are missing.</summary>
    /// <param name="options">Which account.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where to say what goes wrong.</param>
    /// <param name="transport">What carries the requests; null for the default.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="StoreUnavailableException">The account does not answer, or refuses.</exception>
    public static async Task<AzureDirectoryStore> OpenAsync(
        AzureStorageOptions options, TimeProvider time, ILogger<AzureDirectoryStore> logger, HttpPipelineTransport? transport, CancellationToken cancellationToken)
    {
        var account = AzureAccount.Connect(options, transport);
        await account.PrepareAsync(new Persistence(options, time), cancellationToken);
        return new AzureDirectoryStore(account, options, new LocalLanes(account, options, time, logger), time);
    }

    /// <inheritdoc/>
    public async ValueTask<StoredRecord?> LoadAsync(RecordKey key, CancellationToken cancellationToken) => await _records.LoadAsync(key, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<CommitOutcome> CommitAsync(Commit commit)
    {
        if (commit.Change is PutRecord { Key.Kind: RecordKinds.Tenant, ExpectedVersion: 0 })
        {
            await _roster.EnterAsync(commit.Tenant);
        }

        var document = await _blobs.PlaceDocumentAsync(commit);
        var changes = await _blobs.PlaceChangesAsync(commit);
        var members = await PlaceMembersAsync(commit);
        var reply = await _lanes.Of(commit.Tenant).CommitAsync(LaneCommits.Prepare(commit, document, changes, members));
        if (reply.ReplacedBlob)
        {
            await _blobs.SweepAsync(commit.Change!);
        }

        return reply.Outcome;
    }

    /// <inheritdoc/>
    public async ValueTask<RecordPage> QueryAsync(RecordQuery query, CancellationToken cancellationToken) => RecordQueries.NeedsScan(query)
        ? await ScanAsync(() => _queries.ScanAsync(query, cancellationToken), cancellationToken)
        : await _queries.AnswerAsync(query, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<RecordPage> SortAsync(SortedQuery query, CancellationToken cancellationToken) =>
        await ScanAsync(() => _sorted.AnswerAsync(query, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredRecord>> ListTenantsAsync(string? afterSlug, int count, CancellationToken cancellationToken) =>
        await _roster.ListAsync(afterSlug, count, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(
        string tenant, long after, int count, string? resourceId, CancellationToken cancellationToken) => resourceId is null
        ? await _events.ReadAsync(tenant, after, count, cancellationToken)
        : await _events.ReadAsync(tenant, after, count, resourceId, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> ReadMembersAsync(RecordKey group, string? after, int count, CancellationToken cancellationToken) =>
        await _members.MembersAsync(group, after, count);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlySet<string>> FindMembersAsync(RecordKey group, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        await _members.FindAsync(group, ids);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<long>> CountMembersAsync(string tenant, IReadOnlyList<string> groups, CancellationToken cancellationToken) =>
        await _members.CountAsync(tenant, groups);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Membership>> ReadMembershipsAsync(string tenant, IReadOnlyList<string> users, CancellationToken cancellationToken) =>
        await _members.MembershipsAsync(tenant, users, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RecordKey>> ListDepartedAsync(int count, CancellationToken cancellationToken) =>
        await _members.ListDepartedAsync(count, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> ReadDepartedAsync(RecordKey group, int count, CancellationToken cancellationToken) =>
        await _members.DepartedAsync(group, count);

    /// <inheritdoc/>
    public async ValueTask<RecordPage> FindAsync(KeyQuery query, CancellationToken cancellationToken) => query.Filter is null
        ? await _keys.AnswerAsync(query, cancellationToken)
        : await ScanAsync(() => _keys.SelectAsync(query, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<KeyHolders>> FindHoldersAsync(
        string tenant, string kind, IReadOnlyList<IndexKey> keys, int count, CancellationToken cancellationToken) =>
        await _keys.HoldersAsync(tenant, kind, keys, count, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask EraseChangesAsync(string tenant, string resourceId) => await _erasure.EraseAsync(tenant, resourceId);

    /// <inheritdoc/>
    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        var row = new TableEntity(TableKeys.Probe, Environment.MachineName) { ["Ticks"] = _time.GetUtcNow().UtcTicks };
        await _persistence.RunAsync(token => _account.Table.UpsertEntityAsync(row, TableUpdateMode.Replace, token), cancellationToken);
        await _persistence.RunAsync(token => _account.Table.GetEntityAsync<TableEntity>(row.PartitionKey, row.RowKey, cancellationToken: token), cancellationToken);
    }

    /// <summary>Writes what was accepted, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _lanes.DisposeAsync();
        _scanLanes.Dispose();
    }

    private async Task<RecordPage> ScanAsync(Func<Task<RecordPage>> answer, CancellationToken cancellationToken)
    {
        await _scanLanes.WaitAsync(cancellationToken);
        try
        {
            StoreTelemetry.Scan();
            return await answer();
        }
        finally
        {
            _scanLanes.Release();
        }
    }

    private async Task<LaneMembers?> PlaceMembersAsync(Commit commit) => commit is { Change: PutRecord, Members: { IsEmpty: false } members }
        ? new LaneMembers([.. members.Added], [.. members.Removed], await _blobs.PlaceMembersAsync(commit.Tenant, commit.Id, members))
        : null;
}
