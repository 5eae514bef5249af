using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Groups;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Doors;

[Collection(ProductCollection.Name)]
public sealed class TenantIsolationTests(SharedProduct shared)
{
    private static readonly (string Method, string Path)[] Routes =
    [
        ("GET", "Users"), ("POST", "Users"), ("GET", "Users/{id}"), ("PUT", "Users/{id}"), ("PATCH", "Users/{id}"), ("DELETE", "Users/{id}"),
        ("GET", "Groups"), ("POST", "Groups"), ("GET", "Groups/{group}"), ("PUT", "Groups/{group}"), ("PATCH", "Groups/{group}"), ("DELETE", "Groups/{group}"),
        ("GET", "Users?sortBy=userName&cursor="), ("GET", ""), ("POST", "Groups/.search"), ("DELETE", "Groups"),
        ("GET", "ServiceProviderConfig"), ("GET", "ResourceTypes"), ("GET", "ResourceTypes/User"), ("GET", "Schemas"),
        ("GET", "Schemas/urn:ietf:params:scim:schemas:core:2.0:User"), ("POST", "Users/.search"), ("POST", ".search"), ("POST", "Bulk"), ("GET", "Me"), ("PATCH", "Me"),
        ("GET", "Unknown"), ("DELETE", "Users"),
    ];

    public static TheoryData<string, string> AllRoutes()
    {
        var data = new TheoryData<string, string>();
        foreach (var (method, path) in Routes)
        {
            data.Add(method, path);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(AllRoutes))]
    public async Task Token_OfAnotherTenant_IsWorthNothing(string method, string path)
    {
        using var one = await TestTenant.CreateAsync(shared.Product);
        using var other = await TestTenant.CreateAsync(shared.Product);
        var id = await other.Scim.CreateAsync("victim@example.com", ("nickName", "before"));
        var group = (await other.Scim.PostAsync("Groups", GroupTests.Group("before", id))).Body!["id"]!.GetValue<string>();

        using var thief = new ScimClient(shared.Product.Client(one.Token), other.Scim.BaseUrl);
        var named = path.Replace("{id}", id, StringComparison.Ordinal).Replace("{group}", group, StringComparison.Ordinal);
        var answer = await thief.SendAsync(new HttpMethod(method), named, Body(method));

        answer.ShouldBeError(401);
        Assert.Equal("before", (await other.Scim.GetAsync($"Users/{id}")).Body!["nickName"]!.GetValue<string>());
        Assert.Equal(1, (await other.Scim.GetAsync("Users")).Body!["totalResults"]!.GetValue<int>());
        await GroupIsAsItWasAsync(other, group, id);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Id_OfAnotherTenantsUser_IsUnknown(string method)
    {
        using var one = await TestTenant.CreateAsync(shared.Product);
        using var other = await TestTenant.CreateAsync(shared.Product);
        var id = await other.Scim.CreateAsync("victim@example.com", ("nickName", "before"));

        var answer = await one.Scim.SendAsync(new HttpMethod(method), $"Users/{id}", Body(method));

        answer.ShouldBeError(404);
        Assert.Equal("before", (await other.Scim.GetAsync($"Users/{id}")).Body!["nickName"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Id_OfAnotherTenantsGroup_IsUnknown(string method)
    {
        using var one = await TestTenant.CreateAsync(shared.Product);
        using var other = await TestTenant.CreateAsync(shared.Product);
        var id = await other.Scim.CreateAsync("victim@example.com");
        var group = (await other.Scim.PostAsync("Groups", GroupTests.Group("before", id))).Body!["id"]!.GetValue<string>();
        var body = method switch
        {
            "PUT" => GroupTests.Group("stolen").ToJsonString(),
            "PATCH" => ScimClient.PatchOp(ScimClient.Replace("displayName", "stolen")).ToJsonString(),
            _ => null,
        };

        (await one.Scim.SendAsync(new HttpMethod(method), $"Groups/{group}", body)).ShouldBeError(404);

        Assert.Equal(0, (await one.Scim.GetAsync("Groups")).Body!["totalResults"]!.GetValue<int>());
        await GroupIsAsItWasAsync(other, group, id);
    }

    // C16: ids and names are looked for in one tenant alone.
    [Fact]
    public async Task Names_InTwoTenants_DoNotMeet()
    {
        using var one = await TestTenant.CreateAsync(shared.Product);
        using var other = await TestTenant.CreateAsync(shared.Product);

        var first = await one.Scim.CreateAsync("same@example.com", ("externalId", "00u1"));
        var second = await other.Scim.CreateAsync("same@example.com", ("externalId", "00u1"));

        Assert.NotEqual(first, second);
        foreach (var (tenant, id) in new[] { (one, first), (other, second) })
        {
            var list = (await tenant.Scim.GetAsync("Users?filter=userName%20eq%20%22same%40example.com%22")).Body!;
            Assert.Equal(id, Assert.Single(list["Resources"]!.AsArray())!["id"]!.GetValue<string>());
            Assert.All(await tenant.EventsAsync(), one => Assert.NotEqual(id == first ? second : first, one["resourceId"]!.GetValue<string>()));
        }
    }

    private static async Task GroupIsAsItWasAsync(TestTenant tenant, string group, string member)
    {
        var found = (await tenant.Scim.GetAsync($"Groups/{group}")).Body!;
        Assert.Equal("before", found["displayName"]!.GetValue<string>());
        Assert.Equal(member, Assert.Single(found["members"]!.AsArray())!["value"]!.GetValue<string>());
    }

    private static string? Body(string method) => method switch
    {
        "POST" => ScimClient.User("thief@example.com").ToJsonString(),
        "PUT" => ScimClient.User("victim@example.com", ("nickName", "stolen")).ToJsonString(),
        "PATCH" => ScimClient.PatchOp(ScimClient.Replace(null, new JsonObject { ["nickName"] = "stolen" })).ToJsonString(),
        _ => null,
    };
}
