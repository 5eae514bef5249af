using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Groups;

/// <summary>Memberships seen from both ends, and when an end goes away.</summary>
public sealed class MembershipTests(SharedProduct shared) : GroupTests(shared)
{
    // W14: "readOnly User.groups always mirrors group membership".
    [Fact]
    public async Task UserGroups_InEveryAnswer_MirrorMembership()
    {
        var users = await UsersAsync(2);
        var id = await CreatedAsync("Engineers", users[0]);
        var expected = new JsonArray(new JsonObject
        {
            ["value"] = id, ["$ref"] = $"{Scim.BaseUrl}Groups/{id}", ["display"] = "Engineers", ["type"] = "direct",
        });

        var read = (await Scim.GetAsync($"Users/{users[0]}")).Body!;
        Assert.True(JsonNode.DeepEquals(expected, read["groups"]), read.ToJsonString());
        var listed = (await Scim.GetAsync("Users")).Body!["Resources"]!.AsArray().ToDictionary(user => user!["id"]!.GetValue<string>());
        Assert.True(JsonNode.DeepEquals(expected, listed[users[0]]!["groups"]));
        Assert.Null(listed[users[1]]!["groups"]);
        Assert.True(JsonNode.DeepEquals(expected, (await Scim.PutAsync($"Users/{users[0]}", read)).Body!["groups"]));
        var patched = await Scim.PatchAsync($"Users/{users[0]}", ScimClient.PatchOp(ScimClient.Replace("nickName", "n")));
        Assert.True(JsonNode.DeepEquals(expected, patched.Body!["groups"]));

        await PatchAsync(id, ScimClient.Replace("displayName", "Builders"));
        Assert.Equal("Builders", (await Scim.GetAsync($"Users/{users[0]}")).Body!["groups"]![0]!["display"]!.GetValue<string>());
        await PatchAsync(id, Remove(users[0]));
        Assert.Null((await Scim.GetAsync($"Users/{users[0]}")).Body!["groups"]);
    }

    [Theory]
    [InlineData("attributes=userName", null)]
    [InlineData("excludedAttributes=groups", null)]
    [InlineData("attributes=groups.display", """[{"display":"G"}]""")]
    [InlineData("excludedAttributes=groups.value,groups.$ref", """[{"display":"G","type":"direct"}]""")]
    public async Task UserGroups_Projected_AreWhatWasAskedFor(string projection, string? expected)
    {
        var users = await UsersAsync(1);
        await CreatedAsync("G", users);
        Assert.Equal(expected, (await Scim.GetAsync($"Users/{users[0]}?{projection}")).Body!["groups"]?.ToJsonString());
    }

    [Theory]
    [InlineData("attributes=displayName", null)]
    [InlineData("excludedAttributes=members", null)]
    [InlineData("attributes=members.type", """[{"type":"User"}]""")]
    [InlineData("excludedAttributes=members.value,members.$ref", """[{"type":"User"}]""")]
    [InlineData("attributes=members.display", null)]
    public async Task Members_Projected_AreWhatWasAskedFor(string projection, string? expected)
    {
        var users = await UsersAsync(1);
        var id = await CreatedAsync("G", users);
        Assert.Equal(expected, (await Scim.GetAsync($"Groups/{id}?{projection}")).Body!["members"]?.ToJsonString());
        Assert.Equal(expected, (await Scim.GetAsync($"Groups?{projection}")).Body!["Resources"]![0]!["members"]?.ToJsonString());
    }

    // "Group import needs `members` in each group of the list."
    [Fact]
    public async Task List_OfGroups_HasTheMembersOfEach()
    {
        var users = await UsersAsync(3);
        var ids = new[] { await CreatedAsync("A", users), await CreatedAsync("B"), await CreatedAsync("C", users[1]) };

        var list = (await Scim.GetAsync("Groups?startIndex=1&count=100")).Body!;

        Assert.Equal(3, list["totalResults"]!.GetValue<int>());
        Assert.Equal(ids, list["Resources"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()));
        Assert.Equal([3, 0, 1], list["Resources"]!.AsArray().Select(one => one!["members"]!.AsArray().Count));
    }

