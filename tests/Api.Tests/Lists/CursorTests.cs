using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Groups;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Lists;

/// <summary>RFC 9865.</summary>
[Collection(ProductCollection.Name)]
public sealed class CursorTests(SharedProduct shared)
{
    // K1, K2, K3, K4: an empty cursor begins, every page but the last has a next one, of unreserved characters. K6: the total is given.
    [Theory]
    [InlineData("Users?cursor=")]
    [InlineData("Users?cursor")]
    [InlineData("Users?sortBy=title&cursor=")]
    [InlineData("Users?sortBy=userName&sortOrder=descending&filter=active%20eq%20true&cursor=")]
    public async Task Walk_FromAnEmptyCursor_SeesEverybodyOnce(string first)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var ids = await FillAsync(tenant, 10);

        var (seen, pages) = await WalkAsync(tenant.Scim, first, 3);

        Assert.Equal(ids.Order(), seen.Order());
        Assert.Equal([3, 3, 3, 1], pages.Select(page => page["itemsPerPage"]!.GetValue<int>()));
        Assert.All(pages, page => Assert.Equal(10, page["totalResults"]!.GetValue<int>()));
        Assert.All(pages, page => Assert.False(page.ContainsKey("previousCursor") || page.ContainsKey("startIndex")));
        Assert.All(pages[..^1], page => Assert.Matches("^[A-Za-z0-9._~-]+$", page["nextCursor"]!.GetValue<string>()));
        Assert.DoesNotContain("nextCursor", pages[^1]);
    }

    // K2: a page that is full and the last has no next one.
    [Fact]
    public async Task Walk_PagesThatComeOut_EndsWithoutAnEmptyOne()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        await FillAsync(tenant, 6);
        Assert.Equal(2, (await WalkAsync(tenant.Scim, "Users?cursor=", 3)).Pages.Length);
        Assert.Single((await WalkAsync(tenant.Scim, "Groups?cursor=", 3)).Pages);
    }

    [Theory]
    [InlineData("Users?cursor=")]
    [InlineData("Users?sortBy=title&cursor=")]
    public async Task Walk_CreatedAndDeletedMeanwhile_SeesWhoWasThereThroughoutOnce(string first)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var lasting = await FillAsync(tenant, 12);
        var passing = new Queue<string>(await FillAsync(tenant, 6, "passing"));

        var (seen, _) = await WalkAsync(tenant.Scim, first, 4, async () =>
        {
            if (passing.TryDequeue(out var gone))
            {
                await tenant.Scim.DeleteAsync($"Users/{gone}");
            }

            await tenant.Scim.CreateAsync($"late{passing.Count}", ("title", $"t{passing.Count % 4}"));
        }, most: 10);

        Assert.Equal(lasting.Order(), seen.Where(lasting.Contains).Order());
    }

    // K8: without a cursor it is by index.
    [Fact]
    public async Task Get_WithoutACursor_IsByIndex()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        await FillAsync(tenant, 3);
        var body = (await tenant.Scim.GetAsync("Users?count=2")).Body!;
        Assert.Equal(1, body["startIndex"]!.GetValue<int>());
        Assert.DoesNotContain("nextCursor", body);
    }

    // K5, K7.
    [Theory]
    [InlineData("count=4", "invalidCount")]
    [InlineData("count=0", "invalidCount")]
    [InlineData("count=x", "invalidCount")]
    [InlineData("", "invalidCount")]
    [InlineData("count=3&filter=active%20eq%20true", "invalidCursor")]
    [InlineData("count=3&sortBy=title", "invalidCursor")]
    [InlineData("count=3&sortOrder=descending", "invalidCursor")]
    [InlineData("count=3&startIndex=1", "invalidValue")]
    public async Task Next_WithOtherParameters_IsTheNamedError(string changed, string scimType)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        await FillAsync(tenant, 5);
        var cursor = await NextAsync(tenant.Scim, "Users?cursor=&count=3");
        (await tenant.Scim.GetAsync($"Users?cursor={cursor}&{changed}")).ShouldBeError(400, scimType);
    }

    // K11: one text for every cursor that is not the caller's own, of this list.
    [Fact]
    public async Task Next_CursorOfAnotherTenantTokenOrList_IsAsUnknownAsAnyText()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var other = await TestTenant.CreateAsync(shared.Product);
        var (_, second) = await tenant.MintAsync();
        using var sameTenant = new ScimClient(shared.Product.Client(second), tenant.Scim.BaseUrl);
        await FillAsync(tenant, 5);
        await FillAsync(other, 5);
        var cursor = await NextAsync(tenant.Scim, "Users?cursor=&count=3");

        var refused = new[]
        {
            await other.Scim.GetAsync($"Users?cursor={cursor}&count=3"),
            await sameTenant.GetAsync($"Users?cursor={cursor}&count=3"),
            await tenant.Scim.GetAsync($"Groups?cursor={cursor}&count=3"),
            await tenant.Scim.GetAsync($"?cursor={cursor}&count=3"),
            await tenant.Scim.GetAsync("Users?cursor=never-issued&count=3"),
            await tenant.Scim.GetAsync($"Users?cursor={new string('A', 20_000)}&count=3"),
            await tenant.Scim.GetAsync("Users?cursor=%F0%9F%98%80&count=3"),
        };

        Assert.All(refused, answer => answer.ShouldBeError(400, "invalidCursor"));
        Assert.Single(refused.Select(answer => answer.Text).Distinct());
        Assert.Equal(200, (await tenant.Scim.GetAsync($"Users?cursor={cursor}&count=3")).Status);
    }

    [Fact]
    public async Task Next_AnyLetterOfTheCursorChanged_IsInvalidCursor()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        await FillAsync(tenant, 5);
        var cursor = await NextAsync(tenant.Scim, "Users?cursor=&count=3&sortBy=title");
        for (var index = 0; index < cursor.Length; index += 7)
        {
            var changed = $"{cursor[..index]}{(cursor[index] == 'A' ? 'B' : 'A')}{cursor[(index + 1)..]}";
            (await tenant.Scim.GetAsync($"Users?cursor={changed}&count=3&sortBy=title")).ShouldBeError(400, "invalidCursor");
        }
    }

    // A cursor stands in addresses, and those in logs: it shows nobody what it was sorted by.
    [Fact]
    public async Task Cursor_OfASortedList_DoesNotShowTheValue()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        await FillAsync(tenant, 2, "confidential");
        var cursor = await NextAsync(tenant.Scim, "Users?cursor=&count=1&sortBy=userName");
        var padded = cursor.Replace('-', '+').Replace('_', '/').PadRight((cursor.Length + 3) / 4 * 4, '=');
        Assert.DoesNotContain("CONFIDENTIAL", System.Text.Encoding.Latin1.GetString(Convert.FromBase64String(padded)), StringComparison.OrdinalIgnoreCase);
    }

    // K11: holding a cursor grants nothing.
    [Fact]
    public async Task Next_TokenRevoked_Is401()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        await FillAsync(tenant, 3);
        var cursor = await NextAsync(tenant.Scim, "Users?cursor=&count=1");
        await tenant.Product.Operator.DeleteAsync($"/operator/v1/tenants/{tenant.Slug}/scim-tokens/{tenant.TokenId}");
        (await tenant.Scim.GetAsync($"Users?cursor={cursor}&count=1")).ShouldBeError(401);
    }

    // K9.
    [Fact]
    public async Task Search_WithACursor_WalksAsGetDoes()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        await FillAsync(tenant, 3);
        await tenant.Scim.PostAsync("Groups", GroupTests.Group("g"));
        foreach (var list in new[] { "Users/.search", ".search" })
        {
            var seen = new List<string>();
            for (var cursor = ""; cursor is not null;)
            {
                var page = (await tenant.Scim.PostAsync(list, SearchTests.Search(("cursor", cursor), ("count", 2)))).Body!;
                seen.AddRange(page["Resources"]!.AsArray().Select(resource => resource!["id"]!.GetValue<string>()));
                cursor = page["nextCursor"]?.GetValue<string>();
            }

            Assert.Equal(list == ".search" ? 4 : 3, seen.Distinct().Count());
        }
    }

    private static async Task<string> NextAsync(ScimClient scim, string path) => (await scim.GetAsync(path)).Body!["nextCursor"]!.GetValue<string>();

    private static async Task<(List<string> Seen, JsonObject[] Pages)> WalkAsync(
        ScimClient scim, string first, int count, Func<Task>? between = null, int most = int.MaxValue)
    {
        var seen = new List<string>();
        var pages = new List<JsonObject>();
        for (var path = $"{first}&count={count}"; ;)
        {
            var page = (await scim.GetAsync(path)).Body!;
            pages.Add(page);
            seen.AddRange(page["Resources"]!.AsArray().Select(user => user!["id"]!.GetValue<string>()));
            if (page["nextCursor"] is not { } next || pages.Count >= most)
            {
                return (seen, [.. pages]);
            }

            path = $"{first.TrimEnd('=')}={next.GetValue<string>()}&count={count}";
            await (between?.Invoke() ?? Task.CompletedTask);
        }
    }

    private static async Task<string[]> FillAsync(TestTenant tenant, int count, string name = "u")
    {
        var ids = new List<string>();
        for (var number = 0; number < count; number++)
        {
            ids.Add(await tenant.Scim.CreateAsync($"{name}{number:d2}", ("title", $"t{number % 4}")));
        }

        return [.. ids];
    }
}
