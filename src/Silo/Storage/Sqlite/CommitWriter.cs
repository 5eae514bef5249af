using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Silo.Storage.Sqlite;

/// <summary>The one writer: takes what is waiting into one transaction, and answers after it has been committed.</summary>
internal sealed partial class CommitWriter : IDisposable
{
    private readonly SqliteStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly FairQueue _queue;
    private readonly Thread _thread;
    private SqliteSession? _session;
    private bool _failing;

    public CommitWriter(SqliteStoreOptions options, SqliteSession session, TimeProvider time, ILogger logger)
    {
        _options = options;
        _session = session;
        _time = time;
        _logger = logger;
        _queue = new FairQueue(options.MaxQueued);

        // SQLite blocks the thread that calls it, so the writer has one of its own.
        _thread = new Thread(Run) { IsBackground = true, Name = "SQLite writer" };
        _thread.Start();
    }

    /// <summary>Hands work to the writer.</summary>
    public Task<CommitOutcome> WriteAsync(PendingCommit pending)
    {
        if (!_queue.TryAdd(pending))
        {
            StoreTelemetry.Refused();
            throw new StoreUnavailableException("Too many commits are waiting for the disk, or the store is closing. Nothing was written.");
        }

        return pending.Answer;
    }

    /// <summary>Writes what is waiting, then ends.</summary>
    public void Dispose()
    {
        _queue.Close();
        _thread.Join();
        _session?.Dispose();
    }

    private void Run()
    {
        while (_queue.TryTake(_options.MaxBatch, out var batch))
        {
            var started = _time.GetTimestamp();
            if (TryWrite(batch) is { } failure)
            {
                Isolate(batch, failure);
            }

            StoreTelemetry.Batch(batch.Count, _time.GetElapsedTime(started), _queue.Count);
        }
    }

    // One commit that cannot be written must not fail the others that happened to be in its batch.
    private void Isolate(List<PendingCommit> batch, Exception failure)
    {
        foreach (var pending in batch)
        {
            var cause = batch.Count == 1 ? failure : TryWrite([pending]);
            if (cause is not null)
            {
                pending.Fail(new StoreUnavailableException("The store could not write.", cause));
                StoreTelemetry.Failed();
            }
        }
    }

    private Exception? TryWrite(List<PendingCommit> batch)
    {
        try
        {
            var session = _session ??= SqliteSession.Open(_options, readOnly: false);
            session.Execute("BEGIN IMMEDIATE");
            foreach (var pending in batch)
            {
                pending.Outcome = pending switch
                {
                    { Commit: { } commit } => CommitStatements.Apply(session, commit),
                    { Erasure: { } erasure } => Erase(session, erasure),
                    _ => Probe(session),
                };
            }

            session.Execute("COMMIT");
        }
        catch (Exception exception)
        {
            // Whatever it was, the writer goes on: it is the only one.
            RollBack();
            if (!_failing)
            {
                _failing = true;
                LogFailing(exception);
            }

            return exception;
        }

        if (_failing)
        {
            _failing = false;
            LogRecovered();
        }

        foreach (var pending in batch)
        {
            pending.Complete();
            StoreTelemetry.Completed(pending.Outcome!);
        }

        return null;
    }

    private CommitOutcome.Committed Probe(SqliteSession session)
    {
        session.Execute("INSERT INTO probe (id, at) VALUES (1, $0) ON CONFLICT (id) DO UPDATE SET at = excluded.at", _time.GetUtcNow().UtcTicks);
        return new CommitOutcome.Committed(0);
    }

    private static CommitOutcome.Committed Erase(SqliteSession session, Erasure erasure)
    {
        session.Execute("UPDATE event SET changes = $2 WHERE tenant = $0 AND resource_id = $1", erasure.Tenant, erasure.ResourceId, "[]"u8.ToArray());
        return new CommitOutcome.Committed(0);
    }

    private void RollBack()
    {
        try
        {
            _session?.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // No transaction is open, or the connection is of no more use: a new one knows what is on disk.
            _session?.Dispose();
            _session = null;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The store cannot write. Commits are refused until it can; this is said once.")]
    private partial void LogFailing(Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "The store can write again.")]
    private partial void LogRecovered();
}
