using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Groups;

/// <summary>Group push as Okta does it, classic and catalogue apps, and as Entra does.</summary>
public sealed class GroupPushTests(SharedProduct shared) : GroupTests(shared)
{
    // "filter=displayName eq … ← totalResults 0; POST ← 201 with id; GET /Groups/{id}; PUT full members or PATCH add members".
    [Fact]
    public async Task NewGroup_LookedUpCreatedReadAndFilled()
    {
        var users = await UsersAsync(3);
        Assert.Empty(await FindAsync("Engineers"));

        var created = await Scim.PostAsync("Groups", Group("Engineers"));
        Assert.Equal(201, created.Status);
        var id = created.Body!["id"]!.GetValue<string>();
        Assert.Equal($"{Scim.BaseUrl}Groups/{id}", created.Headers.Location!.ToString());
        Assert.Equal($"{Scim.BaseUrl}Groups/{id}", created.Body["meta"]!["location"]!.GetValue<string>());
        Assert.Equal("Group", created.Body["meta"]!["resourceType"]!.GetValue<string>());
        Assert.Empty((await Scim.GetAsync($"Groups/{id}")).Body!["members"]!.AsArray());

        var put = await Scim.PutAsync($"Groups/{id}", Group("Engineers", users));
        Assert.Equal(200, put.Status);
        Assert.Equal(users.Order(), MembersOf(put.Body!));
        var member = (await Scim.GetAsync($"Groups/{id}")).Body!["members"]![0]!;
        var first = users.Order(StringComparer.Ordinal).First();
        Assert.True(JsonNode.DeepEquals(
            new JsonObject { ["value"] = first, ["$ref"] = $"{Scim.BaseUrl}Users/{first}", ["type"] = "User" }, member), member.ToJsonString());
        Assert.Equal(id, (await FindAsync("ENGINEERS")).Single());
    }

    // "op:replace, no path, value:{id, displayName}; `id` inside the value must be ignored".
    [Fact]
    public async Task Rename_ByPatchWithIdInTheValue_IsDone()
    {
        var users = await UsersAsync(1);
        var id = await CreatedAsync("Old", users);

        var answer = await PatchAsync(id, ScimClient.Replace(null, new JsonObject { ["id"] = id, ["displayName"] = "New" }), Add(users));

        Assert.Equal(200, answer.Status);
        Assert.Equal(("New", id), (answer.Body!["displayName"]!.GetValue<string>(), answer.Body["id"]!.GetValue<string>()));
        Assert.Equal(users, MembersOf(answer.Body));
        Assert.Empty(await FindAsync("Old"));
    }

    // "Removes and one add in one request. Apply in order, atomically."
    [Fact]
    public async Task Delta_RemovesAndOneAdd_IsOneVersionAndOneEvent()
    {
        var users = await UsersAsync(4);
        var id = await CreatedAsync("G", users[..3]);

        var answer = await PatchAsync(id, Remove(users[0]), Remove(users[1]), Remove(users[1]), Add(users[3], users[2]));

        Assert.Equal(200, answer.Status);
        Assert.Equal(users[2..].Order(), MembersOf(answer.Body!));
        Assert.Equal("W/\"2\"", answer.Headers.ETag!.ToString());
        var change = Assert.Single((await Tenant.EventsAsync(id))[^1]["changes"]!.AsArray())!;
        Assert.Equal(("members", users[3]), (change["path"]!.GetValue<string>(), Assert.Single(change["after"]!.AsArray())!.GetValue<string>()));
        Assert.Equal(users[..2].Order(), change["before"]!.AsArray().Select(one => one!.GetValue<string>()).Order());
    }

    // "add then remove of same member": the operations apply to the evolving state.
    [Fact]
    public async Task Delta_AddThenRemoveOfOneMember_IsNoChange()
    {
        var users = await UsersAsync(2);
        var id = await CreatedAsync("G", users[0]);

        var answer = await PatchAsync(id, Add(users[1]), Remove(users[1]));

        Assert.Equal([users[0]], MembersOf(answer.Body!));
        Assert.Equal("W/\"1\"", answer.Headers.ETag!.ToString());
        Assert.Single(await Tenant.EventsAsync(id));
    }

    // "`value: []` is legitimate and empties the group"; "variant: no path, value:{members:[…], id, displayName}".
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FullReplace_ByPatch_IsTheWholeSet(bool withPath)
    {
        var users = await UsersAsync(3);
        var id = await CreatedAsync("G", users[..2]);
        JsonObject Replace(params string[] members) => withPath
            ? ScimClient.Replace("members", Values(members))
            : ScimClient.Replace(null, new JsonObject { ["members"] = Values(members), ["id"] = id, ["displayName"] = "G" });

        Assert.Equal(users[1..].Order(), MembersOf((await PatchAsync(id, Replace(users[1..]))).Body!));
        Assert.Empty(MembersOf((await PatchAsync(id, Replace())).Body!));
        Assert.Empty(await MembersAsync(id));
    }

