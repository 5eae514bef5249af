using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.Sqlite;

namespace OrleansIdentity.Api.Tests.Doors;

public sealed class UnavailableStoreTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("orleansidentity-unavailable-").FullName;
    private readonly BrokenStore _store = new();
    private RunningProduct _product = null!;

    public async Task InitializeAsync()
    {
        _store.Inner = await SqliteDirectoryStore.OpenAsync(
            new SqliteStoreOptions { Path = Path.Combine(_data, "broken.db") },
            TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<SqliteDirectoryStore>.Instance,
            CancellationToken.None);
        _product = await RunningProduct.StartAsync(
            _data, builder => builder.Services.Replace(ServiceDescriptor.Singleton<IDirectoryStore>(_store)), "--Requests:DeadlineSeconds", "1");
    }

    public async Task DisposeAsync()
    {
        _store.Release();
        await _product.DisposeAsync();
        await ((SqliteDirectoryStore)_store.Inner).DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task AnyCall_StoreIsDown_Is503WithRetryAfterAndRecoversByItself()
    {
        using var tenant = await TestTenant.CreateAsync(_product);
        var id = await tenant.Scim.CreateAsync("down@example.com", ("nickName", "before"));

        _store.Fail();
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
        Assert.Equal(503, (int)(await anyone.GetAsync(new Uri(_product.BaseUrl, "/health/ready"))).StatusCode);
        Assert.Equal(200, (int)(await anyone.GetAsync(new Uri(_product.BaseUrl, "/health/live"))).StatusCode);

        _store.Repair();
        Assert.Equal(200, (int)(await anyone.GetAsync(new Uri(_product.BaseUrl, "/health/ready"))).StatusCode);
        Assert.Equal("before", (await tenant.Scim.GetAsync($"Users/{id}")).Body!["nickName"]!.GetValue<string>());
        Assert.Equal(200, (await tenant.Scim.PatchAsync($"Users/{id}", patch)).Status);
        await tenant.Scim.CreateAsync("new@example.com");
    }

    [Fact]
    public async Task Write_StoreHangs_Is503AtTheDeadlineAndTheStartedCommitIsCarriedOut()
    {
        using var tenant = await TestTenant.CreateAsync(_product);
        var id = await tenant.Scim.CreateAsync("hang@example.com", ("nickName", "before"));

        _store.Hang();
        var answer = await tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace("nickName", "after")));
        answer.ShouldBeError(503);

        _store.Release();
        Assert.Equal("after", (await tenant.Scim.GetAsync($"Users/{id}")).Body!["nickName"]!.GetValue<string>());
        var events = await tenant.EventsAsync(id);
        Assert.Equal(["user.created", "user.updated"], events.Select(one => one["type"]!.GetValue<string>()));
    }

    /// <summary>A real store that can be told to refuse, or to keep commits waiting.</summary>
    private sealed class BrokenStore : IDirectoryStore
    {
        private volatile bool _down;
        private volatile TaskCompletionSource _gate = Open();

        public IDirectoryStore Inner { get; set; } = null!;

        public void Fail() => _down = true;

        public void Repair() => _down = false;

        public void Hang() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _gate.TrySetResult();

        public ValueTask<StoredRecord?> LoadAsync(RecordKey key, CancellationToken cancellationToken) => Up().LoadAsync(key, cancellationToken);

        public async ValueTask<CommitOutcome> CommitAsync(Commit commit)
        {
            await _gate.Task;
            return await Up().CommitAsync(commit);
        }

        public ValueTask<RecordPage> QueryAsync(RecordQuery query, CancellationToken cancellationToken) => Up().QueryAsync(query, cancellationToken);

        public ValueTask<IReadOnlyList<StoredRecord>> ListTenantsAsync(string? afterSlug, int count, CancellationToken cancellationToken) =>
            Up().ListTenantsAsync(afterSlug, count, cancellationToken);

        public ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(
            string tenant, long after, int count, string? resourceId, CancellationToken cancellationToken) =>
            Up().ReadEventsAsync(tenant, after, count, resourceId, cancellationToken);

        public ValueTask ProbeAsync(CancellationToken cancellationToken) => Up().ProbeAsync(cancellationToken);

        private static TaskCompletionSource Open()
        {
            var gate = new TaskCompletionSource();
            gate.SetResult();
            return gate;
        }

        private IDirectoryStore Up() => _down ? throw new StoreUnavailableException("Told to be down.") : Inner;
    }
}
