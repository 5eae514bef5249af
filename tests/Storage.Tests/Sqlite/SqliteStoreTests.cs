using System.IO.Compression;
using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage;
using OrleansIdentity.Silo.Storage.Sqlite;
using OrleansIdentity.Storage.Tests.Conformance;

namespace OrleansIdentity.Storage.Tests.Sqlite;

/// <summary>What is special about SQLite.</summary>
[SupportedOSPlatform("linux")]
public sealed class SqliteStoreTests : StoreTests
{
    private readonly SqliteHarness _harness;

    public SqliteStoreTests()
        : this(new SqliteHarness())
    {
    }

    private SqliteStoreTests(SqliteHarness harness)
        : base(harness) => _harness = harness;

    [Fact]
    public async Task Commit_BehindFiveThousandOfAnotherTenant_WaitsForOneBatchAtMost()
    {
        Task[] greedy;
        Task single;
        using (var blocker = Connect())
        {
            // Holds the write lock, so that everything below waits together.
            Execute(blocker, "BEGIN IMMEDIATE");
            greedy = [.. Enumerable.Range(0, 5_000).Select(number => CommittedAsync(Put(Key($"g{number}", "greedy"), 0)))];
            single = CommittedAsync(Put(Key("s", "single"), 0));
            Execute(blocker, "COMMIT");
        }

        await single;
        var ahead = (await Store.QueryAsync(new RecordQuery("greedy", RecordKinds.User, null, null, 0, 0), default)).Total;
        Assert.True(ahead <= 1_024, $"{ahead} commits of the other tenant went first.");
        await Task.WhenAll(greedy);
    }

    [Fact]
    public async Task Batch_WithOneCommitThatCannotBeWritten_FailsThatOneAlone()
    {
        using (var other = Connect())
        {
            Execute(other, "CREATE TRIGGER poison BEFORE INSERT ON record WHEN new.id = 'poison' BEGIN SELECT RAISE(ABORT, 'poison'); END");
        }

        var healthy = Enumerable.Range(0, 50).Select(number => CommittedAsync(Put(Key($"h{number}"), 0))).ToArray();
        var poisoned = Store.CommitAsync(Put(Key("poison"), 0)).AsTask();
        var more = Enumerable.Range(50, 50).Select(number => CommittedAsync(Put(Key($"h{number}"), 0))).ToArray();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => poisoned);
        await Task.WhenAll([.. healthy, .. more]);
        Assert.Equal(100, (await EventsAsync()).Count);
        Assert.Equal(0, (await QueryAsync("userName eq \"poison\"")).Total);
    }

    [Fact]
    public async Task Disk_Full_RefusesAndRecovers()
    {
        await CommittedAsync(Put(Key("before"), 0));
        await _harness.Sqlite.DisposeAsync();
        var small = await SqliteHarness.OpenAnotherAsync(new SqliteStoreOptions { Path = _harness.Database, MaxPages = 80 });
        var accepted = 0;
        await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
        {
            for (; accepted < 10_000; accepted++)
            {
                await small.CommitAsync(Put(Key($"f{accepted:d5}"), 0));
            }
        });
        Assert.NotNull(await small.LoadAsync(Key("before"), default));
        await small.DisposeAsync();

        await _harness.OpenAsync();
        Assert.Equal(accepted + 1, (await QueryAsync(count: 0)).Total);
        Assert.Equal(accepted + 1, (await EventsAsync()).Count);
        await CommittedAsync(Put(Key("after"), 0));
    }

    [Fact]
    public async Task Queue_Full_RefusesAtOnce()
    {
        await _harness.Sqlite.DisposeAsync();
        var small = await SqliteHarness.OpenAnotherAsync(new SqliteStoreOptions { Path = _harness.Database, MaxQueued = 2, MaxBatch = 1 });
        var waiting = new List<Task>();
        using (var blocker = Connect())
        {
            Execute(blocker, "BEGIN IMMEDIATE");
            await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
            {
                for (var number = 0; number < 10; number++)
                {
                    var commit = small.CommitAsync(Put(Key($"w{number}"), 0)).AsTask();
                    waiting.Add(commit);
                    if (commit.IsCompleted)
                    {
                        await commit;
                    }
                }
            });
            Execute(blocker, "COMMIT");
        }

        await Task.WhenAll(waiting.Where(commit => !commit.IsFaulted));
        await small.DisposeAsync();
        await _harness.OpenAsync();
    }

    [Fact]
    public async Task Dispose_WithCommitsWaiting_WritesThemAll()
    {
        var commits = Enumerable.Range(0, 2_000).Select(number => CommittedAsync(Put(Key($"d{number}"), 0))).ToArray();
        await RestartAsync();
        await Task.WhenAll(commits);
        Assert.Equal(2_000, (await QueryAsync(count: 0)).Total);
    }

    [Fact]
    public async Task Open_DataInUse_IsRefusedWithTheReason()
    {
        var refused = await Assert.ThrowsAsync<StoreRefusedException>(
            () => SqliteHarness.OpenAnotherAsync(new SqliteStoreOptions { Path = _harness.Database }));
        Assert.Contains(_harness.Database, refused.Message, StringComparison.Ordinal);
        await Store.ProbeAsync(default);
    }

    [Fact]
    public async Task Open_DataOfANewerProgram_IsRefusedAndUntouched()
    {
        await _harness.Sqlite.DisposeAsync();
        long version;
        using (var other = Connect())
        {
            using var reading = other.CreateCommand();
            reading.CommandText = "PRAGMA user_version";
            version = (long)reading.ExecuteScalar()!;
            Execute(other, "PRAGMA user_version = 999");
        }

        var refused = await Assert.ThrowsAsync<StoreRefusedException>(() => _harness.OpenAsync());
        Assert.Contains("999", refused.Message, StringComparison.Ordinal);
        using (var other = Connect())
        {
            Execute(other, $"PRAGMA user_version = {version}");
        }

        await _harness.OpenAsync();
    }

    // The file was written by the last program that knew no groups: two users, a tenant, six events in two logs.
    [Fact]
    public async Task Open_DataOfVersionOne_IsMigratedAndLosesNothing()
    {
        await _harness.Sqlite.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_harness.Database)!, recursive: true);
        Directory.CreateDirectory(Path.GetDirectoryName(_harness.Database)!);
        await using (var packed = new GZipStream(typeof(SqliteStoreTests).Assembly.GetManifestResourceStream("version-1.db.gz")!, CompressionMode.Decompress))
        await using (var file = File.Create(_harness.Database))
        {
            await packed.CopyToAsync(file);
        }

        await _harness.OpenAsync();

        var users = (await QueryAsync()).Records;
        Assert.Equal(2, users.Count);
        Assert.Equal(5, (await EventsAsync()).Count);
        var group = new RecordKey(Tenant, RecordKinds.Group, "g");
        IndexKey[] keys = [new("displayName", "G", Unique: true)];
        await CommittedAsync(new Commit(
            Guid.CreateVersion7(), Tenant, new PutRecord(group, 0, "{}"u8.ToArray(), keys), Event(group, 1), new MemberDelta([users[1].Key.Id], [])));
        Assert.Equal([users[1].Key.Id], await Store.ReadMembersAsync(group, null, 10, default));
    }

    [Fact]
    public void Files_AreForTheirOwnerOnly()
    {
        var files = Directory.GetFiles(Path.GetDirectoryName(_harness.Database)!);
        Assert.True(files.Length >= 3);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={_harness.Database};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
