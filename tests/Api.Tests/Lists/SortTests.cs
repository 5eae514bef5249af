using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Groups;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Lists;

/// <summary>RFC 7644 §3.4.2.3 over HTTP.</summary>
[Collection(ProductCollection.Name)]
public sealed class SortTests(SharedProduct shared)
{
    // P1 to P4.
    [Theory]
    [InlineData("sortBy=userName", "ann BOB cid dan")]
    [InlineData("sortBy=userName&sortOrder=descending", "dan cid BOB ann")]
    [InlineData("sortBy=title", "cid ann BOB dan")]
    [InlineData("sortBy=title&sortOrder=descending", "dan BOB ann cid")]
    [InlineData("sortBy=emails", "dan ann BOB cid")]
    [InlineData("sortBy=name.familyName&filter=active%20eq%20true", "cid dan ann")]
    [InlineData("sortBy=active&sortOrder=descending", "ann cid dan BOB")]
    [InlineData("sortBy=meta.created", "ann BOB cid dan")]
    [InlineData("sortBy=id&sortOrder=descending", "dan cid BOB ann")]
    [InlineData("sortBy=urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "BOB ann cid dan")]
    [InlineData("sortOrder=descending", "ann BOB cid dan")]
    [InlineData("sortBy=userName&startIndex=2&count=2", "BOB cid")]
    [InlineData("sortBy=userName&startIndex=9&count=2", "")]
    public async Task Get_SortedUsers_AreInThatOrder(string query, string names)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var ann = await tenant.Scim.CreateAsync("ann", ("title", "b"), ("name", Name("z")), ("emails", Emails("z@x", "b@x")));
        await tenant.Scim.CreateAsync("BOB", ("title", "C"), ("active", false), ("emails", Emails("c@x")),
            ("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", new JsonObject { ["department"] = "sales" }));
        await tenant.Scim.CreateAsync("cid", ("title", "A"), ("name", Name("x")));
        await tenant.Scim.CreateAsync("dan", ("name", Name("Y")), ("emails", Emails("a@x")));
        await tenant.Scim.PatchAsync($"Users/{ann}", ScimClient.PatchOp(ScimClient.Replace("nickName", "touched")));

        var body = (await tenant.Scim.GetAsync($"Users?{query}")).Body!;

        Assert.Equal(names, string.Join(' ', body["Resources"]!.AsArray().Select(user => user!["userName"]!.GetValue<string>())));
        Assert.Equal(query.Contains("filter", StringComparison.Ordinal) ? 3 : 4, body["totalResults"]!.GetValue<int>());
    }

    // Two changes may share a millisecond: what holds is the order of the times that are shown.
    [Fact]
    public async Task Get_SortedByTime_IsInTheOrderOfTheTimesShown()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var first = await tenant.Scim.CreateAsync("first");
        for (var number = 0; number < 5; number++)
        {
            await tenant.Scim.CreateAsync($"user{number}");
        }

        await tenant.Scim.PatchAsync($"Users/{first}", ScimClient.PatchOp(ScimClient.Replace("nickName", "touched")));

        var users = (await tenant.Scim.GetAsync("Users?sortBy=meta.lastModified&sortOrder=descending")).Body!["Resources"]!.AsArray();
        DateTimeOffset[] times = [.. users.Select(user => user!["meta"]!["lastModified"]!.GetValue<DateTimeOffset>())];

        Assert.Equal(times.OrderDescending(), times);
        Assert.Contains(first, users.Where((_, index) => times[index] == times[0]).Select(user => user!["id"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("Users?sortBy=shoeSize")]
    [InlineData("Users?sortBy=password")]
    [InlineData("Users?sortBy=name")]
    [InlineData("Users?sortBy=groups.display")]
    [InlineData("Users?sortBy=title&sortOrder=up")]
    [InlineData("Users?sortBy=title&sortBy=userName")]
    [InlineData("Groups?sortBy=members.value")]
    [InlineData("Groups?sortBy=userName")]
    public async Task Get_SortThatCannotBe_IsInvalidValue(string path)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        (await tenant.Scim.GetAsync(path)).ShouldBeError(400, "invalidValue");
    }

    [Fact]
    public async Task Get_SortedGroups_ShowTheirMembers()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var user = await tenant.Scim.CreateAsync("member");
        foreach (var name in new[] { "b", "C", "a" })
        {
            await tenant.Scim.PostAsync("Groups", GroupTests.Group(name, user));
        }

        var groups = (await tenant.Scim.GetAsync("Groups?sortBy=displayName&sortOrder=descending")).Body!["Resources"]!.AsArray();

        Assert.Equal(["C", "b", "a"], groups.Select(group => group!["displayName"]!.GetValue<string>()));
        Assert.All(groups, group => Assert.Equal(user, Assert.Single(group!["members"]!.AsArray())!["value"]!.GetValue<string>()));
    }

    // P10: pages are stateless by the RFC; a remembered walk is not disturbed by what is deleted behind it.
    [Fact]
    public async Task Walk_SortedAndDeletedBehind_SkipsNobody()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        for (var number = 0; number < 12; number++)
        {
            await tenant.Scim.CreateAsync($"u{number:d2}", ("title", $"t{number % 3}"));
        }

        var all = await NamesAsync(tenant, "Users?sortBy=title");
        var seen = new List<string>();
        for (var startIndex = 1; startIndex <= 12; startIndex += 4)
        {
            var page = (await tenant.Scim.GetAsync($"Users?sortBy=title&startIndex={startIndex}&count=4")).Body!["Resources"]!.AsArray();
            seen.AddRange(page.Select(user => user!["userName"]!.GetValue<string>()));
            await tenant.Scim.DeleteAsync($"Users/{page[0]!["id"]}");
        }

        Assert.Equal(all, seen);
    }

    private static async Task<string[]> NamesAsync(TestTenant tenant, string path) =>
        [.. (await tenant.Scim.GetAsync(path)).Body!["Resources"]!.AsArray().Select(user => user!["userName"]!.GetValue<string>())];

    private static JsonObject Name(string family) => new() { ["familyName"] = family };

    // The last is the primary one.
    private static JsonArray Emails(params string[] values) => new([.. values.Select((value, index) =>
        new JsonObject { ["value"] = value, ["primary"] = index == values.Length - 1 })]);
}
