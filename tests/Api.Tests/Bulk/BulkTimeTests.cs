using OrleansIdentity.Api.Tests.Groups;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Tests.Bulk;

/// <summary>A bulk request whose store stops answering, or whose time is over: what was not done says so, and is done when it is sent again.</summary>
public sealed class BulkTimeTests
{
    [Fact]
    public async Task Bulk_StoreFailsInTheMiddle_IsToldOneByOneAndCanBeSentAgain()
    {
        await using var intercepted = await InterceptedProduct.StartAsync();
        using var tenant = await TestTenant.CreateAsync(intercepted.Product);
        var request = BulkClient.Request(
        [
            BulkClient.Post("a", "/Users", BulkClient.Managed("a@example.com", "bulkId:b")),
            BulkClient.Post("b", "/Users", BulkClient.Managed("b@example.com", "bulkId:a")),
            .. Enumerable.Range(0, 20).Select(number => BulkClient.Post($"{number}", "/Users", ScimClient.User($"u{number}@example.com"))),
            BulkClient.Post("team", "/Groups", GroupTests.Group("team", [.. Enumerable.Range(0, 20).Select(number => $"bulkId:{number}"), "bulkId:a", "bulkId:b"])),
        ]);
        var commits = 0;

        // Which commit is the first that fails moves through the whole request; the odd ones fail only after they are durable.
        for (var last = 0; last < 26; last++)
        {
            commits = 0;
            Task FailAsync(bool when) => when && Interlocked.Increment(ref commits) > last ? throw new StoreUnavailableException("Told to be down.") : Task.CompletedTask;
            intercepted.Store.BeforeCommit = _ => FailAsync(last % 2 == 0);
            intercepted.Store.AfterCommit = _ => FailAsync(last % 2 == 1);
            var entries = (await tenant.Scim.PostAsync("Bulk", request)).Entries();
            Assert.Equal(23, entries.Length);
            Assert.All(entries, entry => Assert.Contains(entry.Status(), (string[])["201", "409", "503"]));
        }

        intercepted.Store.BeforeCommit = _ => Task.CompletedTask;
        intercepted.Store.AfterCommit = _ => Task.CompletedTask;
        var again = (await tenant.Scim.PostAsync("Bulk", request)).Entries();

        Assert.All(again, entry => Assert.Contains(entry.Status(), (string[])["201", "409"]));
        Assert.All(again, entry => Assert.NotNull(entry["location"]));
        Assert.Equal(22, (await tenant.Scim.GetAsync("Users")).Body!["totalResults"]!.GetValue<int>());
        var members = (await tenant.Scim.GetAsync($"Groups/{again[22].MadeId()}")).Members();
        Assert.Equal(again[..22].Select(entry => entry.MadeId()).Order(), members.Order());
        foreach (var (user, manager) in new[] { (again[0], again[1]), (again[1], again[0]) })
        {
            var read = (await tenant.Scim.GetAsync($"Users/{user.MadeId()}")).Body!;
            Assert.Equal(manager.MadeId(), read[BulkClient.EnterpriseUrn]!["manager"]!["value"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Bulk_TimeIsOver_TheRestIsNotBegunAndSaysSo()
    {
        await using var intercepted = await InterceptedProduct.StartAsync("--Requests:BulkDeadlineSeconds", "1");
        using var tenant = await TestTenant.CreateAsync(intercepted.Product);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        intercepted.Store.BeforeCommit = commit => commit.Event.Kind == "user" ? gate.Task : Task.CompletedTask;

        var entries = await tenant.Scim.BulkAsync([.. Enumerable.Range(0, 40).Select(number => BulkClient.Post($"{number}", "/Users", ScimClient.User($"u{number}")))]);
        gate.SetResult();

        Assert.All(entries, entry => Assert.Equal("503", entry.Status()));
        Assert.All(entries[..16], entry => Assert.Equal("deadline-exceeded", entry.ErrorId()));
        Assert.All(entries[16..], entry => Assert.Equal("bulk-operation-not-begun", entry.ErrorId()));
    }
}
