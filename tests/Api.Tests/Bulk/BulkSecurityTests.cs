using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Groups;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Bulk;

/// <summary>What a bulk request must not be able to do.</summary>
[Collection(ProductCollection.Name)]
public sealed class BulkSecurityTests(SharedProduct shared)
{
    // B1: over a limit ⇒ 413, and the answer names the limit.
    [Fact]
    public async Task Bulk_TooManyOperations_Is413AndNamesTheLimit()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        foreach (var count in new[] { 1_001, 100_000 })
        {
            var answer = await tenant.Scim.PostAsync(
                "Bulk", BulkClient.Request(Enumerable.Range(0, count).Select(number => BulkClient.Post($"{number}", "/Users", ScimClient.User($"u{number}")))));
            answer.ShouldBeError(413);
            Assert.Contains("1000", answer.Detail, StringComparison.Ordinal);
        }

        Assert.Equal(0, (await tenant.Scim.GetAsync("Users")).Body!["totalResults"]!.GetValue<int>());
    }

    [Fact]
    public async Task Bulk_BodyTooLarge_Is413AndNamesTheLimit()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var body = BulkClient.Request([BulkClient.Post("a", "/Users", ScimClient.User("a", ("nickName", new string('x', 16_777_216))))]).ToJsonString();

        foreach (var headers in new (string, string)[][] { [], [("Transfer-Encoding", "chunked")] })
        {
            var answer = await tenant.Scim.SendAsync(HttpMethod.Post, "Bulk", body, headers);
            answer.ShouldBeError(413);
            Assert.Contains("16777216", answer.Detail, StringComparison.Ordinal);
        }
    }

    // What a request of its own could not carry, an operation cannot either.
    [Fact]
    public async Task Bulk_OperationTooLargeOrTooDeep_IsRefusedAlone()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        JsonNode deep = "x";
        for (var level = 0; level < 31; level++)
        {
            deep = new JsonObject { ["x"] = deep };
        }

        var entries = await tenant.Scim.BulkAsync(
            BulkClient.Post("large", "/Users", ScimClient.User("large", ("nickName", new string('x', 1_048_576)))),
            BulkClient.Post("deepest", "/Users", ScimClient.User("deepest", ("urn:example:deep", deep))),
            BulkClient.Post("small", "/Users", ScimClient.User("small")));
        Assert.Equal(["413", "201", "201"], entries.Statuses());

        var tooDeep = BulkClient.Request([BulkClient.Post("a", "/Users", ScimClient.User("a", ("urn:example:deep", new JsonObject { ["x"] = deep.DeepClone() })))]);
        (await tenant.Scim.PostAsync("Bulk", tooDeep)).ShouldBeError(400, "invalidSyntax");
        var nested = $"{string.Concat(Enumerable.Repeat("[", 100_000))}";
        (await tenant.Scim.SendAsync(HttpMethod.Post, "Bulk", nested)).ShouldBeError(400, "invalidSyntax");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("Users")]
    [InlineData("//Users")]
    [InlineData("/Users/")]
    [InlineData("/Users/../Groups")]
    [InlineData("/../../other/scim/v2/Users")]
    [InlineData("https://example.com/Users")]
    [InlineData("/t/other/scim/v2/Users")]
    [InlineData("/Users?attributes=id")]
    [InlineData("/Users#x")]
    [InlineData("/%55sers")]
    [InlineData("/Users/.search")]
    [InlineData("/Bulk")]
    [InlineData("/Schemas")]
    [InlineData("/Me")]
    [InlineData("/ServiceProviderConfig")]
    public async Task Bulk_PostToAPathThatIsNoEndpointForIt_Is400(string path)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);

        var entry = Assert.Single(await tenant.Scim.BulkAsync(BulkClient.Post("a", path, ScimClient.User("a"))));

        Assert.Equal(("400", "invalidPath"), (entry.Status(), entry["response"]!["scimType"]!.GetValue<string>()));
        Assert.Null(entry["location"]);
        Assert.Equal(0, (await tenant.Scim.GetAsync("Users")).Body!["totalResults"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("/Users", "400")]
    [InlineData("/Users/..", "404")]
    [InlineData("/Users/bulkId:", "409")]
    [InlineData("/Users/bulkId:x", "409")]
    [InlineData("/Users/BULKID:x", "404")]
    [InlineData("/Users/00000000-0000-7000-8000-000000000000|x", "404")]
    [InlineData("/Schemas/urn:ietf:params:scim:schemas:core:2.0:User", "400")]
    public async Task Bulk_DeleteOfWhatIsNoResource_IsRefused(string path, string status)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var entry = Assert.Single(await tenant.Scim.BulkAsync(BulkClient.Operation("DELETE", path)));
        Assert.Equal(status, entry.Status());
        Assert.Null(entry["location"]);
    }

    [Fact]
    public async Task Bulk_IdsOfAnotherTenant_NameNothing()
    {
        using var one = await TestTenant.CreateAsync(shared.Product);
        using var other = await TestTenant.CreateAsync(shared.Product);
        var victim = await other.Scim.CreateAsync("victim@example.com");
        var group = (await other.Scim.PostAsync("Groups", GroupTests.Group("theirs", victim))).Body!["id"]!.GetValue<string>();

        var entries = await one.Scim.BulkAsync(
            BulkClient.Operation("PUT", $"/Users/{victim}", ScimClient.User("stolen@example.com")),
            BulkClient.Patch($"/Users/{victim}", ScimClient.Replace("active", false)),
            BulkClient.Operation("DELETE", $"/Users/{victim}"),
            BulkClient.Operation("DELETE", $"/Groups/{group}"),
            BulkClient.Post("g", "/Groups", GroupTests.Group("mine", victim)),
            BulkClient.Post("u", "/Users", ScimClient.User("victim@example.com")));

        Assert.Equal(["404", "404", "404", "404", "400", "201"], entries.Statuses());
        Assert.NotEqual(victim, entries[5].MadeId());
        Assert.Equal("W/\"1\"", (await other.Scim.GetAsync($"Users/{victim}")).Body!["meta"]!["version"]!.GetValue<string>());
        Assert.Equal([victim], (await other.Scim.GetAsync($"Groups/{group}")).Members());
    }

    [Theory]
    [InlineData("""{"Operations":[]}""")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"]}""")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[]}""")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":{}}""")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[null]}""")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{"method":"DELETE","METHOD":"POST"}]}""")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{}]}""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task Bulk_MessageThatIsNoBulkRequest_Is400InvalidSyntax(string body)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        (await tenant.Scim.SendAsync(HttpMethod.Post, "Bulk", body)).ShouldBeError(400, "invalidSyntax");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("\"1\"")]
    [InlineData("99999999999")]
    public async Task Bulk_FailOnErrorsThatIsNoCount_Is400InvalidValue(string failOnErrors)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var body = $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"failOnErrors":{{failOnErrors}},"Operations":[{"method":"DELETE","path":"/Users/x"}]}""";
        (await tenant.Scim.SendAsync(HttpMethod.Post, "Bulk", body)).ShouldBeError(400, "invalidValue");
    }

    [Theory]
    [InlineData("""{"method":"GET","path":"/Users"}""")]
    [InlineData("""{"method":7,"path":"/Users"}""")]
    [InlineData("""{"path":"/Users"}""")]
    [InlineData("""{"method":"POST","path":"/Users","bulkId":7,"data":{}}""")]
    [InlineData("""{"method":"POST","path":"/Users","bulkId":"a"}""")]
    [InlineData("""{"method":"POST","path":"/Users","bulkId":"a","data":"{}"}""")]
    [InlineData("""{"method":"DELETE","path":"/Users/x","version":7}""")]
    public async Task Bulk_OperationThatIsNone_Is400InItsEntry(string operation)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var entry = Assert.Single(await tenant.Scim.BulkAsync(JsonNode.Parse(operation)!.AsObject()));
        Assert.Equal("400", entry.Status());
    }

    // The vendor's switch counts from the next operation on, not from the next request on.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bulk_TenantSwitchedOffOrTokenRevokedInTheMiddle_NothingMoreIsDone(bool switchedOff)
    {
        await using var intercepted = await InterceptedProduct.StartAsync();
        using var tenant = await TestTenant.CreateAsync(intercepted.Product);
        var users = 0;
        intercepted.Store.AfterCommit = async commit =>
        {
            if (commit.Event.Kind == "user" && ++users == 3)
            {
                (await (switchedOff
                    ? intercepted.Product.Operator.PostAsync($"/operator/v1/tenants/{tenant.Slug}/disable", null)
                    : intercepted.Product.Operator.DeleteAsync($"/operator/v1/tenants/{tenant.Slug}/scim-tokens/{tenant.TokenId}"))).EnsureSuccessStatusCode();
            }
        };

        // One after the other, since each may be the last error that is accepted.
        var entries = (await tenant.Scim.PostAsync(
            "Bulk", BulkClient.Request(Enumerable.Range(0, 6).Select(number => BulkClient.Post($"{number}", "/Users", ScimClient.User($"u{number}"))), 1))).Entries();

        Assert.Equal(["201", "201", "201", switchedOff ? "403" : "401"], entries.Statuses());
        Assert.Equal(3, users);
    }
}
