using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Groups;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Requirements;

/// <summary>RFC 7644 §3.3 to §3.6, one test per sentence where no other test of this project cites it.</summary>
[Collection(ProductCollection.Name)]
public sealed class WriteTests(SharedProduct shared)
{
    [Fact]
    public async Task W1_Post_OfAGroup_Is201WithItsLocationTwice()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var answer = await tenant.Scim.PostAsync("Groups", GroupTests.Group("w1"));
        Assert.Equal(201, answer.Status);
        Assert.Equal($"{tenant.Scim.BaseUrl}Groups/{answer.Body!["id"]}", answer.Headers.Location!.ToString());
        Assert.Equal(answer.Headers.Location.ToString(), answer.Body["meta"]!["location"]!.GetValue<string>());
        Assert.Equal(answer.Text, (await tenant.Scim.GetAsync($"Groups/{answer.Body["id"]}")).Text);
    }

    [Fact]
    public async Task W4_Post_LeavesOutActive_IsActive()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("w4@example.com");
        Assert.True((await tenant.Scim.GetAsync($"Users/{id}")).Body!["active"]!.GetValue<bool>());
    }

    [Fact]
    public async Task W6_Put_UnknownId_CreatesNothing()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        (await tenant.Scim.PutAsync($"Users/{Guid.CreateVersion7()}", ScimClient.User("w6@example.com"))).ShouldBeError(404);
        Assert.Equal(0, (await tenant.Scim.GetAsync("Users")).Body!["totalResults"]!.GetValue<int>());
    }

    [Fact]
    public async Task W7_Put_ReplacesWhatWasSent()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync(
            "w7@example.com", ("name", JsonNode.Parse("""{"givenName":"G","familyName":"F"}""")), ("emails", JsonNode.Parse("""[{"value":"a"},{"value":"b"}]""")));

        var put = await tenant.Scim.PutAsync(
            $"Users/{id}", ScimClient.User("w7@example.com", ("name", JsonNode.Parse("""{"givenName":"H"}""")), ("emails", JsonNode.Parse("""[{"value":"c"}]"""))));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"givenName":"H"}"""), put.Body!["name"]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""[{"value":"c"}]"""), put.Body["emails"]));
    }

    // No attribute of users or groups is immutable; a member's value is.
    [Fact]
    public async Task W9_ImmutableValue_CannotBeChanged()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var (one, two) = (await tenant.Scim.CreateAsync("one@example.com"), await tenant.Scim.CreateAsync("two@example.com"));
        var group = (await tenant.Scim.PostAsync("Groups", GroupTests.Group("w9", one))).Body!["id"]!.GetValue<string>();
        var change = ScimClient.Replace($"members[value eq \"{one}\"].value", two);
        (await tenant.Scim.PatchAsync($"Groups/{group}", ScimClient.PatchOp(change))).ShouldBeError(400, "mutability");
    }

    [Theory]
    [InlineData("POST", "Users", "userName")]
    [InlineData("PUT", "Users", "userName")]
    [InlineData("POST", "Groups", "displayName")]
    [InlineData("PUT", "Groups", "displayName")]
    public async Task W10_RequiredAttribute_Missing_Is400InvalidValue(string method, string endpoint, string name)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var body = endpoint == "Users" ? ScimClient.User("w10@example.com") : GroupTests.Group("w10");
        var id = (await tenant.Scim.PostAsync(endpoint, body)).Body!["id"]!.GetValue<string>();
        foreach (var empty in new JsonNode?[] { null, "" })
        {
            body[name] = empty;
            (await tenant.Scim.SendAsync(new HttpMethod(method), method == "PUT" ? $"{endpoint}/{id}" : endpoint, body.ToJsonString())).ShouldBeError(400, "invalidValue");
        }

        Assert.Equal("W/\"1\"", (await tenant.Scim.GetAsync($"{endpoint}/{id}")).Body!["meta"]!["version"]!.GetValue<string>());
    }

    [Fact]
    public async Task W11_Put_Is200WithTheWholeResource()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("w11@example.com");
        var put = await tenant.Scim.PutAsync($"Users/{id}", ScimClient.User("w11@example.com", ("title", "T")));
        Assert.Equal(200, put.Status);
        Assert.Equal((await tenant.Scim.GetAsync($"Users/{id}")).Text, put.Text);
    }

    [Fact]
    public async Task W12_W13_DeletedGroup_IsGoneAndItsNameIsFree()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = (await tenant.Scim.PostAsync("Groups", GroupTests.Group("w12"))).Body!["id"]!.GetValue<string>();
        var deleted = await tenant.Scim.DeleteAsync($"Groups/{id}");
        Assert.Equal((204, ""), (deleted.Status, deleted.Text));
        (await tenant.Scim.GetAsync($"Groups/{id}")).ShouldBeError(404);
        (await tenant.Scim.PutAsync($"Groups/{id}", GroupTests.Group("w12"))).ShouldBeError(404);
        (await tenant.Scim.PatchAsync($"Groups/{id}", ScimClient.PatchOp(ScimClient.Replace("displayName", "x")))).ShouldBeError(404);
        (await tenant.Scim.DeleteAsync($"Groups/{id}")).ShouldBeError(404);
        Assert.Equal(0, (await tenant.Scim.GetAsync("Groups")).Body!["totalResults"]!.GetValue<int>());
        Assert.Equal(201, (await tenant.Scim.PostAsync("Groups", GroupTests.Group("W12"))).Status);
    }
}
