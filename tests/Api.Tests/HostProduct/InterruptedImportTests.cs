using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Tests.HostProduct;

/// <summary>An import whose store fails in the middle.</summary>
public sealed class InterruptedImportTests : IAsyncLifetime
{
    private const int Rows = 60;

    private InterceptedProduct _intercepted = null!;

    public async Task InitializeAsync() => _intercepted = await InterceptedProduct.StartAsync();

    public async Task DisposeAsync() => await _intercepted.DisposeAsync();

    // Before a commit nothing of it is there; behind it all of it is, though the caller is told that it may not be.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Import_StoreFailsInTheMiddle_SaysOfEachRowWhatIsTrueAndIsCompletedByTheSameFile(bool isWritten)
    {
        using var tenant = await TestTenant.CreateAsync(_intercepted.Product);
        using var host = await HostClient.MintAsync(tenant);
        var owner = await HostTests.MakeOwnerAsync(tenant);
        var file = "email,job_title,primary_team\n" + string.Concat(Enumerable.Range(0, Rows).Select(row => $"user{row}@x.io,Clerk,Sales\n"));
        var commits = 0;
        Task FailLater(Commit commit) => commit.Change is PutRecord { Key.Kind: RecordKinds.User } && Interlocked.Increment(ref commits) > Rows / 2
            ? throw new StoreUnavailableException("Told to be down.")
            : Task.CompletedTask;
        if (isWritten)
        {
            _intercepted.Store.AfterCommit = FailLater;
        }
        else
        {
            _intercepted.Store.BeforeCommit = FailLater;
        }

        var (status, cut, _) = await host.SendAsync("POST", "users/import", file, owner, "text/csv");
        Assert.Equal(200, status);
        Assert.Equal((Rows / 2, Rows / 2), (cut["created"]!.GetValue<int>(), cut["errors"]!.GetValue<int>()));
        Assert.Equal(Rows / 2, cut["rows"]!.AsArray().Count(row => row!["error"]?["id"]?.GetValue<string>() == "unavailable"));

        _intercepted.Store.BeforeCommit = _intercepted.Store.AfterCommit = _ => Task.CompletedTask;
        Assert.Equal(isWritten ? Rows + 1 : (Rows / 2) + 1, await CountAsync("users"));

        var done = (await host.SendAsync("POST", "users/import", file, owner, "text/csv")).Body;
        Assert.Equal(isWritten ? (0, Rows) : (Rows / 2, Rows / 2), (done["created"]!.GetValue<int>(), done["unchanged"]!.GetValue<int>()));
        Assert.Equal(Rows + 1, await CountAsync("users"));
        Assert.Equal(Rows, (await host.GetAsync("teams"))["teams"]![0]!["member_count"]!.GetValue<int>());
        Assert.Equal(Rows, (await tenant.EventsAsync()).Count(one => one["type"]!.GetValue<string>() == "user.created" && one["source"]!.GetValue<string>() == "host"));

        async Task<int> CountAsync(string path) => (await host.GetAsync(path))["total"]!.GetValue<int>();
    }
}
