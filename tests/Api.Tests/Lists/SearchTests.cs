using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Groups;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Lists;

/// <summary>P15: RFC 7644 §3.4.3, and queries at the server root (§3.4.2.1).</summary>
[Collection(ProductCollection.Name)]
public sealed class SearchTests(SharedProduct shared)
{
    internal static JsonObject Search(params (string Name, JsonNode? Value)[] members)
    {
        var search = new JsonObject { ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:SearchRequest") };
        foreach (var (name, value) in members)
        {
            search[name] = value;
        }

        return search;
    }

    [Theory]
    [InlineData("Users", "filter=title%20pr&sortBy=userName&sortOrder=descending&startIndex=2&count=2&attributes=userName,title")]
    [InlineData("Users", "excludedAttributes=meta,title")]
    [InlineData("Groups", "sortBy=displayName&excludedAttributes=members")]
    [InlineData("", "filter=meta.created%20pr&startIndex=2&count=3&attributes=displayName,userName")]
    [InlineData("", "sortBy=displayName&sortOrder=descending")]
    [InlineData("Users", "count=0")]
    [InlineData("Users", "filter=noSuchThing%20pr")]
    [InlineData("", "sortBy=noSuchThing")]
    [InlineData("Users", "attributes=title&excludedAttributes=userName")]
    public async Task Post_Search_AnswersAsGetDoes(string list, string query)
    {
        using var tenant = await FilledAsync();
        var search = Search();
        foreach (var parameter in query.Split('&').Select(text => text.Split('=', 2)))
        {
            var value = Uri.UnescapeDataString(parameter[1]);
            search[parameter[0]] = parameter[0] switch
            {
                "attributes" or "excludedAttributes" => new JsonArray([.. value.Split(',').Select(name => JsonValue.Create(name))]),
                "startIndex" or "count" => int.Parse(value, System.Globalization.CultureInfo.InvariantCulture),
                _ => value,
            };
        }

        var got = await tenant.Scim.GetAsync($"{list}?{query}");
        var posted = await tenant.Scim.PostAsync(list.Length == 0 ? ".search" : $"{list}/.search", search);

        Assert.Equal((got.Status, got.Text), (posted.Status, posted.Text));
    }

    [Theory]
    [InlineData("text/plain", 415, null)]
    [InlineData("application/json", 200, null)]
    public async Task Post_MediaType_IsJudgedAsOnEveryPost(string contentType, int status, string? scimType)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var answer = await tenant.Scim.SendAsync(HttpMethod.Post, ".search", Search().ToJsonString(), ("Content-Type", contentType));
        Assert.Equal((status, scimType), (answer.Status, answer.ScimType));
    }

    [Fact]
    public async Task Post_NoSearchRequest_IsRefused()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        foreach (var path in new[] { ".search", "Users/.search", "Groups/.search" })
        {
            (await tenant.Scim.PostAsync(path, ScimClient.User("u"))).ShouldBeError(400, "invalidSyntax");
            (await tenant.Scim.SendAsync(HttpMethod.Post, path, "{")).ShouldBeError(400, "invalidSyntax");
            (await tenant.Scim.PostAsync(path, Search(("filler", new string('x', 1_100_000))))).ShouldBeError(413);
        }

