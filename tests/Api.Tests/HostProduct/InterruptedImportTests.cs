using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Api.Tests.HostProduct;

/// <summary>An import whose store fails in the middle.</summary>
public sealed class InterruptedImportTests : IAsyncLifetime
{
    private const int Rows = 60;

    private readonly string _data = Directory.CreateTempSubdirectory("orleansidentity-import-").FullName;
    private TestStore _inner = null!;
    private InterceptedStore _store = null!;
    private RunningProduct _product = null!;

    public async Task InitializeAsync()
    {
        _inner = await TestStore.OpenAsync();
        _store = new InterceptedStore(_inner.Store);
        _product = await RunningProduct.StartAsync(_data, builder => builder.Services.Replace(ServiceDescriptor.Singleton<IDirectoryStore>(_store)));
    }

    public async Task DisposeAsync()
    {
        await _product.DisposeAsync();
        await _inner.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    // Before a commit nothing of it is there; behind it all of it is, though the caller is told that it may not be.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Import_StoreFailsInTheMiddle_SaysOfEachRowWhatIsTrueAndIsCompletedByTheSameFile(bool isWritten)
    {
        using var tenant = await TestTenant.CreateAsync(_product);
        using var host = await HostClient.MintAsync(tenant);
        var owner = await HostTests.MakeOwnerAsync(tenant);
        var file = "email,job_title,primary_team\n" + string.Concat(Enumerable.Range(0, Rows).Select(row => $"user{row}@x.io,Clerk,Sales\n"));
        var commits = 0;
        Task FailLater(Commit commit) => commit.Change is PutRecord { Key.Kind: RecordKinds.User } && Interlocked.Increment(ref commits) > Rows / 2
            ? throw new StoreUnavailableException("Told to be down.")
            : Task.CompletedTask;
        if (isWritten)
        {
            _store.AfterCommit = FailLater;
        }
        else
        {
            _store.BeforeCommit = FailLater;
        }

        var (status, cut, _) = await host.SendAsync("POST", "users/import", file, owner, "text/csv");
        Assert.Equal(200, status);
        Assert.Equal((Rows / 2, Rows / 2), (cut["created"]!.GetValue<int>(), cut["errors"]!.GetValue<int>()));
        Assert.Equal(Rows / 2, cut["rows"]!.AsArray().Count(row => row!["error"]?["id"]?.GetValue<string>() == "unavailable"));

        _store.BeforeCommit = _store.AfterCommit = _ => Task.CompletedTask;
        Assert.Equal(isWritten ? Rows + 1 : (Rows / 2) + 1, await CountAsync("users"));

        var done = (await host.SendAsync("POST", "users/import", file, owner, "text/csv")).Body;
        Assert.Equal(isWritten ? (0, Rows) : (Rows / 2, Rows / 2), (done["created"]!.GetValue<int>(), done["unchanged"]!.GetValue<int>()));
        Assert.Equal(Rows + 1, await CountAsync("users"));
        Assert.Equal(Rows, (await host.GetAsync("teams"))["teams"]![0]!["member_count"]!.GetValue<int>());
        Assert.Equal(Rows, (await tenant.EventsAsync()).Count(one => one["type"]!.GetValue<string>() == "user.created" && one["source"]!.GetValue<string>() == "host"));

        async Task<int> CountAsync(string path) => (await host.GetAsync(path))["total"]!.GetValue<int>();
    }
}
