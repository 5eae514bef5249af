using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Requirements;

/// <summary>
/// RFC 7644 §3 and RFC 7643 §2 to §3, one test per sentence where no other test of this project cites it. C13 (TLS) is the proxy's; C14 and C15 are
/// met by what addresses are made of: ids and filters, below <c>/scim/v2</c>. F21 (<c>tooMany</c>) cannot happen, since every list has pages.
/// </summary>
[Collection(ProductCollection.Name)]
public sealed class CommonProtocolTests(SharedProduct shared)
{
    [Fact]
    public async Task C1_BodiesAreUtf8_WhateverTheyHold()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("jürgen.łódź@example.com", ("displayName", "李小龍 \"😀\""));
        var answer = await tenant.Scim.GetAsync($"Users/{id}");
        Assert.Equal(("jürgen.łódź@example.com", "李小龍 \"😀\""), (answer.Body!["userName"]!.GetValue<string>(), answer.Body["displayName"]!.GetValue<string>()));
        (await tenant.Scim.PostAsync("Users", ScimClient.User("JÜRGEN.ŁÓDŹ@example.com"))).ShouldBeError(409, "uniqueness");
    }

    [Fact]
    public async Task C3_NoAccept_IsScimJson()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        Assert.Equal(ScimClient.MediaType, (await tenant.Scim.GetAsync("Users")).ContentType);
    }

    [Fact]
    public async Task C4_NamesAndUrns_InAnyLetterCase()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var body = JsonNode.Parse("""
            {"SCHEMAS":["URN:ietf:params:scim:schemas:core:2.0:USER"],"USERNAME":"case@example.com","Name":{"GIVENNAME":"G"},
             "urn:ietf:params:SCIM:schemas:extension:enterprise:2.0:user":{"DEPARTMENT":"D"}}
            """)!;
        var created = await tenant.Scim.PostAsync("Users", body);
        Assert.Equal(201, created.Status);
        Assert.Equal("G", created.Body!["name"]!["givenName"]!.GetValue<string>());

        var filter = Uri.EscapeDataString("NAME.givenname eq \"g\" and URN:IETF:params:scim:schemas:extension:enterprise:2.0:User:Department pr");
        var list = (await tenant.Scim.GetAsync($"Users?filter={filter}&attributes=UserNAME")).Body!;
        Assert.Equal("case@example.com", list["Resources"]![0]!["userName"]!.GetValue<string>());
        var patched = await tenant.Scim.PatchAsync($"Users/{created.Body["id"]}", ScimClient.PatchOp(ScimClient.Replace("NAME.GivenName", "H")));
        Assert.Equal("H", patched.Body!["name"]!["givenName"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData(null)]
    public async Task C5_NullEmptyAndAbsent_AreUnassigned(string? phones)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("empty@example.com", ("phoneNumbers", JsonNode.Parse("""[{"value":"1"}]""")));
        var body = ScimClient.User("empty@example.com");
        if (phones is not null)
        {
            body["phoneNumbers"] = JsonNode.Parse(phones);
        }

        Assert.Equal(200, (await tenant.Scim.PutAsync($"Users/{id}", body)).Status);

        Assert.False((await tenant.Scim.GetAsync($"Users/{id}")).Body!.ContainsKey("phoneNumbers"));
        Assert.Equal(0, (await tenant.Scim.GetAsync("Users?filter=phoneNumbers%20pr")).Body!["totalResults"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("Users")]
    [InlineData("Groups")]
    public async Task C6_Schemas_AreInEveryMessage(string endpoint)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        foreach (var schemas in new[] { "", "\"schemas\":[],", "\"schemas\":\"urn:x\",", "\"schemas\":[1]," })
        {
            (await tenant.Scim.SendAsync(HttpMethod.Post, endpoint, $$"""{ {{schemas}}"userName":"u","displayName":"g"}""")).ShouldBeError(400, "invalidSyntax");
        }

        foreach (var path in new[] { endpoint, "ServiceProviderConfig", "ResourceTypes", "Schemas", "Nowhere" })
        {
            Assert.NotEmpty((await tenant.Scim.GetAsync(path)).Body!["schemas"]!.AsArray());
        }
    }

    [Fact]
    public async Task C7_Id_IsTheServersAndNeverUsedAgain()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var wanted = Guid.CreateVersion7().ToString();
        var id = await tenant.Scim.CreateAsync("id@example.com", ("id", wanted));
        Assert.NotEqual(wanted, id);
        Assert.DoesNotContain("bulkId", id, StringComparison.OrdinalIgnoreCase);
        await tenant.Scim.DeleteAsync($"Users/{id}");
        Assert.NotEqual(id, await tenant.Scim.CreateAsync("id@example.com", ("id", id)));
    }

    [Fact]
    public async Task C8_ExternalId_IsTheClientsInItsLetterCase()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var without = await tenant.Scim.CreateAsync("without@example.com");
        await tenant.Scim.CreateAsync("with@example.com", ("externalId", "00uAbC"));
        Assert.False((await tenant.Scim.GetAsync($"Users/{without}")).Body!.ContainsKey("externalId"));
        Assert.Equal(1, (await tenant.Scim.GetAsync("Users?filter=externalId%20eq%20%2200uAbC%22")).Body!["totalResults"]!.GetValue<int>());
        Assert.Equal(0, (await tenant.Scim.GetAsync("Users?filter=externalId%20eq%20%2200uabc%22")).Body!["totalResults"]!.GetValue<int>());
    }

    [Fact]
    public async Task C9_Meta_IsTheServersAlone()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var sent = new JsonObject { ["resourceType"] = "Group", ["created"] = "2001-01-01T00:00:00Z", ["location"] = "x", ["version"] = "W/\"99\"" };
        var answer = await tenant.Scim.PostAsync("Users", ScimClient.User("meta@example.com", ("meta", sent)));
        var meta = answer.Body!["meta"]!;
        Assert.Equal(("User", "W/\"1\""), (meta["resourceType"]!.GetValue<string>(), meta["version"]!.GetValue<string>()));
        Assert.Equal(answer.Headers.Location!.ToString(), meta["location"]!.GetValue<string>());
        Assert.Equal(meta["created"]!.GetValue<string>(), meta["lastModified"]!.GetValue<string>());
        Assert.DoesNotContain("2001", meta["created"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task C11_UnknownQueryParameter_IsIgnored()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        Assert.Equal(200, (await tenant.Scim.GetAsync("Users?noSuch=1&x=y")).Status);
    }

    [Fact]
    public async Task C12_UnknownAttributeAndExtension_RefuseNothing()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("unknown@example.com", ("shoeSize", 44), ("urn:example:1.0:User", new JsonObject { ["a"] = 1 }));
        var user = (await tenant.Scim.GetAsync($"Users/{id}")).Body!;
        Assert.False(user.ContainsKey("shoeSize"));
        Assert.Equal(1, user["urn:example:1.0:User"]!["a"]!.GetValue<int>());
    }

    [Fact]
    public async Task C14_Password_CannotBeAskedForInAnAddress()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        (await tenant.Scim.GetAsync("Users?filter=password%20eq%20%22x%22")).ShouldBeError(400, "invalidFilter");
    }
}
