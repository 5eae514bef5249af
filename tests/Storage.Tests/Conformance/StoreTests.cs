using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim;
using OrleansIdentity.Scim.Filters;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Storage.Tests.Conformance;

/// <summary>Shared by all parts of the suite: short names for what commits are made of.</summary>
public abstract class StoreTests : IAsyncLifetime
{
    protected const string Tenant = "acme";

    private readonly StoreHarness _harness;

    protected StoreTests(StoreHarness harness) => _harness = harness;

    protected IDirectoryStore Store => _harness.Store;

    public Task InitializeAsync() => _harness.OpenAsync();

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    protected Task<IDirectoryStore> OpenOnAnotherNodeAsync() => _harness.OpenOnAnotherNodeAsync();

    protected Task RestartAsync() => _harness.RestartAsync();

    protected static RecordKey Key(string id, string tenant = Tenant) => new(tenant, RecordKinds.User, id);

    protected static EventData Event(RecordKey key, long version) => new(
        EventTypes.UserUpdated, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), key.Kind, key.Id, version,
        new EventOrigin("scim", "token", "correlation"), Encoding.UTF8.GetBytes($"[{version}]"));

    protected static Commit Put(RecordKey key, long expected, string? userName = null, bool active = true, Guid? id = null)
    {
        var name = userName ?? key.Id;
        var document = new JsonObject
        {
            ["id"] = key.Id,
            ["userName"] = name,
            ["active"] = active,
            ["emails"] = new JsonArray(new JsonObject { ["value"] = $"{name}@example.com" }),
            ["meta"] = new JsonObject { ["version"] = $"W/\"{expected + 1}\"" },
        };
        IndexKey[] keys =
        [
            new("userName", CaseFolding.Fold(name), Unique: true),
            new("emails.value", CaseFolding.Fold($"{name}@example.com"), Unique: false),
        ];
        return new Commit(
            id ?? Guid.CreateVersion7(), key.Tenant, new PutRecord(key, expected, Encoding.UTF8.GetBytes(document.ToJsonString()), keys), Event(key, expected + 1));
    }

    protected static RecordKey Group(string id, string tenant = Tenant) => new(tenant, RecordKinds.Group, id);

    protected static Commit PutGroup(
        string id, long expected, string? name = null, string[]? added = null, string[]? removed = null, string tenant = Tenant)
    {
        var key = Group(id, tenant);
        var document = Encoding.UTF8.GetBytes($$$"""{"id":"{{{id}}}","displayName":"{{{name ?? id}}}","meta":{"version":"W/\"{{{expected + 1}}}\""}}""");
        IndexKey[] keys = [new("displayName", CaseFolding.Fold(name ?? id), Unique: true)];
        return new Commit(
            Guid.CreateVersion7(), tenant, new PutRecord(key, expected, document, keys), Event(key, expected + 1), new MemberDelta(added ?? [], removed ?? []));
    }

    protected static Commit Delete(RecordKey key, long expected, Guid? id = null) =>
        new(id ?? Guid.CreateVersion7(), key.Tenant, new DeleteRecord(key, expected), Event(key, expected + 1));

    protected static Commit Fact(string tenant = Tenant) => new(
        Guid.CreateVersion7(), tenant, null, Event(new RecordKey(tenant, RecordKinds.Operator, "GET /"), 0));

    protected async Task CommittedAsync(Commit commit) => Assert.IsType<CommitOutcome.Committed>(await Store.CommitAsync(commit));

    protected async Task<long> VersionAsync(RecordKey key) => (await Store.LoadAsync(key, default))?.Version ?? 0;

    protected async Task<IReadOnlyList<StoredEvent>> EventsAsync(string tenant = Tenant, string? resourceId = null) =>
        await Store.ReadEventsAsync(tenant, 0, int.MaxValue, resourceId, default);

    protected async Task<RecordPage> QueryAsync(
        string? filter = null, string? after = null, int skip = 0, int count = 1_000, string tenant = Tenant) => await Store.QueryAsync(
        new RecordQuery(tenant, RecordKinds.User, filter is null ? null : Parse(filter), after, skip, count), default);

    protected static Filter Parse(string filter, ResourceType? type = null) => Filter.Parse(type ?? ResourceTypes.User, filter, ScimLimits.Default).Value;
}
