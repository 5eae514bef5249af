using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Users;

[Collection(ProductCollection.Name)]
public sealed class ListTests(SharedProduct shared)
{
    [Fact]
    public async Task Get_EmptyTenant_IsAnEmptyListWithAllMembers()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);

        var answer = await tenant.Scim.GetAsync("Users?startIndex=1&count=2");

        Assert.Equal(200, answer.Status);
        Assert.Contains("\"totalResults\":0", answer.Text, StringComparison.Ordinal);
        Assert.Contains("\"itemsPerPage\":0", answer.Text, StringComparison.Ordinal);
        Assert.Contains("\"startIndex\":1", answer.Text, StringComparison.Ordinal);
        Assert.Contains("\"Resources\":[]", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 5, 1)]
    [InlineData("startIndex=0&count=2", 2, 1)]
    [InlineData("startIndex=-3&count=2", 2, 1)]
    [InlineData("startIndex=4&count=10", 2, 4)]
    [InlineData("startIndex=6&count=10", 0, 6)]
    [InlineData("count=0", 0, 1)]
    [InlineData("count=-1", 0, 1)]
    [InlineData("unknown=parameter&sortBy=userName", 5, 1)]
    public async Task Get_Page_HasTheRightSizeAndTotal(string query, int items, int startIndex)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        await CreateAsync(tenant, 5);

        var body = (await tenant.Scim.GetAsync($"Users?{query}")).Body!;

        Assert.Equal(items, body["Resources"]!.AsArray().Count);
        Assert.Equal(items, body["itemsPerPage"]!.GetValue<int>());
        Assert.Equal(startIndex, body["startIndex"]!.GetValue<int>());
        Assert.Equal(5, body["totalResults"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("startIndex=one", "invalidValue")]
    [InlineData("count=1.5", "invalidValue")]
    [InlineData("count=1&count=2", "invalidValue")]
    [InlineData("filter=userName", "invalidFilter")]
    [InlineData("filter=noSuchThing%20eq%20%22x%22", "invalidFilter")]
    [InlineData("filter=userName%20like%20%22x%22", "invalidFilter")]
    [InlineData("filter=", "invalidFilter")]
    public async Task Get_BadParameter_IsTheNamedError(string query, string scimType)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        (await tenant.Scim.GetAsync($"Users?{query}")).ShouldBeError(400, scimType);
    }

    [Theory]
    [InlineData("filter=userName eq \"a+b'c@example.com\"&startIndex=1&count=100")]
    [InlineData("startIndex=1&count=100&filter=userName+eq+%22A%2BB'C%40EXAMPLE.COM%22")]
    [InlineData("filter=emails.value%20eq%20%22a%2Bb'c%40example.com%22")]
    [InlineData("filter=externalId%20eq%20%2200u%5C%22q%22")]
    [InlineData("filter=userName%20sw%20%22a%2B%22%20and%20active%20eq%20true")]
    [InlineData("filter=not%20(active%20eq%20false)%20and%20meta.resourceType%20eq%20%22User%22")]
    public async Task Get_Filter_FindsTheUserTheMomentItsPostWasAnswered(string query)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        await CreateAsync(tenant, 3, active: false);
        var email = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["value"] = "A+b'c@example.com", ["primary"] = true });
        var id = await tenant.Scim.CreateAsync("a+b'c@example.com", ("externalId", "00u\"q"), ("emails", email));

        var body = (await tenant.Scim.GetAsync($"Users?{query.Replace("a+b'c@example.com\"&", "a%2Bb'c@example.com\"&", StringComparison.Ordinal)}")).Body!;

        Assert.Equal(1, body["totalResults"]!.GetValue<int>());
        Assert.Equal(id, body["Resources"]![0]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Walk_UsersDeletedBehindIt_SkipsNobodyAndEndsAtTheRightTotal()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var ids = await CreateAsync(tenant, 25);
        var seen = new List<string>();
        var startIndex = 1;
        var total = int.MaxValue;
        while (startIndex <= total)
        {
            var body = (await tenant.Scim.GetAsync($"Users?startIndex={startIndex}&count=5")).Body!;
            total = body["totalResults"]!.GetValue<int>();
            var page = body["Resources"]!.AsArray().Select(user => user!["id"]!.GetValue<string>()).ToArray();
            seen.AddRange(page);
            startIndex += 5;
            foreach (var gone in page.Take(3))
            {
                await tenant.Scim.DeleteAsync($"Users/{gone}");
            }
        }

        Assert.Equal(ids.Order(StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task Walk_WithAnotherCount_UsesPlainOffsets()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var ids = (await CreateAsync(tenant, 10)).Order(StringComparer.Ordinal).ToArray();
        await tenant.Scim.GetAsync("Users?startIndex=1&count=5");
        await tenant.Scim.DeleteAsync($"Users/{ids[0]}");

        var body = (await tenant.Scim.GetAsync("Users?startIndex=6&count=4")).Body!;

        Assert.Equal(ids[6], body["Resources"]![0]!["id"]!.GetValue<string>());
    }

    private static async Task<string[]> CreateAsync(TestTenant tenant, int count, bool active = true)
    {
        var ids = new List<string>();
        for (var number = 0; number < count; number++)
        {
            ids.Add(await tenant.Scim.CreateAsync($"user{number:d3}@list.example", ("active", active)));
        }

        return [.. ids];
    }
}