    // Entra: "remove with path members plus a value array: remove the listed elements, never all".
    [Fact]
    public async Task Remove_ByValueArray_RemovesThoseAlone()
    {
        var users = await UsersAsync(3);
        var id = await CreatedAsync("G", users);

        await PatchAsync(id, new JsonObject { ["op"] = "Remove", ["path"] = "members", ["value"] = Values(users[..2]) });

        Assert.Equal([users[2]], await MembersAsync(id));
    }

    // PUT: members that are not mentioned stay, an empty array empties.
    [Fact]
    public async Task Put_WithoutMembers_KeepsThem_AndWithNone_EmptiesTheGroup()
    {
        var users = await UsersAsync(2);
        var id = await CreatedAsync("G", users);
        var silent = Group("Renamed");
        silent.Remove("members");

        Assert.Equal(users.Order(), MembersOf((await Scim.PutAsync($"Groups/{id}", silent)).Body!));
        Assert.Empty(MembersOf((await Scim.PutAsync($"Groups/{id}", Group("Renamed"))).Body!));
    }

    // "Enforce displayName uniqueness per tenant (409) because the filter match is by name."
    [Fact]
    public async Task DisplayName_TakenInAnyLetterCase_Is409AndNothingIsApplied()
    {
        var users = await UsersAsync(1);
        await CreatedAsync("Taken");
        var id = await CreatedAsync("Mine");

        (await Scim.PostAsync("Groups", Group("TAKEN"))).ShouldBeError(409, "uniqueness");
        (await Scim.PutAsync($"Groups/{id}", Group("taken"))).ShouldBeError(409, "uniqueness");
        (await PatchAsync(id, Add(users), ScimClient.Replace("displayName", "tAKEN"))).ShouldBeError(409, "uniqueness");
        Assert.Empty(await MembersAsync(id));
        Assert.Equal("Mine", (await PatchAsync(id, ScimClient.Replace("displayName", "Mine"))).Body!["displayName"]!.GetValue<string>());
    }

    // "refuse the whole request with 400 invalidValue and a detail that names the unknown ids".
    [Fact]
    public async Task Members_Unknown_Are400NamedAndNothingIsApplied()
    {
        var users = await UsersAsync(2);
        var id = await CreatedAsync("G", users[0]);
        var other = await CreatedAsync("Other");
        foreach (var unknown in new[] { "nobody", Guid.CreateVersion7().ToString(), id, other })
        {
            foreach (var answer in new[]
            {
                await Scim.PostAsync("Groups", Group("New", users[0], unknown)),
                await Scim.PutAsync($"Groups/{id}", Group("New", users[1], unknown)),
                await PatchAsync(id, ScimClient.Replace("displayName", "New"), Remove(users[0]), Add(users[1], unknown)),
            })
            {
                answer.ShouldBeError(400, "invalidValue");
                Assert.Contains($"'{unknown}'", answer.Detail, StringComparison.Ordinal);
                Assert.DoesNotContain(users[1], answer.Detail, StringComparison.Ordinal);
            }
        }

        Assert.Equal([users[0]], await MembersAsync(id));
        Assert.Empty(await FindAsync("New"));
        (await PatchAsync(id, new JsonObject
        {
            ["op"] = "add", ["path"] = "members", ["value"] = new JsonArray(new JsonObject { ["value"] = other, ["type"] = "Group" }),
        })).ShouldBeError(400, "invalidValue");
    }

    // DELETE: 204, then 404; "unlink and delete".
    [Fact]
    public async Task Delete_Group_LeavesItsMembersWithoutIt()
    {
        var users = await UsersAsync(1);
        var id = await CreatedAsync("G", users);

        Assert.Equal(204, (await Scim.DeleteAsync($"Groups/{id}")).Status);

        (await Scim.GetAsync($"Groups/{id}")).ShouldBeError(404);
        (await PatchAsync(id, Add(users))).ShouldBeError(404);
        (await Scim.DeleteAsync($"Groups/{id}")).ShouldBeError(404);
        Assert.Null((await Scim.GetAsync($"Users/{users[0]}")).Body!["groups"]);
        Assert.NotEqual(id, await CreatedAsync("G"));
    }

    // If-Match and If-None-Match hold for groups as for users; a change of members is a change of the group.
    [Fact]
    public async Task Conditions_SeeChangesOfMembers()
    {
        var users = await UsersAsync(1);
        var id = await CreatedAsync("G");
        Assert.Equal(304, (await Scim.GetAsync($"Groups/{id}", ("If-None-Match", "W/\"1\""))).Status);

        await PatchAsync(id, Add(users));

        Assert.Equal(200, (await Scim.GetAsync($"Groups/{id}", ("If-None-Match", "W/\"1\""))).Status);
        (await Scim.PutAsync($"Groups/{id}", Group("G"), ("If-Match", "W/\"1\""))).ShouldBeError(412);
        Assert.Equal(200, (await Scim.PutAsync($"Groups/{id}", Group("G"), ("If-Match", "W/\"2\""))).Status);
    }

    private async Task<List<string>> FindAsync(string displayName)
    {
        var filter = Uri.EscapeDataString($"displayName eq \"{displayName}\"");
        var list = (await Scim.GetAsync($"Groups?filter={filter}&startIndex=1&count=100")).Body!;
        return [.. list["Resources"]!.AsArray().Select(one => one!["id"]!.GetValue<string>())];
    }
}
