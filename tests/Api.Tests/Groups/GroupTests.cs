using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Groups;

/// <summary>Shared by the tests on groups: what Okta sends, in short.</summary>
[Collection(ProductCollection.Name)]
public abstract class GroupTests(SharedProduct shared) : IAsyncLifetime
{
    protected TestTenant Tenant { get; private set; } = null!;

    protected ScimClient Scim => Tenant.Scim;

    protected SharedProduct Shared => shared;

    public async Task InitializeAsync() => Tenant = await TestTenant.CreateAsync(shared.Product);

    public Task DisposeAsync()
    {
        Tenant.Dispose();
        return Task.CompletedTask;
    }

    public static JsonObject Group(string displayName, params string[] members) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:Group"),
        ["displayName"] = displayName,
        ["members"] = Values(members),
    };

    protected static JsonArray Values(IEnumerable<string> ids) =>
        new([.. ids.Select(id => new JsonObject { ["value"] = id, ["display"] = $"{id}@example.com" })]);

    protected static JsonObject Add(params string[] ids) => new() { ["op"] = "add", ["path"] = "members", ["value"] = Values(ids) };

    protected static JsonObject Remove(string id) => new() { ["op"] = "remove", ["path"] = $"members[value eq \"{id}\"]" };

    protected async Task<string> CreatedAsync(string displayName, params string[] members)
    {
        var answer = await Scim.PostAsync("Groups", Group(displayName, members));
        Assert.Equal(201, answer.Status);
        return answer.Body!["id"]!.GetValue<string>();
    }

    protected Task<string[]> UsersAsync(int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(number => Scim.CreateAsync($"{Guid.CreateVersion7():n}-{number}@example.com")));

    protected async Task<string[]> MembersAsync(string group) => MembersOf((await Scim.GetAsync($"Groups/{group}")).Body!);

    protected static string[] MembersOf(JsonNode group) => [.. group["members"]!.AsArray().Select(member => member!["value"]!.GetValue<string>())];

    protected Task<ScimAnswer> PatchAsync(string group, params JsonObject[] operations) => Scim.PatchAsync($"Groups/{group}", ScimClient.PatchOp(operations));
}
