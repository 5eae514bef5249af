using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Requirements;

/// <summary>RFC 7644 §3.5.2, one test per sentence where no other test of this project cites it over HTTP.</summary>
[Collection(ProductCollection.Name)]
public sealed class PatchTests(SharedProduct shared)
{
    private const string Urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    [Fact]
    public async Task A2_Op_InAnyLetterCaseAndNothingElse()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("a2@example.com");
        foreach (var (op, status) in new[] { ("add", 200), ("Replace", 200), ("REMOVE", 200), ("move", 400), ("", 400) })
        {
            var operation = new JsonObject { ["op"] = op, ["path"] = "nickName", ["value"] = "n" };
            Assert.Equal(status, (await tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(operation))).Status);
        }
    }

    [Fact]
    public async Task A3_Operations_InOrderAndAllOrNothing()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("a3@example.com");

        (await tenant.Scim.PatchAsync(
            $"Users/{id}", ScimClient.PatchOp(ScimClient.Replace("nickName", "n"), ScimClient.Replace("userName", null)))).ShouldBeError(400, "mutability");
        Assert.False((await tenant.Scim.GetAsync($"Users/{id}")).Body!.ContainsKey("nickName"));

        var remove = new JsonObject { ["op"] = "remove", ["path"] = "nickName" };
        var answer = await tenant.Scim.PatchAsync(
            $"Users/{id}", ScimClient.PatchOp(ScimClient.Replace("nickName", "1"), ScimClient.Replace("title", "1"), remove, ScimClient.Replace("title", "2")));
        Assert.Equal((false, "2"), (answer.Body!.ContainsKey("nickName"), answer.Body["title"]!.GetValue<string>()));
        Assert.Equal("W/\"2\"", answer.Body["meta"]!["version"]!.GetValue<string>());
    }

    [Fact]
    public async Task A4_WithAttributes_Is200WithThose()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("a4@example.com", ("title", "T"));
        var answer = await tenant.Scim.PatchAsync($"Users/{id}?attributes=nickName", ScimClient.PatchOp(ScimClient.Replace("nickName", "n")));
        Assert.Equal(200, answer.Status);
        Assert.Equal(["id", "nickName", "schemas"], answer.Body!.Select(member => member.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A5_Patch_IsSupportedAndSaidToBe()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        Assert.True((await tenant.Scim.GetAsync("ServiceProviderConfig")).Body!["patch"]!["supported"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A6_OnePrimary_MakesTheOthersNotPrimary()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("a6@example.com", ("emails", JsonNode.Parse("""[{"value":"a","primary":true},{"value":"b"}]""")));
        var answer = await tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace("emails[value eq \"b\"].primary", true)));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""[{"value":"a","primary":false},{"value":"b","primary":true}]"""), answer.Body!["emails"]));
    }

    [Fact]
    public async Task A7_ExtensionByPath_IsInSchemasAndGoesWithItsLastValue()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("a7@example.com");
        var added = await tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace($"{Urn}:department", "D")));
        Assert.Contains(Urn, added.Body!["schemas"]!.AsArray().Select(urn => urn!.GetValue<string>()));
        var removed = await tenant.Scim.PatchAsync(
            $"Users/{id}", ScimClient.PatchOp(new JsonObject { ["op"] = "remove", ["path"] = $"{Urn}:department" }));
        Assert.DoesNotContain(Urn, removed.Body!["schemas"]!.AsArray().Select(urn => urn!.GetValue<string>()));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("meta.created")]
    [InlineData("groups")]
    [InlineData("schemas")]
    public async Task A8_ReadOnly_ByPathIsRefusedAndWithoutIsIgnored(string path)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("a8@example.com");
        (await tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace(path, "x")))).ShouldBeError(400, "mutability");

        var name = path.Split('.')[0];
        var answer = await tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace(null, new JsonObject { [name] = "x", ["nickName"] = "n" })));
        Assert.Equal((200, id, "n"), (answer.Status, answer.Body!["id"]!.GetValue<string>(), answer.Body["nickName"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("emails[type eq", "invalidPath")]
    [InlineData("emails[a[b eq 1]]", "invalidPath")]
    [InlineData("noSuch", "invalidPath")]
    [InlineData("active", "invalidValue")]
    public async Task A9_PathOrValueThatIsWrong_HasItsKeyword(string path, string scimType)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("a9@example.com");
        (await tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace(path, "perhaps")))).ShouldBeError(400, scimType);
    }

    [Fact]
    public async Task A10_AddOfWhatIsThere_ChangesNeitherTimeNorVersion()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("a10@example.com", ("emails", JsonNode.Parse("""[{"value":"a"}]""")));
        var before = (await tenant.Scim.GetAsync($"Users/{id}")).Text;
        var add = new JsonObject { ["op"] = "add", ["path"] = "emails", ["value"] = JsonNode.Parse("""[{"value":"a"}]""") };
        Assert.Equal(before, (await tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(add))).Text);
        Assert.Single(await tenant.EventsAsync(id));
    }
}
