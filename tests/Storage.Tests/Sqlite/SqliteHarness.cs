using Microsoft.Extensions.Logging.Abstractions;
using OrleansIdentity.Silo.Storage.Sqlite;
using OrleansIdentity.Storage.Tests.Conformance;

namespace OrleansIdentity.Storage.Tests.Sqlite;

public sealed class SqliteHarness : StoreHarness
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orleansidentity-store-").FullName;

    public string Database => Path.Combine(_folder, "data", "identity.db");

    public SqliteDirectoryStore Sqlite => (SqliteDirectoryStore)Store;

    public override async Task OpenAsync() => Store = await OpenAnotherAsync(new SqliteStoreOptions { Path = Database });

    public static Task<SqliteDirectoryStore> OpenAnotherAsync(SqliteStoreOptions options) =>
        SqliteDirectoryStore.OpenAsync(options, TimeProvider.System, NullLogger<SqliteDirectoryStore>.Instance, default);

    public override async Task RestartAsync()
    {
        await Sqlite.DisposeAsync();
        await OpenAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await Sqlite.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

public sealed class SqliteCommitTests() : CommitTests(new SqliteHarness());

public sealed class SqliteMemberTests() : MemberTests(new SqliteHarness());

public sealed class SqlitePrivateTests() : PrivateTests(new SqliteHarness());

public sealed class SqliteQueryTests() : QueryTests(new SqliteHarness());

public sealed class SqliteSortTests() : SortTests(new SqliteHarness());

public sealed class SqliteExtremeTests() : ExtremeTests(new SqliteHarness());

public sealed class SqliteNodeTests() : NodeTests(new SqliteHarness());

public sealed class SqliteKeyTests() : KeyTests(new SqliteHarness());
