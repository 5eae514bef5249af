using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Users;

[Collection(ProductCollection.Name)]
public sealed class CreateAndReadTests(SharedProduct shared)
{
    /// <summary>What Okta sends on a create, placeholder password and empty groups included.</summary>
    private static JsonObject OktaCreate(string userName) => JsonNode.Parse(
        $$"""
        {
          "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
          "userName": "{{userName}}",
          "name": {"givenName": "Ann", "familyName": "O'Neil"},
          "emails": [{"primary": true, "value": "{{userName}}", "type": "work"}],
          "displayName": "Ann O'Neil",
          "locale": "en-US",
          "externalId": "00u-{{userName}}",
          "groups": [],
          "password": "a-placeholder-4711",
          "active": true,
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Ship", "manager": {"value": "boss"} },
          "urn:acme:custom:2.0:User": {"hireDate": "2026-01-01"}
        }
        """)!.AsObject();

    // W1: 201, Location, the same in meta, the stored representation.
    [Fact]
    public async Task Post_WhatOktaSends_Is201WithLocationEntityTagAndTheWholeResource()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);

        var answer = await tenant.Scim.PostAsync("Users", OktaCreate("ann@example.com"));

        Assert.Equal(201, answer.Status);
        Assert.Equal(ScimClient.MediaType, answer.ContentType);
        var user = answer.Body!;
        var id = user["id"]!.GetValue<string>();
        Assert.Equal($"{tenant.Scim.BaseUrl}Users/{id}", answer.Headers.Location!.OriginalString);
        Assert.Equal(answer.Headers.Location.OriginalString, user["meta"]!["location"]!.GetValue<string>());
        Assert.Equal("W/\"1\"", answer.Headers.ETag!.ToString());
        Assert.Equal("W/\"1\"", user["meta"]!["version"]!.GetValue<string>());
        Assert.Equal("User", user["meta"]!["resourceType"]!.GetValue<string>());
        Assert.Equal("00u-ann@example.com", user["externalId"]!.GetValue<string>());
        Assert.Equal("O'Neil", user["name"]!["familyName"]!.GetValue<string>());
        Assert.Equal("Ship", user["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]!["department"]!.GetValue<string>());
        Assert.Equal("2026-01-01", user["urn:acme:custom:2.0:User"]!["hireDate"]!.GetValue<string>());
        Assert.Equal(3, user["schemas"]!.AsArray().Count);
        Assert.True(JsonNode.DeepEquals(user, (await tenant.Scim.GetAsync($"Users/{id}")).Body));
    }

    // C10: a password is never returned.
    [Fact]
    public async Task Password_WhereverItIsSent_IsNowhereToBeFound()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var created = await tenant.Scim.PostAsync("Users", OktaCreate("secret@example.com"));
        var id = created.Body!["id"]!.GetValue<string>();
        var put = await tenant.Scim.PutAsync($"Users/{id}", OktaCreate("secret@example.com"));
        var patched = await tenant.Scim.PatchAsync(
            $"Users/{id}", ScimClient.PatchOp(ScimClient.Replace(null, new JsonObject { ["password"] = "a-placeholder-4711" })));
        var asked = await tenant.Scim.GetAsync($"Users/{id}?attributes=password,userName");

        var texts = new[] { created.Text, put.Text, patched.Text, asked.Text }.Concat((await tenant.EventsAsync()).Select(one => one.ToJsonString()));
        Assert.All(texts, text => Assert.DoesNotContain("a-placeholder-4711", text, StringComparison.Ordinal));
        Assert.All(texts, text => Assert.DoesNotContain("\"password\"", text, StringComparison.OrdinalIgnoreCase));
        (await tenant.Scim.GetAsync("Users?filter=password%20pr")).ShouldBeError(400, "invalidFilter");
    }

    // W2: a conflict is 409 uniqueness.
    [Theory]
    [InlineData("ann@example.com")]
    [InlineData("ANN@Example.COM")]
    public async Task Post_NameThatIsTaken_Is409UniquenessInAnyCase(string again)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("ann@example.com", ("nickName", "first"));

        var answer = await tenant.Scim.PostAsync("Users", ScimClient.User(again, ("nickName", "second")));

        answer.ShouldBeError(409, "uniqueness");
        Assert.Contains(id, answer.Detail, StringComparison.Ordinal);
        Assert.Equal("first", (await tenant.Scim.GetAsync($"Users/{id}")).Body!["nickName"]!.GetValue<string>());
        Assert.Equal(1, (await tenant.Scim.GetAsync("Users")).Body!["totalResults"]!.GetValue<int>());
    }

    [Fact]
    public async Task Post_ExternalIdThatIsTaken_Is409Uniqueness()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        await tenant.Scim.CreateAsync("ann@example.com", ("externalId", "00u1"));

        (await tenant.Scim.PostAsync("Users", ScimClient.User("bob@example.com", ("externalId", "00u1")))).ShouldBeError(409, "uniqueness");

        Assert.Equal(0, (await tenant.Scim.GetAsync("Users?filter=userName%20eq%20%22bob%40example.com%22")).Body!["totalResults"]!.GetValue<int>());
    }

    // W5, W6: an unknown id is 404, and PUT does not create.
    [Theory]
    [InlineData("0190a7f0-0000-7000-8000-000000000000")]
    [InlineData("nonsense")]
    [InlineData("..%2f..%2fetc")]
    [InlineData("0190A7F0-0000-7000-8000-00000000000A")]
    public async Task AnyVerb_UnknownId_Is404(string id)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);

        (await tenant.Scim.GetAsync($"Users/{id}")).ShouldBeError(404);
        (await tenant.Scim.PutAsync($"Users/{id}", ScimClient.User("never@example.com"))).ShouldBeError(404);
        (await tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace("nickName", "x")))).ShouldBeError(404);
        (await tenant.Scim.DeleteAsync($"Users/{id}")).ShouldBeError(404);
        Assert.Equal(0, (await tenant.Scim.GetAsync("Users")).Body!["totalResults"]!.GetValue<int>());
    }

    // W12, W13: gone for every verb and list, and its name is free.
    [Fact]
    public async Task Delete_Then_EverythingIs404AndTheNameIsFree()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("gone@example.com", ("externalId", "00ugone"));

        Assert.Equal(204, (await tenant.Scim.DeleteAsync($"Users/{id}")).Status);

        (await tenant.Scim.GetAsync($"Users/{id}")).ShouldBeError(404);
        (await tenant.Scim.DeleteAsync($"Users/{id}")).ShouldBeError(404);
        Assert.Equal(0, (await tenant.Scim.GetAsync("Users")).Body!["totalResults"]!.GetValue<int>());
        var again = await tenant.Scim.CreateAsync("gone@example.com", ("externalId", "00ugone"));
        Assert.NotEqual(id, again);
        Assert.Equal(["user.created", "user.deleted"], (await tenant.EventsAsync(id)).Select(one => one["type"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Get_EntityTag_AnswersNotModified()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("tag@example.com");

        var unchanged = await tenant.Scim.GetAsync($"Users/{id}", ("If-None-Match", "W/\"1\""));
        Assert.Equal((304, ""), (unchanged.Status, unchanged.Text));
        Assert.Equal(200, (await tenant.Scim.GetAsync($"Users/{id}", ("If-None-Match", "W/\"2\""))).Status);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Write_IfMatchNamesAnotherVersion_Is412AndChangesNothing(string method)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("match@example.com");
        var body = method switch
        {
            "PUT" => ScimClient.User("match@example.com", ("nickName", "new")).ToJsonString(),
            "PATCH" => ScimClient.PatchOp(ScimClient.Replace("nickName", "new")).ToJsonString(),
            _ => null,
        };

        (await tenant.Scim.SendAsync(new HttpMethod(method), $"Users/{id}", body, ("If-Match", "W/\"7\""))).ShouldBeError(412);
        Assert.Null((await tenant.Scim.GetAsync($"Users/{id}")).Body!["nickName"]);

        var accepted = await tenant.Scim.SendAsync(new HttpMethod(method), $"Users/{id}", body, ("If-Match", "W/\"7\", W/\"1\""));
        Assert.True(accepted.Status is 200 or 204);
    }

    [Fact]
    public async Task Projection_OnEveryVerb_KeepsWhatIsAskedAndWhatIsAlwaysReturned()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var created = await tenant.Scim.PostAsync("Users?attributes=userName", OktaCreate("p@example.com"));
        Assert.Equal(["id", "schemas", "userName"], Names(created));
        var id = created.Body!["id"]!.GetValue<string>();

        Assert.Equal(["id", "name", "schemas"], Names(await tenant.Scim.GetAsync($"Users/{id}?attributes=name.familyName")));
        Assert.DoesNotContain("emails", Names(await tenant.Scim.GetAsync($"Users/{id}?excludedAttributes=emails,id")));
        Assert.Contains("id", Names(await tenant.Scim.GetAsync($"Users/{id}?excludedAttributes=emails,id")));
        Assert.Equal(
            ["displayName", "id", "schemas"],
            Names(await tenant.Scim.PatchAsync($"Users/{id}?attributes=displayName", ScimClient.PatchOp(ScimClient.Replace("displayName", "P")))));
        var list = (await tenant.Scim.GetAsync("Users?attributes=userName")).Body!["Resources"]![0]!.AsObject();
        Assert.Equal(["id", "schemas", "userName"], list.Select(member => member.Key).Order(StringComparer.Ordinal));
        (await tenant.Scim.GetAsync("Users?attributes=userName&excludedAttributes=name")).ShouldBeError(400, "invalidValue");
    }

    private static IEnumerable<string> Names(ScimAnswer answer) => answer.Body!.Select(member => member.Key).Order(StringComparer.Ordinal);
}
