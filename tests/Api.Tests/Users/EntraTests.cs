using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Users;

/// <summary>The requests of Entra ID, which are not all as the RFC has them.</summary>
[Collection(ProductCollection.Name)]
public sealed class EntraTests(SharedProduct shared)
{
    private const string Urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    // Its connection test looks for a name that nobody has.
    [Fact]
    public async Task ConnectionTest_FilterOnARandomName_Is200AndEmpty()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var answer = await tenant.Scim.GetAsync($"Users?filter={Uri.EscapeDataString($"userName eq \"{Guid.CreateVersion7()}\"")}");
        Assert.Equal((200, 0), (answer.Status, answer.Body!["totalResults"]!.GetValue<int>()));
        Assert.Empty(answer.Body["Resources"]!.AsArray());
    }

    [Theory]
    [InlineData("Replace", "False", false)]
    [InlineData("Add", "True", true)]
    [InlineData("replace", "false", false)]
    public async Task Patch_CapitalOperationAndBooleanAsText_IsUnderstood(string op, string value, bool active)
    {
        var user = await PatchedAsync(new JsonObject { ["op"] = op, ["path"] = "active", ["value"] = value });
        Assert.Equal(active, user["active"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Post_BooleanAsText_IsUnderstood()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("text@example.com", ("active", "False"));
        Assert.False((await tenant.Scim.GetAsync($"Users/{id}")).Body!["active"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("Add")]
    [InlineData("Replace")]
    public async Task Patch_DottedAndQualifiedNamesWithoutPath_AreAttributes(string op)
    {
        var user = await PatchedAsync(new JsonObject
        {
            ["op"] = op,
            ["value"] = new JsonObject { ["name.givenName"] = "G", [$"{Urn}:department"] = "D", ["emails[type eq \"work\"].value"] = "w@example.com" },
        });
        Assert.Equal(("G", "D"), (user["name"]!["givenName"]!.GetValue<string>(), user[Urn]!["department"]!.GetValue<string>()));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""[{"type":"work","value":"w@example.com"}]"""), user["emails"]));
    }

    // Entra sends either, whether or not the value is there; both must make it, and both must change it.
    [Theory]
    [InlineData("Add")]
    [InlineData("Replace")]
    public async Task Patch_ValueOfAKindThatIsNotThere_IsMadeAndThenChanged(string op)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("kind@example.com", ("emails", JsonNode.Parse("""[{"type":"home","value":"h@example.com"}]""")));
        foreach (var address in new[] { "first@example.com", "second@example.com" })
        {
            var operation = new JsonObject { ["op"] = op, ["path"] = "emails[type eq \"work\"].value", ["value"] = address };
            Assert.Equal(200, (await tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(operation))).Status);
        }

        var emails = (await tenant.Scim.GetAsync($"Users/{id}")).Body!["emails"];
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""[{"type":"home","value":"h@example.com"},{"type":"work","value":"second@example.com"}]"""), emails));
    }

    // A value that is named itself, and is not there, is what RFC 7644 §3.5.2.3 means by noTarget.
    [Theory]
    [InlineData("emails[value eq \"nobody@example.com\"].type", "\"work\"")]
    [InlineData("emails[type eq \"work\"]", """{"value":"w@example.com"}""")]
    public async Task Patch_ReplaceOfAValueThatIsNotThere_Is400NoTarget(string path, string value)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("target@example.com");
        (await tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace(path, JsonNode.Parse(value))))).ShouldBeError(400, "noTarget");
    }

    [Theory]
    [InlineData("Add", "\"m\"")]
    [InlineData("Replace", """{"value":"m"}""")]
    public async Task Patch_ManagerBareOrWhole_IsTheSame(string op, string value)
    {
        var user = await PatchedAsync(new JsonObject { ["op"] = op, ["path"] = $"{Urn}:manager", ["value"] = JsonNode.Parse(value) });
        Assert.Equal("m", user[Urn]!["manager"]!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task Patch_AddToAnAttributeWithOneValue_ReplacesIt()
    {
        var user = await PatchedAsync(new JsonObject { ["op"] = "Add", ["path"] = "nickName", ["value"] = "after" });
        Assert.Equal("after", user["nickName"]!.GetValue<string>());
    }

    [Fact]
    public async Task Patch_RemoveOfListedMembers_RemovesThoseAlone()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var (stays, goes) = (await tenant.Scim.CreateAsync("stays@example.com"), await tenant.Scim.CreateAsync("goes@example.com"));
        var group = (await tenant.Scim.PostAsync("Groups", Groups.GroupTests.Group("entra", stays, goes))).Body!["id"]!.GetValue<string>();
        var remove = new JsonObject { ["op"] = "Remove", ["path"] = "members", ["value"] = new JsonArray(new JsonObject { ["value"] = goes }) };

        Assert.Equal(200, (await tenant.Scim.PatchAsync($"Groups/{group}", ScimClient.PatchOp(remove))).Status);

        var members = (await tenant.Scim.GetAsync($"Groups/{group}")).Body!["members"]!.AsArray();
        Assert.Equal(stays, Assert.Single(members)!["value"]!.GetValue<string>());
    }

    private async Task<JsonObject> PatchedAsync(JsonObject operation)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("entra@example.com", ("nickName", "before"), ("active", operation["op"]!.GetValue<string>() != "Add"));
        var answer = await tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(operation));
        Assert.True(answer.Status == 200, answer.Text);
        return (await tenant.Scim.GetAsync($"Users/{id}")).Body!;
    }
}
