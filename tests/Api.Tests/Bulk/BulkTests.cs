using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Groups;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Bulk;

/// <summary>RFC 7644 §3.7: the request, the response, and each method on each type.</summary>
[Collection(ProductCollection.Name)]
public sealed class BulkTests(SharedProduct shared)
{
    // B5: each entry has method, bulkId, location, version and status as a string.
    [Fact]
    public async Task Bulk_EachMethodOnEachType_AnswersAsOneRequestEachWould()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var user = await tenant.Scim.CreateAsync("one@example.com");
        var gone = await tenant.Scim.CreateAsync("gone@example.com");
        var group = (await tenant.Scim.PostAsync("Groups", GroupTests.Group("one"))).Body!["id"]!.GetValue<string>();

        var entries = await tenant.Scim.BulkAsync(
            BulkClient.Post("u", "/Users", ScimClient.User("two@example.com")),
            BulkClient.Operation("PUT", $"/Users/{user}", ScimClient.User("one@example.com", ("nickName", "put"))),
            BulkClient.Patch($"/Users/{user}", ScimClient.Replace("title", "patched")),
            BulkClient.Operation("DELETE", $"/Users/{gone}"),
            BulkClient.Post("g", "/Groups", GroupTests.Group("two")),
            BulkClient.Operation("PUT", $"/Groups/{group}", GroupTests.Group("renamed")),
            BulkClient.Patch($"/Groups/{group}", ScimClient.Replace("displayName", "again")),
            BulkClient.Operation("DELETE", $"/Groups/{group}"));

        Assert.Equal(["201", "200", "200", "204", "201", "200", "200", "204"], entries.Statuses());
        Assert.Equal(["POST", "PUT", "PATCH", "DELETE", "POST", "PUT", "PATCH", "DELETE"], entries.Select(entry => entry["method"]!.GetValue<string>()));
        Assert.Equal(["u", null, null, null, "g", null, null, null], entries.Select(entry => entry["bulkId"]?.GetValue<string>()));
        Assert.Equal(["W/\"1\"", "W/\"2\"", "W/\"3\"", null, "W/\"1\"", "W/\"2\"", "W/\"3\"", null], entries.Select(entry => entry["version"]?.GetValue<string>()));
        Assert.All(entries, entry => Assert.StartsWith(tenant.Scim.BaseUrl.ToString(), entry["location"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.All(entries, entry => Assert.Null(entry["response"]));
        var read = (await tenant.Scim.GetAsync($"Users/{user}")).Body!;
        Assert.Equal(("put", "patched"), (read["nickName"]!.GetValue<string>(), read["title"]!.GetValue<string>()));
        Assert.Equal(404, (await tenant.Scim.GetAsync($"Users/{gone}")).Status);
        Assert.Equal(200, (await tenant.Scim.GetAsync($"Users/{entries[0].MadeId()}")).Status);
    }

    // B5: the error stands in the entry's `response`, and the other operations are carried out.
    [Fact]
    public async Task Bulk_OperationsThatAreRefused_SaySoOneByOne()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var user = await tenant.Scim.CreateAsync("there@example.com");
        var unknown = Guid.CreateVersion7().ToString();

        var entries = await tenant.Scim.BulkAsync(
            BulkClient.Post("a", "/Users", ScimClient.User("THERE@example.com")),
            BulkClient.Operation("PUT", $"/Users/{unknown}", ScimClient.User("x@example.com")),
            BulkClient.Patch($"/Users/{user}", ScimClient.Replace("noSuch", "x")),
            BulkClient.Operation("DELETE", $"/Users/{user}", version: "W/\"7\""),
            BulkClient.Post("b", "/Users", new JsonObject { ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:User") }),
            BulkClient.Post("c", "/Users", ScimClient.User("new@example.com")));

        Assert.Equal(["409", "404", "400", "412", "400", "201"], entries.Statuses());
        Assert.Equal("uniqueness", entries[0]["response"]!["scimType"]!.GetValue<string>());
        Assert.Equal(user, entries[0].MadeId());
        Assert.Equal(unknown, entries[1].MadeId());
        Assert.All(entries[..5], entry => Assert.Equal(entry.Status(), entry["response"]!["status"]!.GetValue<string>()));
        Assert.All(entries[..5], entry => Assert.Equal("urn:ietf:params:scim:api:messages:2.0:Error", entry["response"]!["schemas"]![0]!.GetValue<string>()));
        Assert.Equal("W/\"1\"", (await tenant.Scim.GetAsync($"Users/{user}")).Body!["meta"]!["version"]!.GetValue<string>());
    }

    // B3: `bulkId` is required on POST, and one operation's alone.
    [Fact]
    public async Task Bulk_PostWithoutBulkId_Is400InItsEntryAndRepeatedBulkIdRefusesAll()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var without = BulkClient.Post("x", "/Users", ScimClient.User("without@example.com"));
        without.Remove("bulkId");

        var entries = await tenant.Scim.BulkAsync(without, BulkClient.Post("", "/Users", ScimClient.User("empty@example.com")));
        Assert.Equal(["bulk-id-missing", "bulk-id-missing"], entries.Select(entry => entry.ErrorId()));

        var twice = BulkClient.Request(
            [BulkClient.Post("x", "/Users", ScimClient.User("one@example.com")), BulkClient.Post("x", "/Users", ScimClient.User("two@example.com"))]);
        (await tenant.Scim.PostAsync("Bulk", twice)).ShouldBeError(400, "invalidValue");
        Assert.Equal(0, (await tenant.Scim.GetAsync("Users")).Body!["totalResults"]!.GetValue<int>());
    }

    // B4 (erratum 5050): the data of a PATCH is a whole PatchOp message.
    [Fact]
    public async Task Bulk_PatchDataThatIsNoPatchOp_Is400()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var user = await tenant.Scim.CreateAsync("patch@example.com");

        var entries = await tenant.Scim.BulkAsync(
            BulkClient.Operation("PATCH", $"/Users/{user}", ScimClient.Replace("nickName", "n")),
            BulkClient.Operation("PATCH", $"/Users/{user}", new JsonObject { ["nickName"] = "n" }),
            BulkClient.Patch($"/Users/{user}", ScimClient.Replace("nickName", "n")));

        Assert.Equal(["400", "400", "200"], entries.Statuses());
    }

    // RFC 7644 §3.7: `version` is used as an entity tag.
    [Fact]
    public async Task Bulk_Version_IsIfMatch()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var user = await tenant.Scim.CreateAsync("version@example.com");
        var body = ScimClient.User("version@example.com", ("nickName", "n"));

        var entries = await tenant.Scim.BulkAsync(
            BulkClient.Operation("PUT", $"/Users/{user}", body.DeepClone().AsObject(), "W/\"1\""),
            BulkClient.Operation("PUT", $"/Users/{user}", ScimClient.User("version@example.com", ("nickName", "late")), "W/\"1\""),
            BulkClient.Operation("DELETE", $"/Users/{user}", version: "W/\"2\""));

        Assert.Equal(["200", "412", "204"], entries.Statuses());
    }

