using Microsoft.Extensions.Logging;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Account;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

/// <summary>
/// Writes a tenant's commits, a batch at a time, and answers from its index. Two lanes of one tenant may exist for a moment: the sequence row lets
/// only one of them write, the other reads what it missed and goes on. An event that was missed carries its commit's id, and that is how a
/// transaction of unknown outcome is found to have been carried out.
/// </summary>
internal sealed partial class CommitLane : ILane, IAsyncDisposable
{
    private const int MaxCommitsInBatch = 400;

    private readonly string _tenant;
    private readonly LaneTable _table;
    private readonly LaneState _state;
    private readonly LaneQueue _queue;
    private readonly DepartureMarks _marks;
    private readonly Persistence _persistence;
    private readonly AzureStorageOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SharedRead<Sequence> _newest;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<Guid, PendingCommit> _unsure = [];
    private Task _serving = Task.CompletedTask;
    private Task _saving = Task.CompletedTask;
    private bool _isCurrent;
    private int _failures;
    private int _alone;

    public CommitLane(string tenant, AzureAccount account, AzureStorageOptions options, TimeProvider time, ILogger logger)
    {
        _tenant = tenant;
        _options = options;
        _time = time;
        _logger = logger;
        _persistence = new Persistence(options, time);
        _table = new LaneTable(tenant, account.Table, new Blobs(account.Blobs, _persistence), _persistence);
        _marks = new DepartureMarks(account.Table, _persistence);
        _state = new LaneState(_table, new Snapshots(tenant, account.Blobs, _persistence));
        _queue = new LaneQueue(options.MaxQueued);
        _newest = new SharedRead<Sequence>(_table.ReadSequenceAsync);
    }

    /// <inheritdoc/>
    public Task<LaneReply> CommitAsync(LaneCommit commit)
    {
        var pending = new PendingCommit(commit);
        _queue.Add(pending, () => _serving = Task.Run(ServeAsync));
        return pending.Answer;
    }

    /// <summary>Writes what was accepted and a snapshot of the index.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _serving;
        await _saving;
        if (_state.SinceSnapshot > 0)
        {
            await SaveAsync();
        }
    }

    private async Task ServeAsync()
    {
        while (_queue.HasMore())
        {
            await _turn.WaitAsync();
            try
            {
                await WriteNextAsync();
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    private async Task WriteNextAsync()
    {
        Batch? batch = null;
        try
        {
            if (!_isCurrent)
            {
                await CatchUpAsync();
            }

            batch = _state.Read(index => new Batch(_tenant, index, _alone > 0 ? 1 : MaxCommitsInBatch));
            _queue.Take(pending => _state.Read(_ => batch.TryAdd(pending)));
            await CarryOutAsync(batch);
            _failures = 0;
            _alone = Math.Max(0, _alone - 1);
        }
        catch (Exception exception)
        {
            // Whatever it was, the lane goes on: it is the tenant's only one.
            await RecoverAsync(batch?.All.ToList() ?? [], exception);
        }
    }

    private async Task CatchUpAsync()
    {
        await _state.CatchUpAsync((commitId, position) =>
        {
            if (_unsure.Remove(commitId, out var pending))
            {
                pending.Complete(LaneReply.Committed(position));
            }
        });
        _unsure.Clear();
        _isCurrent = true;
    }

    private async Task CarryOutAsync(Batch batch)
    {
        var started = _time.GetTimestamp();
        var answers = batch.Answers.ToList();
        foreach (var pending in batch.Questions)
        {
            answers.Add((pending, await AskRowAsync(pending.Commit) ?? LaneReply.Stale));
        }

        if (batch.Writes.Count > 0)
        {
            if (batch.HasDepartures)
            {
                await _marks.SetAsync(_tenant, batch.DecidedAt);
            }

            _state.Publish(batch, await _table.WriteAsync(batch, _state.Fence));
            StoreTelemetry.Batch(batch.Writes.Count, _time.GetElapsedTime(started), _queue.Count);
        }
        else if (!_state.Reflects((await _table.ReadSequenceAsync()).Position))
        {
            // Another lane has written: what was to be answered was decided on what is no longer so.
            _isCurrent = false;
            _queue.PutBack(batch.All);
            return;
        }

        foreach (var write in batch.Writes)
        {
            Answer(write.Pending, LaneReply.Committed(write.Position, write.ReplacesBlob));
        }

        foreach (var (pending, reply) in answers)
        {
            Answer(pending, reply);
        }

        if (_saving.IsCompleted && _state.SinceSnapshot >= _options.SnapshotEvery)
        {
            _saving = Task.Run(SaveAsync);
        }
    }

    private async Task<LaneReply?> AskRowAsync(LaneCommit commit) =>
        await _table.ReadRowAsync(commit.Change!.Kind, commit.Change.RecordId) is not { } row ? null
        : row.CommitId == commit.Id ? LaneReply.Committed(row.Position)
        : LaneReply.Stale;

    private async Task SaveAsync()
    {
        try
        {
            await _state.SaveAsync();
        }
        catch (StoreUnavailableException exception)
        {
            LogNotSaved(exception, _tenant);
        }
    }

    private static void Answer(PendingCommit pending, LaneReply reply)
    {
        pending.Complete(reply);
        StoreTelemetry.Completed(reply.Outcome);
    }

    [LoggerMessage(12, LogLevel.Warning, "The snapshot of tenant {Tenant}'s index could not be written: the next start takes longer.")]
    private partial void LogNotSaved(Exception exception, string tenant);
}
