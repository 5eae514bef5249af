using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Tests.Doors;

public sealed class UnavailableStoreTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private InterceptedProduct _intercepted = null!;

    public async Task InitializeAsync() => _intercepted = await InterceptedProduct.StartAsync("--Requests:DeadlineSeconds", "5");

    public async Task DisposeAsync()
    {
        _gate.TrySetResult();
        await _intercepted.DisposeAsync();
    }

    [Fact]
    public async Task AnyCall_StoreIsDown_Is503WithRetryAfterAndRecoversByItself()
    {
        using var tenant = await TestTenant.CreateAsync(_intercepted.Product);
        var id = await tenant.Scim.CreateAsync("down@example.com", ("nickName", "before"));

        Fail();
        var patch = ScimClient.PatchOp(ScimClient.Replace("nickName", "after"));
        foreach (var answer in new[]
        {
            await tenant.Scim.PostAsync("Users", ScimClient.User("new@example.com")),
            await tenant.Scim.PatchAsync($"Users/{id}", patch),
            await tenant.Scim.GetAsync("Users"),
        })
        {
            answer.ShouldBeError(503);
            Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter!.Delta);
        }

        using var anyone = new HttpClient();
        Assert.Equal(503, (int)(await anyone.GetAsync(new Uri(_intercepted.Product.BaseUrl, "/health/ready"))).StatusCode);
        Assert.Equal(200, (int)(await anyone.GetAsync(new Uri(_intercepted.Product.BaseUrl, "/health/live"))).StatusCode);

        Repair();
        Assert.Equal(200, (int)(await anyone.GetAsync(new Uri(_intercepted.Product.BaseUrl, "/health/ready"))).StatusCode);
        Assert.Equal("before", (await tenant.Scim.GetAsync($"Users/{id}")).Body!["nickName"]!.GetValue<string>());
        Assert.Equal(200, (await tenant.Scim.PatchAsync($"Users/{id}", patch)).Status);
        await tenant.Scim.CreateAsync("new@example.com");
    }

    [Fact]
    public async Task Write_StoreHangs_Is503AtTheDeadlineAndTheStartedCommitIsCarriedOut()
    {
        using var tenant = await TestTenant.CreateAsync(_intercepted.Product);
        var id = await tenant.Scim.CreateAsync("hang@example.com", ("nickName", "before"));

        _intercepted.Store.BeforeCommit = _ => _gate.Task;
        var answer = await tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace("nickName", "after")));
        answer.ShouldBeError(503);

        _gate.SetResult();
        Assert.Equal("after", (await tenant.Scim.GetAsync($"Users/{id}")).Body!["nickName"]!.GetValue<string>());
        var events = await tenant.EventsAsync(id);
        Assert.Equal(["user.created", "user.updated"], events.Select(one => one["type"]!.GetValue<string>()));
    }

    private void Fail()
    {
        _intercepted.Store.BeforeRead = () => throw new StoreUnavailableException("Told to be down.");
        _intercepted.Store.BeforeCommit = _ => throw new StoreUnavailableException("Told to be down.");
    }

    private void Repair()
    {
        _intercepted.Store.BeforeRead = () => Task.CompletedTask;
        _intercepted.Store.BeforeCommit = _ => Task.CompletedTask;
    }
}