    // B2: it stops after n errors, and what was processed is reported.
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 5)]
    [InlineData(3, 8)]
    [InlineData(4, 8)]
    public async Task Bulk_FailOnErrors_StopsExactlyThere(int failOnErrors, int processed)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        await tenant.Scim.CreateAsync("taken@example.com");
        string[] names = ["a", "b", "taken", "c", "taken", "d", "e", "taken"];
        var operations = names.Select((name, index) => BulkClient.Post($"{index}", "/Users", ScimClient.User($"{name}@example.com")));

        var entries = (await tenant.Scim.PostAsync("Bulk", BulkClient.Request(operations, failOnErrors))).Entries();

        Assert.Equal(Enumerable.Range(0, processed).Select(index => $"{index}"), entries.Select(entry => entry["bulkId"]!.GetValue<string>()));
        Assert.Equal(names[..processed].Select(name => name == "taken" ? "409" : "201"), entries.Statuses());
        var made = names[..processed].Count(name => name != "taken") + 1;
        Assert.Equal(made, (await tenant.Scim.GetAsync("Users")).Body!["totalResults"]!.GetValue<int>());
    }

    // RFC 7644 §3.7: "the same stateful result" as one operation after the other, though several are under way at once.
    [Fact]
    public async Task Bulk_OperationsThatDependOnTheirOrder_KeepIt()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var operations = new List<JsonObject>();
        for (var round = 0; round < 20; round++)
        {
            var (old, next) = (await tenant.Scim.CreateAsync($"old{round}@example.com"), $"new{round}@example.com");
            operations.Add(BulkClient.Post($"early{round}", "/Users", ScimClient.User($"old{round}@example.com")));
            operations.Add(BulkClient.Patch($"/Users/{old}", ScimClient.Replace("userName", next)));
            operations.Add(BulkClient.Post($"late{round}", "/Users", ScimClient.User($"old{round}@example.com")));
            operations.Add(BulkClient.Post($"twin{round}", "/Users", ScimClient.User($"OLD{round}@example.com")));
            operations.Add(BulkClient.Operation("DELETE", $"/Users/{old}"));
            operations.Add(BulkClient.Patch($"/Users/{old}", ScimClient.Replace("nickName", "late")));
            operations.Add(BulkClient.Post($"again{round}", "/Users", ScimClient.User(next)));
        }

        var entries = await tenant.Scim.BulkAsync([.. operations]);

        Assert.Equal(Enumerable.Repeat(new[] { "409", "200", "201", "409", "204", "404", "201" }, 20).SelectMany(round => round), entries.Statuses());
    }

    [Fact]
    public async Task ServiceProviderConfig_Bulk_SaysTheLimits()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var bulk = (await tenant.Scim.GetAsync("ServiceProviderConfig")).Body!["bulk"]!;
        Assert.True(bulk["supported"]!.GetValue<bool>());
        Assert.Equal((1_000, 16_777_216), (bulk["maxOperations"]!.GetValue<int>(), bulk["maxPayloadSize"]!.GetValue<int>()));
    }
}
