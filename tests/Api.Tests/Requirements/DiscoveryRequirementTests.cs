using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Requirements;

/// <summary>RFC 7644 §4 and RFC 7643 §5 to §7 over HTTP, one test per sentence where no other test of this project cites it.</summary>
[Collection(ProductCollection.Name)]
public sealed class DiscoveryRequirementTests(SharedProduct shared)
{
    [Theory]
    [InlineData("ServiceProviderConfig")]
    [InlineData("ResourceTypes")]
    [InlineData("ResourceTypes/User")]
    [InlineData("Schemas")]
    [InlineData("Schemas/urn:ietf:params:scim:schemas:core:2.0:User")]
    public async Task D1_Discovery_IsReadOnly(string path)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        Assert.Equal(200, (await tenant.Scim.GetAsync(path)).Status);
        foreach (var method in new[] { "POST", "PUT", "PATCH", "DELETE" })
        {
            (await tenant.Scim.SendAsync(new HttpMethod(method), path, method == "DELETE" ? null : "{}")).ShouldBeError(405);
        }
    }

    [Fact]
    public async Task D4_ServiceProviderConfig_HasWhatItMust()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var config = (await tenant.Scim.GetAsync("ServiceProviderConfig")).Body!;
        Assert.All(["patch", "bulk", "filter", "changePassword", "sort", "etag"], name => Assert.NotNull(config[name]!["supported"]!.GetValue<bool>().ToString()));
        Assert.True(config["bulk"]!["maxOperations"]!.GetValue<int>() > 0 && config["bulk"]!["maxPayloadSize"]!.GetValue<int>() > 0);
        Assert.True(config["filter"]!["maxResults"]!.GetValue<int>() > 0);
        Assert.All(config["authenticationSchemes"]!.AsArray(), scheme =>
            Assert.All(["name", "description", "type"], name => Assert.NotEmpty(scheme![name]!.GetValue<string>())));
    }

    [Fact]
    public async Task D5_EveryAttribute_StatesItsCharacteristics()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        foreach (var schema in (await tenant.Scim.GetAsync("Schemas")).Body!["Resources"]!.AsArray())
        {
            Assert.All(All(schema!["attributes"]!.AsArray()), attribute => Assert.All(
                ["name", "type", "multiValued", "required", "caseExact", "mutability", "returned", "uniqueness"],
                name => Assert.True(attribute.ContainsKey(name), $"{attribute["name"]} has no {name}.")));
        }
    }

    private static IEnumerable<JsonObject> All(JsonArray attributes) => attributes.Select(one => one!.AsObject())
        .SelectMany(attribute => All(attribute["subAttributes"]?.AsArray() ?? []).Prepend(attribute));
}
