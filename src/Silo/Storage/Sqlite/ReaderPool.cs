using System.Collections.Concurrent;

namespace OrleansIdentity.Silo.Storage.Sqlite;

/// <summary>Read-only connections. As many exist as were ever in use at once.</summary>
/// <param name="options">Which file.</param>
internal sealed class ReaderPool(SqliteStoreOptions options) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _closed;

    /// <summary>Lends a connection; it comes back when the lease is disposed.</summary>
    public Lease Rent() => new(this, _idle.TryTake(out var session) ? session : SqliteSession.Open(options, readOnly: true));

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private void Return(SqliteSession session)
    {
        if (_closed)
        {
            session.Dispose();
        }
        else
        {
            _idle.Add(session);
        }
    }

    /// <summary>A connection on loan.</summary>
    internal readonly struct Lease(ReaderPool pool, SqliteSession session) : IDisposable
    {
        public SqliteSession Session => session;

        public void Dispose() => pool.Return(session);
    }
}
