using Microsoft.Data.Sqlite;

namespace OrleansIdentity.Silo.Storage.Sqlite;

/// <summary>A connection and its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);

    private SqliteSession(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens a connection.</summary>
    /// <param name="options">Which file, and how large it may become.</param>
    /// <param name="readOnly">Whether it may not write.</param>
    public static SqliteSession Open(SqliteStoreOptions options, bool readOnly)
    {
        var address = new SqliteConnectionStringBuilder
        {
            DataSource = options.Path,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        };
        var session = new SqliteSession(new SqliteConnection(address.ToString()));
        try
        {
            session._connection.Open();
            session.Execute("PRAGMA busy_timeout = 5000");
            if (!readOnly)
            {
                // FULL: a commit is on disk before it is answered. The larger checkpoint interval keeps checkpoints out of most commits.
                session.Execute("PRAGMA journal_mode = WAL");
                session.Execute("PRAGMA synchronous = FULL");
                session.Execute("PRAGMA wal_autocheckpoint = 4000");
                session.Execute("PRAGMA journal_size_limit = 67108864");
                if (options.MaxPages is { } pages)
                {
                    session.Execute($"PRAGMA max_page_count = {pages}");
                }
            }

            session.Execute("PRAGMA cache_size = -65536");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>A prepared statement with its parameters <c>$0</c>, <c>$1</c>, … bound.</summary>
    public SqliteCommand Bind(string sql, params ReadOnlySpan<object> values)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = _connection.CreateCommand();
            statement.CommandText = sql;
            for (var index = 0; index < values.Length; index++)
            {
                statement.Parameters.AddWithValue($"${index}", values[index]);
            }

            statement.Prepare();
            _statements.Add(sql, statement);
            return statement;
        }

        for (var index = 0; index < values.Length; index++)
        {
            statement.Parameters[index].Value = values[index];
        }

        return statement;
    }

    /// <summary>Runs a statement that gives nothing back.</summary>
    public int Execute(string sql, params ReadOnlySpan<object> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>Runs a statement that gives one number, or null for no row.</summary>
    public long? Number(string sql, params ReadOnlySpan<object> values) => Bind(sql, values).ExecuteScalar() as long?;

    /// <summary>Runs SQL of several statements, once.</summary>
    public void Script(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }
}
