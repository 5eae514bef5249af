using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Lists;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Users;

/// <summary>P11 to P14: which attributes are shown, on every verb.</summary>
[Collection(ProductCollection.Name)]
public sealed class ProjectionTests(SharedProduct shared)
{
    private static readonly string[] Verbs = ["POST", "GET", "PUT", "PATCH", "list", "sorted", "cursor", "search", "root"];

    public static TheoryData<string, string, string> Cases()
    {
        var cases = new TheoryData<string, string, string>();
        foreach (var verb in Verbs)
        {
            cases.Add(verb, "attributes=TITLE,name.givenName,id,password", "id name schemas title");
            cases.Add(verb, "attributes=unknown", "id schemas");
            cases.Add(verb, "excludedAttributes=name,emails,id,schemas,meta", "active id schemas title userName");
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task AnyVerb_WithAProjection_ShowsThat(string verb, string projection, string shown)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var answer = await AskAsync(tenant, verb, projection);
        var resource = answer["Resources"]?[0]?.AsObject() ?? answer;
        Assert.Equal(shown, string.Join(' ', resource.Select(member => member.Key).Order(StringComparer.Ordinal)));
        if (resource["name"] is { } name)
        {
            Assert.Equal("""{"givenName":"G"}""", name.ToJsonString());
        }
    }

    // P12.
    [Theory]
    [InlineData("GET", "Users")]
    [InlineData("POST", "Users")]
    [InlineData("PUT", "Users/{id}")]
    [InlineData("PATCH", "Users/{id}")]
    [InlineData("GET", "Users/{id}")]
    [InlineData("GET", "")]
    public async Task AnyVerb_WithBoth_IsInvalidValueAndChangesNothing(string method, string path)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("both@example.com");
        var body = method switch
        {
            "PATCH" => ScimClient.PatchOp(ScimClient.Replace("title", "t")).ToJsonString(),
            "POST" or "PUT" => ScimClient.User("changed@example.com").ToJsonString(),
            _ => null,
        };

        var answer = await tenant.Scim.SendAsync(
            new HttpMethod(method), $"{path.Replace("{id}", id, StringComparison.Ordinal)}?attributes=title&excludedAttributes=name", body);

        answer.ShouldBeError(400, "invalidValue");
        Assert.Equal("both@example.com", (await tenant.Scim.GetAsync("Users")).Body!["Resources"]!.AsArray().Single()!["userName"]!.GetValue<string>());
    }

    private static async Task<JsonObject> AskAsync(TestTenant tenant, string verb, string projection)
    {
        var user = ScimClient.User(
            "shown@example.com",
            ("title", "t"),
            ("password", "secret"),
            ("name", new JsonObject { ["givenName"] = "G", ["familyName"] = "F" }),
            ("emails", new JsonArray(new JsonObject { ["value"] = "e@example.com" })));
        var created = await tenant.Scim.PostAsync($"Users?{projection}", user);
        Assert.Equal(201, created.Status);
        var id = created.Body!["id"]!.GetValue<string>();
        var parameter = projection.Split('=', 2);
        return (verb switch
        {
            "POST" => created,
            "GET" => await tenant.Scim.GetAsync($"Users/{id}?{projection}"),
            "PUT" => await tenant.Scim.PutAsync($"Users/{id}?{projection}", user),
            "PATCH" => await tenant.Scim.PatchAsync($"Users/{id}?{projection}", ScimClient.PatchOp(ScimClient.Replace("nickName", null))),
            "list" => await tenant.Scim.GetAsync($"Users?{projection}"),
            "sorted" => await tenant.Scim.GetAsync($"Users?sortBy=title&{projection}"),
            "cursor" => await tenant.Scim.GetAsync($"Users?cursor=&{projection}"),
            "search" => await tenant.Scim.PostAsync(
                "Users/.search", SearchTests.Search((parameter[0], new JsonArray([.. parameter[1].Split(',').Select(name => JsonValue.Create(name))])))),
            _ => await tenant.Scim.GetAsync($"?{projection}"),
        }).Body!;
    }
}
