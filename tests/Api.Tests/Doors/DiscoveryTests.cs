using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Doors;

[Collection(ProductCollection.Name)]
public sealed class DiscoveryTests(SharedProduct shared)
{
    private const string UserUrn = "urn:ietf:params:scim:schemas:core:2.0:User";
    private const string GroupUrn = "urn:ietf:params:scim:schemas:core:2.0:Group";
    private const string EnterpriseUrn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    [Fact]
    public async Task ServiceProviderConfig_SaysWhatIsTrue()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var config = (await tenant.Scim.GetAsync("ServiceProviderConfig")).Body!;

        Assert.True(config["patch"]!["supported"]!.GetValue<bool>());
        Assert.True(config["filter"]!["supported"]!.GetValue<bool>());
        Assert.True(config["etag"]!["supported"]!.GetValue<bool>());
        Assert.True(config["bulk"]!["supported"]!.GetValue<bool>());
        Assert.True(config["sort"]!["supported"]!.GetValue<bool>());
        // K8, K10: both ways of paging, by index when none is asked for.
        Assert.Equal(
            """{"cursor":true,"index":true,"defaultPaginationMethod":"index","defaultPageSize":100,"maxPageSize":1000,"cursorTimeout":3600}""",
            config["pagination"]!.ToJsonString());
        Assert.False(config["changePassword"]!["supported"]!.GetValue<bool>());
        Assert.Equal("oauthbearertoken", config["authenticationSchemes"]![0]!["type"]!.GetValue<string>());
        Assert.Equal($"{tenant.Scim.BaseUrl}ServiceProviderConfig", config["meta"]!["location"]!.GetValue<string>());
    }

    // D3: a list, and each by its URN.
    [Fact]
    public async Task Schemas_ListAndSingle_AreTheSame()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var list = (await tenant.Scim.GetAsync("Schemas?count=1&attributes=id")).Body!;

        Assert.Equal(3, list["totalResults"]!.GetValue<int>());
        Assert.Equal(3, list["Resources"]!.AsArray().Count);
        foreach (var schema in list["Resources"]!.AsArray())
        {
            var single = (await tenant.Scim.GetAsync($"Schemas/{schema!["id"]!.GetValue<string>()}")).Body;
            Assert.True(JsonNode.DeepEquals(schema, single));
        }
    }

    // D6: name, endpoint, schema, extensions.
    [Fact]
    public async Task ResourceTypes_NameTheUserWithItsExtensionAndTheGroup()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var type = (await tenant.Scim.GetAsync("ResourceTypes/User")).Body!;

        Assert.Equal(("/Users", UserUrn), (type["endpoint"]!.GetValue<string>(), type["schema"]!.GetValue<string>()));
        Assert.Equal(EnterpriseUrn, type["schemaExtensions"]![0]!["schema"]!.GetValue<string>());
        var list = (await tenant.Scim.GetAsync("ResourceTypes")).Body!;
        var group = (await tenant.Scim.GetAsync("ResourceTypes/Group")).Body!;
        Assert.Equal(("/Groups", GroupUrn), (group["endpoint"]!.GetValue<string>(), group["schema"]!.GetValue<string>()));
        Assert.Empty(group["schemaExtensions"]!.AsArray());
        Assert.True(JsonNode.DeepEquals(new JsonArray(type.DeepClone(), group.DeepClone()), list["Resources"]));
    }

    // D3: unknown is 404. P17: a filter is 403 (RFC 7644 §4).
    [Theory]
    [InlineData("Schemas/urn:unknown", 404)]
    [InlineData("ResourceTypes/Device", 404)]
    [InlineData("Schemas?filter=id%20eq%20%22x%22", 403)]
    [InlineData("ResourceTypes?filter=name%20eq%20%22User%22", 403)]
    public async Task Discovery_UnknownOrFiltered_IsRefused(string path, int status)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        (await tenant.Scim.GetAsync(path)).ShouldBeError(status);
    }

    // P17: RFC 7644 §4: "attributes", "excludedAttributes", sorting and paging "SHALL be ignored".
    [Theory]
    [InlineData("Schemas")]
    [InlineData("ResourceTypes")]
    [InlineData("ServiceProviderConfig")]
    public async Task Discovery_PagingSortingAndProjection_AreIgnored(string path)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var whole = (await tenant.Scim.GetAsync(path)).Text;
        Assert.Equal(whole, (await tenant.Scim.GetAsync($"{path}?startIndex=2&count=1&sortBy=name&sortOrder=descending&attributes=name&excludedAttributes=id&cursor=")).Text);
    }

    [Fact]
    public async Task Schemas_EveryWritableAttributeOfTheUser_CanBeWrittenAndFiltered()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var schema = (await tenant.Scim.GetAsync($"Schemas/{UserUrn}")).Body!;
        var id = await tenant.Scim.CreateAsync("truth@example.com");
        foreach (var attribute in schema["attributes"]!.AsArray().Select(one => one!.AsObject()))
        {
            if (attribute["type"]!.GetValue<string>() != "string" || attribute["mutability"]!.GetValue<string>() != "readWrite"
                || attribute["multiValued"]!.GetValue<bool>() || attribute["name"]!.GetValue<string>() == "userName")
            {
                continue;
            }

            var name = attribute["name"]!.GetValue<string>();
            var answer = await tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace(name, $"Value of {name}")));
            Assert.Equal($"Value of {name}", answer.Body![name]!.GetValue<string>());
            var filter = Uri.EscapeDataString($"{name} eq \"VALUE OF {name}\"");
            var matches = attribute["caseExact"]!.GetValue<bool>() ? 0 : 1;
            Assert.Equal(matches, (await tenant.Scim.GetAsync($"Users?filter={filter}")).Body!["totalResults"]!.GetValue<int>());
        }
    }
}