        Assert.Equal(0, (await tenant.Scim.GetAsync("Users")).Body!["totalResults"]!.GetValue<int>());
    }

    // F24, RFC 7644 §3.4.2.1: an attribute that a type does not have is one without a value.
    [Theory]
    [InlineData("", "ann bob cid A B")]
    [InlineData("filter=meta.resourceType eq \"Group\"", "A B")]
    [InlineData("filter=userName pr", "ann bob cid")]
    [InlineData("filter=not (userName pr)", "A B")]
    [InlineData("filter=userName eq \"bob\" or displayName eq \"b\"", "bob B")]
    [InlineData("filter=emails[value eq \"x\"] or id pr", "ann bob cid A B")]
    [InlineData("filter=urn:ietf:params:scim:schemas:core:2.0:User:displayName pr", "")]
    [InlineData("filter=schemas eq \"urn:ietf:params:scim:schemas:core:2.0:Group\"", "A B")]
    [InlineData("sortBy=displayName&sortOrder=descending", "ann bob cid B A")]
    [InlineData("sortBy=userName&sortOrder=descending", "A B cid bob ann")]
    [InlineData("sortBy=externalId", "ann A bob B cid")]
    [InlineData("sortBy=externalId&startIndex=2&count=3", "A bob B")]
    [InlineData("startIndex=3&count=2", "cid A")]
    [InlineData("startIndex=4&count=1", "A")]
    [InlineData("startIndex=9&count=1", "")]
    public async Task Root_Query_IsOverUsersAndGroups(string query, string names)
    {
        using var tenant = await FilledAsync();

        var body = (await tenant.Scim.GetAsync($"?{query.Replace(" ", "%20", StringComparison.Ordinal)}")).Body!;

        Assert.Equal(names, string.Join(' ', body["Resources"]!.AsArray().Select(Name)));
        if (!query.Contains("count", StringComparison.Ordinal))
        {
            Assert.Equal(names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, body["totalResults"]!.GetValue<int>());
        }
        else
        {
            Assert.Equal(5, body["totalResults"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task Root_Memberships_AreAskedAboutAtTheTypeThatHasThem()
    {
        using var tenant = await FilledAsync();
        var users = (await tenant.Scim.GetAsync("Users")).Body!["Resources"]!.AsArray();
        var groups = (await tenant.Scim.GetAsync("Groups")).Body!["Resources"]!.AsArray();

        Assert.Equal(["A"], await RootAsync(tenant, $"members.value eq \"{users[0]!["id"]}\""));
        Assert.Equal(["ann"], await RootAsync(tenant, $"groups.value eq \"{groups[0]!["id"]}\""));
        Assert.Empty(await RootAsync(tenant, $"members.value eq \"{groups[0]!["id"]}\""));
        Assert.Empty(await RootAsync(tenant, $"groups.value eq \"{users[0]!["id"]}\""));
    }

    [Theory]
    [InlineData("filter=shoeSize%20pr", "invalidFilter")]
    [InlineData("filter=password%20pr", "invalidFilter")]
    [InlineData("filter=members%20pr", "invalidFilter")]
    [InlineData("sortBy=shoeSize", "invalidValue")]
    [InlineData("sortBy=members.value", "invalidValue")]
    [InlineData("sortBy=password", "invalidValue")]
    public async Task Root_WhatNeitherTypeAllows_IsRefused(string query, string scimType)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        (await tenant.Scim.GetAsync($"?{query}")).ShouldBeError(400, scimType);
    }

    // P5 to P7, P9, P16 over both types: pages put together are the whole, by index and in any stride.
    [Theory]
    [InlineData("", 1)]
    [InlineData("", 2)]
    [InlineData("sortBy=displayName&", 2)]
    [InlineData("filter=id%20pr&", 3)]
    public async Task Root_PageByPage_IsTheWhole(string query, int count)
    {
        using var tenant = await FilledAsync();
        var whole = (await tenant.Scim.GetAsync($"?{query}")).Body!["Resources"]!.AsArray().Select(Name).ToArray();
        var seen = new List<string>();
        for (var startIndex = 1; startIndex <= 5; startIndex += count)
        {
            var page = (await tenant.Scim.GetAsync($"?{query}startIndex={startIndex}&count={count}")).Body!;
            Assert.Equal(page["Resources"]!.AsArray().Count, page["itemsPerPage"]!.GetValue<int>());
            seen.AddRange(page["Resources"]!.AsArray().Select(Name));
        }

        Assert.Equal(whole, seen);
    }

    private static async Task<string[]> RootAsync(TestTenant tenant, string filter) =>
        [.. (await tenant.Scim.GetAsync($"?filter={Uri.EscapeDataString(filter)}")).Body!["Resources"]!.AsArray().Select(Name)];

    private static string Name(JsonNode? resource) => (resource!["userName"] ?? resource["displayName"])!.GetValue<string>();

    // Users ann, bob, cid and groups A (with ann), B, created in turn.
    private async Task<TestTenant> FilledAsync()
    {
        var tenant = await TestTenant.CreateAsync(shared.Product);
        var ann = await tenant.Scim.CreateAsync("ann", ("title", "one"), ("externalId", "1"));
        await tenant.Scim.PostAsync("Groups", Group("A", "2", ann));
        await tenant.Scim.CreateAsync("bob", ("title", "two"), ("externalId", "3"));
        await tenant.Scim.PostAsync("Groups", Group("B", "4"));
        await tenant.Scim.CreateAsync("cid", ("title", "three"), ("externalId", "5"));
        return tenant;
    }

    private static JsonObject Group(string name, string externalId, params string[] members)
    {
        var group = GroupTests.Group(name, members);
        group["externalId"] = externalId;
        return group;
    }
}
