using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Doors;

/// <summary>E1 to E3: every status is a SCIM error with its headers (RFC 7644 §3.12). 503 is among the tests of a store that is away.</summary>
[Collection(ProductCollection.Name)]
public sealed class ErrorTests(SharedProduct shared)
{
    // E2, as far as no resource is needed: uniqueness is W2's, mutability A8's, invalidPath and noTarget A9's and the PATCH table's, expiredCursor K7's,
    // invalidVers the version's.
    [Theory]
    [InlineData("POST", "Users", 400, "invalidSyntax", null)]
    [InlineData("GET", "Users?filter=x", 400, "invalidFilter", null)]
    [InlineData("GET", "Users?count=x", 400, "invalidValue", null)]
    [InlineData("GET", "Users?sortBy=x", 400, "invalidValue", null)]
    [InlineData("GET", "Users?cursor=x", 400, "invalidCursor", null)]
    [InlineData("GET", "Users?cursor=&count=0", 400, "invalidCount", null)]
    [InlineData("GET", "Schemas?filter=x", 403, null, null)]
    [InlineData("GET", "Users/00000000-0000-0000-0000-000000000000", 404, null, null)]
    [InlineData("GET", "Nowhere", 404, null, null)]
    [InlineData("DELETE", "Users", 405, null, "GET, POST")]
    [InlineData("POST", "Users/00000000-0000-0000-0000-000000000000", 405, null, "DELETE, GET, PATCH, PUT")]
    [InlineData("POST", "Schemas", 405, null, "GET")]
    [InlineData("GET", ".search", 405, null, "POST")]
    [InlineData("PATCH", "", 405, null, "GET")]
    [InlineData("GET", "Me", 501, null, null)]
    public async Task Request_ThatCannotBeAnswered_IsAScimErrorWithItsHeaders(string method, string path, int status, string? scimType, string? allow)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var answer = await tenant.Scim.SendAsync(new HttpMethod(method), path, method is "POST" or "PATCH" ? "{}" : null);
        answer.ShouldBeError(status, scimType);
        Assert.Equal(allow, answer.ContentHeaders.Allow.Count == 0 ? null : string.Join(", ", answer.ContentHeaders.Allow.Order()));
    }

    [Theory]
    [InlineData("POST", "Users")]
    [InlineData("PUT", "Users/{id}")]
    [InlineData("PATCH", "Users/{id}")]
    [InlineData("POST", "Groups")]
    [InlineData("POST", ".search")]
    [InlineData("POST", "Users/.search")]
    public async Task Body_OfAnotherMediaTypeOrTooLarge_Is415Or413AndChangesNothing(string method, string path)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("body@example.com");
        var named = path.Replace("{id}", id, StringComparison.Ordinal);
        var large = $$"""{"schemas":["urn:x"],"userName":"{{new string('x', path == "Groups" ? 17_000_000 : 1_100_000)}}"}""";

        (await tenant.Scim.SendAsync(new HttpMethod(method), named, "{}", ("Content-Type", "text/plain"))).ShouldBeError(415);
        (await tenant.Scim.SendAsync(new HttpMethod(method), named, large)).ShouldBeError(413);

        Assert.Equal("W/\"1\"", (await tenant.Scim.GetAsync($"Users/{id}")).Body!["meta"]!["version"]!.GetValue<string>());
        Assert.Equal(1, (await tenant.Scim.GetAsync("")).Body!["totalResults"]!.GetValue<int>());
    }

    // V1, V2: 412 has no scimType; 304 no body.
    [Fact]
    public async Task Precondition_ThatDoesNotHold_Is412Or304()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("tag@example.com");

        var unchanged = await tenant.Scim.GetAsync($"Users/{id}", ("If-None-Match", "W/\"1\""));
        Assert.Equal((304, "", "W/\"1\""), (unchanged.Status, unchanged.Text, unchanged.Headers.ETag!.ToString()));
        (await tenant.Scim.PutAsync($"Users/{id}", ScimClient.User("tag@example.com"), ("If-Match", "W/\"2\""))).ShouldBeError(412);
        (await tenant.Scim.DeleteAsync($"Users/{id}", ("If-Match", "W/\"2\""))).ShouldBeError(412);
    }

    [Fact]
    public async Task Conflict_IsUniqueness()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        await tenant.Scim.CreateAsync("taken@example.com");
        (await tenant.Scim.PostAsync("Users", ScimClient.User("TAKEN@example.com"))).ShouldBeError(409, "uniqueness");
    }

    // C10: composed or decomposed, in either case, it is the same name to filters and to uniqueness.
    [Theory]
    [InlineData("jos\u00e9@example.com", "JOSE\u0301@example.com")]
    [InlineData("A\u030angstro\u0308m", "\u00e5ngstr\u00d6m")]
    public async Task UserName_ComposedOrDecomposed_IsTheSameName(string one, string other)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync(one);

        var found = (await tenant.Scim.GetAsync($"Users?filter={Uri.EscapeDataString($"userName eq \"{other}\"")}")).Body!;

        Assert.Equal(id, Assert.Single(found["Resources"]!.AsArray())!["id"]!.GetValue<string>());
        (await tenant.Scim.PostAsync("Users", ScimClient.User(other))).ShouldBeError(409, "uniqueness");
        var changed = (await tenant.Scim.PutAsync($"Users/{id}", ScimClient.User(other))).Body!;
        Assert.Equal(other, changed["userName"]!.GetValue<string>());
    }
}
