using Microsoft.Extensions.Logging.Abstractions;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables;
using OrleansIdentity.Silo.Storage.AzureTables.Account;
using OrleansIdentity.Silo.Storage.Sqlite;

namespace OrleansIdentity.Tests.Shared;

/// <summary>
/// The store of tests that take whichever there is: SQLite, or Azure Storage when the environment variable <c>TEST_STORE</c> is <c>azure</c>. What is
/// about one of the two bears the trait <c>Store</c> and is left out on the other.
/// </summary>
public sealed class TestStore : IAsyncDisposable
{
    /// <summary>The trait's name.</summary>
    public const string Trait = "Store";

    /// <summary>The trait's value of tests that are about the embedded store.</summary>
    public const string SqliteOnly = "sqlite";

    private static readonly bool IsAzure = Environment.GetEnvironmentVariable("TEST_STORE") == "azure";

    private readonly string? _folder;
    private readonly IAsyncDisposable _open;

    private TestStore(IDirectoryStore store, string? folder)
    {
        Store = store;
        _open = (IAsyncDisposable)store;
        _folder = folder;
    }

    /// <summary>The open store, over data of its own.</summary>
    public IDirectoryStore Store { get; }

    /// <summary>Opens a store over new data.</summary>
    public static async Task<TestStore> OpenAsync()
    {
        if (IsAzure)
        {
            var options = await AzureAsync($"t{Guid.CreateVersion7():n}");
            return new TestStore(
                await AzureDirectoryStore.OpenAsync(options, TimeProvider.System, NullLogger<AzureDirectoryStore>.Instance, null, default), null);
        }

        var folder = System.IO.Directory.CreateTempSubdirectory("orleansidentity-test-").FullName;
        var sqlite = new SqliteStoreOptions { Path = Path.Combine(folder, "test.db") };
        return new TestStore(
            await SqliteDirectoryStore.OpenAsync(sqlite, TimeProvider.System, NullLogger<SqliteDirectoryStore>.Instance, default), folder);
    }

    /// <summary>The settings with which the product keeps its data in this store; the same data for the same folder.</summary>
    public static async Task<string[]> SettingsAsync(string dataPath)
    {
        if (!IsAzure)
        {
            return [];
        }

        var name = "p" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(dataPath)))[..40];
        var options = await AzureAsync(name);
        return
        [
            $"--{AzureStorageOptions.Section}:ConnectionString", options.ConnectionString!,
            $"--{AzureStorageOptions.Section}:TableName", options.TableName,
            $"--{AzureStorageOptions.Section}:ContainerName", options.ContainerName,
            $"--{AzureStorageOptions.Section}:GrainStateTableName", options.GrainStateTableName,
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await _open.DisposeAsync();
        if (_folder is not null)
        {
            System.IO.Directory.Delete(_folder, recursive: true);
        }
    }

    private static async Task<AzureStorageOptions> AzureAsync(string name) => new()
    {
        ConnectionString = (await Azurite.GetAsync()).ConnectionString,
        TableName = name,
        ContainerName = name,
        GrainStateTableName = name + "state",
    };
}
