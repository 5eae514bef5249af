using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Groups;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Bulk;

/// <summary>B3 (RFC 7644 §3.7.1, §3.7.2): references to what other operations of the request make.</summary>
[Collection(ProductCollection.Name)]
public sealed class BulkReferenceTests(SharedProduct shared)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reference_ToAUserMadeInTheRequest_IsResolvedInEitherOrder(bool forward)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        JsonObject[] operations =
        [
            BulkClient.Post("ann", "/Users", ScimClient.User("ann@example.com")),
            BulkClient.Post("ben", "/Users", BulkClient.Managed("ben@example.com", new JsonObject { ["value"] = "bulkId:ann" })),
            BulkClient.Post("cat", "/Users", BulkClient.Managed("cat@example.com", "bulkId:ben")),
            BulkClient.Post("team", "/Groups", GroupTests.Group("team", "bulkId:ann", "bulkId:cat")),
        ];

        var answered = await tenant.Scim.BulkAsync(forward ? [.. operations.Reverse()] : operations);

        var entries = forward ? [.. answered.Reverse()] : answered;
        Assert.Equal(["201", "201", "201", "201"], entries.Statuses());
        Assert.Equal(["ann", "ben", "cat", "team"], entries.Select(entry => entry["bulkId"]!.GetValue<string>()));
        Assert.Equal(entries[0].MadeId(), await ManagerAsync(tenant, entries[1].MadeId()));
        Assert.Equal(entries[1].MadeId(), await ManagerAsync(tenant, entries[2].MadeId()));
        var members = (await tenant.Scim.GetAsync($"Groups/{entries[3].MadeId()}")).Members();
        Assert.Equal(new[] { entries[0].MadeId(), entries[2].MadeId() }.Order(), members.Order());
    }

    [Fact]
    public async Task Reference_InPathAndInPatch_IsResolved()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var add = new JsonObject { ["op"] = "add", ["path"] = "members", ["value"] = new JsonArray(new JsonObject { ["value"] = "bulkId:ben" }, "bulkId:ann") };
        var remove = new JsonObject { ["op"] = "remove", ["path"] = "members[value eq \"bulkId:ann\"]" };
        var manager = ScimClient.Replace(null, new JsonObject { [$"{BulkClient.EnterpriseUrn}:manager.value"] = "bulkId:ann" });

        var entries = await tenant.Scim.BulkAsync(
            BulkClient.Patch("/Groups/bulkId:team", add),
            BulkClient.Post("team", "/Groups", GroupTests.Group("team")),
            BulkClient.Post("ann", "/Users", ScimClient.User("ann@example.com")),
            BulkClient.Post("ben", "/Users", ScimClient.User("ben@example.com")),
            BulkClient.Patch("/Groups/bulkId:team", remove),
            BulkClient.Patch("/Users/bulkId:ben", manager),
            BulkClient.Operation("PUT", "/Users/bulkId:ann", ScimClient.User("ann@example.com", ("nickName", "put"))),
            BulkClient.Post("gone", "/Users", ScimClient.User("gone@example.com")),
            BulkClient.Operation("DELETE", "/Users/bulkId:gone"));

        Assert.Equal(["200", "201", "201", "201", "200", "200", "200", "201", "204"], entries.Statuses());
        Assert.Equal([entries[3].MadeId()], (await tenant.Scim.GetAsync($"Groups/{entries[1].MadeId()}")).Members());
        Assert.Equal(entries[2].MadeId(), await ManagerAsync(tenant, entries[3].MadeId()));
        Assert.Equal("put", (await tenant.Scim.GetAsync($"Users/{entries[2].MadeId()}")).Body!["nickName"]!.GetValue<string>());
        Assert.Equal(404, (await tenant.Scim.GetAsync($"Users/{entries[7].MadeId()}")).Status);
    }

    [Fact]
    public async Task Reference_ToNothingOrToWhatWasRefused_Is409AndNothingIsDone()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        await tenant.Scim.CreateAsync("taken@example.com", ("nickName", "another"));

        var entries = await tenant.Scim.BulkAsync(
            BulkClient.Post("a", "/Users", BulkClient.Managed("a@example.com", "bulkId:nobody")),
            BulkClient.Post("taken", "/Users", ScimClient.User("taken@example.com")),
            BulkClient.Post("team", "/Groups", GroupTests.Group("team", "bulkId:taken")),
            BulkClient.Operation("DELETE", "/Users/bulkId:taken"),
            BulkClient.Patch("/Groups/bulkId:team", ScimClient.Replace("displayName", "x")));

        Assert.Equal(["409", "409", "409", "409", "409"], entries.Statuses());
        Assert.Equal(
            ["bulk-reference-unresolved", "value-taken", "bulk-reference-unresolved", "bulk-reference-unresolved", "bulk-reference-unresolved"],
            entries.Select(entry => entry.ErrorId()));
        Assert.Equal(1, (await tenant.Scim.GetAsync("Users")).Body!["totalResults"]!.GetValue<int>());
        Assert.Equal(0, (await tenant.Scim.GetAsync("Groups")).Body!["totalResults"]!.GetValue<int>());
    }

    // Okta never does this, but two people may be each other's manager: each is made, then told.
    [Fact]
    public async Task Circle_OfUsers_IsResolved()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);

        var entries = await tenant.Scim.BulkAsync(
            BulkClient.Post("a", "/Users", BulkClient.Managed("a@example.com", new JsonObject { ["value"] = "bulkId:b" })),
            BulkClient.Post("b", "/Users", BulkClient.Managed("b@example.com", "bulkId:c")),
            BulkClient.Post("c", "/Users", BulkClient.Managed("c@example.com", "bulkId:a")),
            BulkClient.Post("self", "/Users", BulkClient.Managed("self@example.com", "bulkId:self")),
            BulkClient.Post("team", "/Groups", GroupTests.Group("team", "bulkId:a", "bulkId:self")));

        Assert.Equal(["201", "201", "201", "201", "201"], entries.Statuses());
        var ids = entries.Select(entry => entry.MadeId()).ToArray();
        string[] managers = [ids[1], ids[2], ids[0], ids[3]];
        for (var index = 0; index < managers.Length; index++)
        {
            var user = (await tenant.Scim.GetAsync($"Users/{ids[index]}")).Body!;
            Assert.Equal(managers[index], user[BulkClient.EnterpriseUrn]!["manager"]!["value"]!.GetValue<string>());
            Assert.Equal(entries[index]["version"]!.GetValue<string>(), user["meta"]!["version"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Circle_OfWhichOneIsRefused_LeavesNothing()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        await tenant.Scim.CreateAsync("taken@example.com", ("nickName", "another"));

        var entries = await tenant.Scim.BulkAsync(
            BulkClient.Post("a", "/Users", BulkClient.Managed("a@example.com", "bulkId:b")),
            BulkClient.Post("b", "/Users", BulkClient.Managed("taken@example.com", "bulkId:c")),
            BulkClient.Post("c", "/Users", BulkClient.Managed("c@example.com", "bulkId:a")),
            BulkClient.Post("team", "/Groups", GroupTests.Group("team", "bulkId:a")));

        Assert.Equal(["bulk-reference-unresolved", "value-taken", "bulk-reference-unresolved", "bulk-reference-unresolved"], entries.Select(entry => entry.ErrorId()));
        Assert.Equal(1, (await tenant.Scim.GetAsync("Users")).Body!["totalResults"]!.GetValue<int>());
    }

    [Fact]
    public async Task Circle_OfGroups_Is409()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);

        var entries = await tenant.Scim.BulkAsync(
            BulkClient.Post("a", "/Groups", GroupTests.Group("a", "bulkId:b")),
            BulkClient.Post("b", "/Groups", GroupTests.Group("b", "bulkId:a")),
            BulkClient.Post("self", "/Groups", GroupTests.Group("self", "bulkId:self")),
            BulkClient.Post("c", "/Groups", GroupTests.Group("c")));

        Assert.Equal(["409", "409", "409", "201"], entries.Statuses());
        Assert.All(entries[..3], entry => Assert.Equal("bulk-reference-circular", entry.ErrorId()));
        Assert.Equal(1, (await tenant.Scim.GetAsync("Groups")).Body!["totalResults"]!.GetValue<int>());
    }

    // A reference is one where an id would stand. Everywhere else the text is what it says.
    [Fact]
    public async Task Reference_WhereNoIdStands_IsOnlyAText()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);

        var entries = await tenant.Scim.BulkAsync(
            BulkClient.Post("a", "/Users", ScimClient.User("a@example.com")),
            BulkClient.Post("b", "/Users", ScimClient.User(
                "bulkId:a",
                ("id", "bulkId:a"),
                ("externalId", "bulkId:a"),
                ("nickName", "bulkId:nobody"),
                ("groups", new JsonArray(new JsonObject { ["value"] = "bulkId:nobody" })),
                ("emails", new JsonArray(new JsonObject { ["value"] = "bulkId:a" })))));

        Assert.Equal(["201", "201"], entries.Statuses());
        var read = (await tenant.Scim.GetAsync($"Users/{entries[1].MadeId()}")).Body!;
        Assert.Equal(entries[1].MadeId(), read["id"]!.GetValue<string>());
        Assert.All(["userName", "externalId"], name => Assert.Equal("bulkId:a", read[name]!.GetValue<string>()));
        Assert.Equal("bulkId:a", read["emails"]![0]!["value"]!.GetValue<string>());
        Assert.Null(read["groups"]);
    }

    private static async Task<string?> ManagerAsync(TestTenant tenant, string id) =>
        (await tenant.Scim.GetAsync($"Users/{id}")).Body![BulkClient.EnterpriseUrn]?["manager"]?["value"]?.GetValue<string>();
}