    [Fact]
    public async Task Filters_OnMemberships_AreAnsweredFromTheRowsOrRefused()
    {
        var users = await UsersAsync(2);
        var one = await CreatedAsync("One", users);
        var two = await CreatedAsync("Two", users[1]);

        Assert.Equal([one, two], await IdsAsync("Groups", $"members.value eq \"{users[1]}\""));
        Assert.Equal([two], await IdsAsync("Groups", $"members[value eq \"{users[1]}\"] and displayName eq \"two\""));
        Assert.Equal(users.Order(), await IdsAsync("Users", $"groups.value eq \"{one}\""));
        Assert.Equal([users[1]], await IdsAsync("Users", $"groups eq \"{two}\" and active eq true"));
        (await Scim.GetAsync($"Users?filter={Uri.EscapeDataString("groups.display eq \"One\"")}")).ShouldBeError(400, "invalidFilter");
        (await Scim.GetAsync($"Groups?filter={Uri.EscapeDataString("not (members pr)")}")).ShouldBeError(400, "invalidFilter");
    }

    // "deactivated members stay".
    [Fact]
    public async Task Deactivated_Members_Stay()
    {
        var users = await UsersAsync(1);
        var id = await CreatedAsync("G", users);
        await Scim.PatchAsync($"Users/{users[0]}", ScimClient.PatchOp(ScimClient.Replace("active", false)));
        Assert.Equal(users, await MembersAsync(id));
        Assert.Equal(200, (await PatchAsync(id, Add(users))).Status);
    }

    // W14: "Deleting a user removes it from groups"; reads do not wait for the clean-up, which moves the group's version with one event.
    [Fact]
    public async Task Deleted_Users_AreGoneFromGroupsAtOnceAndThenForGood()
    {
        var users = await UsersAsync(2);
        var id = await CreatedAsync("G", users);

        Assert.Equal(204, (await Scim.DeleteAsync($"Users/{users[0]}")).Status);

        Assert.Equal([users[1]], await MembersAsync(id));
        (await PatchAsync(id, Add(users[0]))).ShouldBeError(400, "invalidValue");
        JsonObject[] events;
        do
        {
            events = await Tenant.EventsAsync(id);
        }
        while (events.Length < 2);
        Assert.Equal(["group.created", "group.member-departed"], events.Select(one => one["type"]!.GetValue<string>()));
        Assert.Equal(users[0], events[1]["changes"]![0]!["before"]![0]!.GetValue<string>());
        Assert.Equal("W/\"2\"", (await Scim.GetAsync($"Groups/{id}")).Headers.ETag!.ToString());
    }

    // "offer a per-tenant lenient switch that applies the known ids".
    [Fact]
    public async Task UnknownMembers_OfALenientTenant_AreLeftOut()
    {
        var users = await UsersAsync(1);
        await SetLenientAsync(true);
        var id = await CreatedAsync("G", users[0], "nobody");
        Assert.Equal(users, await MembersAsync(id));
        var leftOut = (await Tenant.EventsAsync(id))[0]["changes"]!.AsArray().Single(one => one!["path"]!.GetValue<string>() == "members.leftOut")!;
        Assert.Equal("nobody", leftOut["after"]![0]!.GetValue<string>());

        await SetLenientAsync(false);
        (await PatchAsync(id, Add("nobody"))).ShouldBeError(400, "invalidValue");
    }

    // C16: a user id of another tenant is no user here, and says nothing about who it is there.
    [Fact]
    public async Task Members_OfAnotherTenant_AreUnknown()
    {
        using var other = await TestTenant.CreateAsync(Shared.Product);
        var foreign = await other.Scim.CreateAsync("foreign@example.com");
        var id = await CreatedAsync("G");

        (await PatchAsync(id, Add(foreign))).ShouldBeError(400, "invalidValue");
        Assert.Null((await other.Scim.GetAsync($"Users/{foreign}")).Body!["groups"]);
        Assert.Equal(0, (await other.Scim.GetAsync($"Users?filter={Uri.EscapeDataString($"groups.value eq \"{id}\"")}")).Body!["totalResults"]!.GetValue<int>());
    }

    private async Task<string[]> IdsAsync(string endpoint, string filter) =>
        [.. (await Scim.GetAsync($"{endpoint}?filter={Uri.EscapeDataString(filter)}")).Body!["Resources"]!.AsArray().Select(one => one!["id"]!.GetValue<string>())];

    private async Task SetLenientAsync(bool ignoreUnknownMembers) =>
        (await Tenant.Product.Operator.PutAsJsonAsync($"/operator/v1/tenants/{Tenant.Slug}/settings", new { ignoreUnknownMembers })).EnsureSuccessStatusCode();
}
