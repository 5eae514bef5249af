using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Operator;

[Collection(ProductCollection.Name)]
public sealed class OperatorTests(SharedProduct shared)
{
    private readonly HttpClient _operator = shared.Product.Operator;

    public static TheoryData<string, string> AllRoutes() => new()
    {
        { "POST", "/operator/v1/tenants" },
        { "GET", "/operator/v1/tenants" },
        { "GET", "/operator/v1/tenants/x" },
        { "POST", "/operator/v1/tenants/x/enable" },
        { "POST", "/operator/v1/tenants/x/disable" },
        { "PUT", "/operator/v1/tenants/x/settings" },
        { "GET", "/operator/v1/tenants/x/schema" },
        { "PUT", "/operator/v1/tenants/x/schema" },
        { "POST", "/operator/v1/tenants/x/scim-tokens" },
        { "GET", "/operator/v1/tenants/x/scim-tokens" },
        { "DELETE", "/operator/v1/tenants/x/scim-tokens/1" },
        { "GET", "/operator/v1/tenants/x/events" },
        { "GET", "/operator/v1/events" },
    };

    [Theory]
    [MemberData(nameof(AllRoutes))]
    public async Task AnyRoute_WithoutTheKeyOrWithATenantsToken_Is401(string method, string path)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        foreach (var bearer in new[] { null, "wrong", tenant.Token, RunningProduct.OperatorKey + "x" })
        {
            using var client = bearer is null ? new HttpClient { BaseAddress = shared.Product.BaseUrl } : shared.Product.Client(bearer);
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            var answer = await client.SendAsync(request);
            Assert.Equal(401, (int)answer.StatusCode);
            Assert.Equal("operator-key-invalid", (await answer.Content.ReadFromJsonAsync<JsonObject>())!["id"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Settings_AreReplacedWithOneEventAndFalseToBeginWith()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var path = $"/operator/v1/tenants/{tenant.Slug}";
        Assert.False(await IsLenientAsync());

        for (var times = 0; times < 2; times++)
        {
            (await _operator.PutAsJsonAsync($"{path}/settings", new { ignoreUnknownMembers = true })).EnsureSuccessStatusCode();
        }

        Assert.True(await IsLenientAsync());
        var change = Assert.Single(await tenant.EventsAsync(), one => one["type"]!.GetValue<string>() == "tenant.settings-changed");
        Assert.Equal("settings.ignoreUnknownMembers", change["changes"]![0]!["path"]!.GetValue<string>());
        await ShouldBeProblemAsync(await _operator.PutAsJsonAsync($"{path}/settings", new { }), 400, "request-malformed");
        await ShouldBeProblemAsync(await _operator.PutAsJsonAsync("/operator/v1/tenants/nobody/settings", new { ignoreUnknownMembers = true }), 404, "tenant-unknown");
        Assert.True(await IsLenientAsync());

        async Task<bool> IsLenientAsync() =>
            (await _operator.GetFromJsonAsync<JsonObject>(path))!["settings"]!["ignoreUnknownMembers"]!.GetValue<bool>();
    }

    [Theory]
    [InlineData("", 400, "tenant-slug-invalid")]
    [InlineData("Acme", 400, "tenant-slug-invalid")]
    [InlineData("-a", 400, "tenant-slug-invalid")]
    [InlineData("a|b", 400, "tenant-slug-invalid")]
    [InlineData(".system", 400, "tenant-slug-invalid")]
    [InlineData("a.b", 400, "tenant-slug-invalid")]
    [InlineData("operator", 400, "tenant-slug-reserved")]
    public async Task Create_BadSlug_IsRefused(string slug, int status, string id)
    {
        var answer = await _operator.PostAsJsonAsync("/operator/v1/tenants", new { slug });
        await ShouldBeProblemAsync(answer, status, id);
    }

    [Fact]
    public async Task Create_SlugOrHostNameThatIsTaken_Is409AndLeavesNoTrace()
    {
        var (first, second) = ($"a-{Guid.CreateVersion7():n}", $"b-{Guid.CreateVersion7():n}");
        var host = $"{first}.customer.example";
        Assert.Equal(201, (int)(await _operator.PostAsJsonAsync("/operator/v1/tenants", new { slug = first, hostNames = new[] { host } })).StatusCode);

        await ShouldBeProblemAsync(await _operator.PostAsJsonAsync("/operator/v1/tenants", new { slug = first }), 409, "tenant-exists");
        var free = $"{second}.customer.example";
        await ShouldBeProblemAsync(
            await _operator.PostAsJsonAsync("/operator/v1/tenants", new { slug = second, hostNames = new[] { free, host } }), 409, "host-name-taken");
        await ShouldBeProblemAsync(await _operator.GetAsync($"/operator/v1/tenants/{second}"), 404, "tenant-unknown");

        // What the refused call had claimed is free again.
        var third = $"c-{Guid.CreateVersion7():n}";
        Assert.Equal(201, (int)(await _operator.PostAsJsonAsync("/operator/v1/tenants", new { slug = third, hostNames = new[] { free } })).StatusCode);
    }

    [Theory]
    [InlineData("not a host")]
    [InlineData("UPPER.example.com")]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Create_BadHostName_IsRefused(string host)
    {
        var slug = $"d-{Guid.CreateVersion7():n}";
        var answer = await _operator.PostAsJsonAsync("/operator/v1/tenants", new { slug, hostNames = new[] { host } });
        await ShouldBeProblemAsync(answer, 400, "host-name-invalid");
    }

    [Fact]
    public async Task List_Pages_NameEachTenantOnceInOrder()
    {
        for (var number = 0; number < 5; number++)
        {
            using var _ = await TestTenant.CreateAsync(shared.Product);
        }

        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = await _operator.GetFromJsonAsync<JsonObject>($"/operator/v1/tenants?count=2{(next is null ? "" : $"&after={next}")}");
            seen.AddRange(page!["tenants"]!.AsArray().Select(tenant => tenant!["slug"]!.GetValue<string>()));
            next = page["next"]?.GetValue<string>();
        }
        while (next is not null);

        Assert.True(seen.Count >= 5);
        Assert.Equal(seen.Distinct().Order(StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task Tenant_Read_ShowsTokensByIdOnly()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);

        var text = await _operator.GetStringAsync($"/operator/v1/tenants/{tenant.Slug}")
            + await _operator.GetStringAsync($"/operator/v1/tenants/{tenant.Slug}/scim-tokens")
            + await _operator.GetStringAsync($"/operator/v1/tenants/{tenant.Slug}/events");

        Assert.Contains(tenant.TokenId, text, StringComparison.Ordinal);
        Assert.DoesNotContain(tenant.Token, text, StringComparison.Ordinal);
        Assert.DoesNotContain("hash", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task EveryCall_IsOneEvent()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        await _operator.PostAsync($"/operator/v1/tenants/{tenant.Slug}/disable", null);
        await _operator.DeleteAsync($"/operator/v1/tenants/{tenant.Slug}/scim-tokens/{tenant.TokenId}");
        var read = await _operator.GetAsync($"/operator/v1/tenants/{tenant.Slug}");

        Assert.Equal(
            ["tenant.created", "tenant.enabled", "token.minted", "tenant.disabled", "token.revoked"],
            (await tenant.EventsAsync()).Select(one => one["type"]!.GetValue<string>()));
        var correlationId = read.Headers.GetValues("X-Correlation-Id").Single();
        var recorded = Assert.Single(await SystemEventsAsync(), one => one["correlationId"]!.GetValue<string>() == correlationId);
        Assert.Equal(
            ("operator.called", $"GET /operator/v1/tenants/{tenant.Slug}"),
            (recorded["type"]!.GetValue<string>(), recorded["resourceId"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Events_OfAUser_SayWhoWhatBeforeAndAfterInOrder()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("logged@example.com");
        var patched = await tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace("title", "Chief")));
        await tenant.Scim.CreateAsync("other@example.com");

        var events = await tenant.EventsAsync(id);

        Assert.Equal(["user.created", "user.updated"], events.Select(one => one["type"]!.GetValue<string>()));
        Assert.Equal(
            ("scim", tenant.TokenId, patched.Headers.GetValues("X-Correlation-Id").Single()),
            (events[1]["source"]!.GetValue<string>(), events[1]["actor"]!.GetValue<string>(), events[1]["correlationId"]!.GetValue<string>()));
        var change = Assert.Single(events[1]["changes"]!.AsArray())!.AsObject();
        Assert.Equal(("title", "Chief"), (change["path"]!.GetValue<string>(), change["after"]!.GetValue<string>()));
        Assert.False(change.ContainsKey("before"));
        var positions = (await tenant.EventsAsync()).Select(one => one["position"]!.GetValue<int>()).ToArray();
        Assert.Equal(Enumerable.Range(1, positions.Length), positions);
    }

    [Theory]
    [InlineData("POST", "/operator/v1/tenants", "{bad", "application/json", 400, "request-malformed")]
    [InlineData("POST", "/operator/v1/tenants", null, null, 400, "request-malformed")]
    [InlineData("POST", "/operator/v1/tenants", "[]", "application/json", 400, "request-malformed")]
    [InlineData("GET", "/operator/v1/tenants?count=many", null, null, 400, "request-malformed")]
    [InlineData("GET", "/operator/v1/events?after=9999999999999999999999", null, null, 400, "request-malformed")]
    public async Task AnyCall_Malformed_IsAProblemWithAnIdAndAnEventAndNoStackTrace(
        string method, string path, string? body, string? contentType, int status, string id)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body, System.Net.Http.Headers.MediaTypeHeaderValue.Parse(contentType!));

        var answer = await _operator.SendAsync(request);

        await ShouldBeProblemAsync(answer, status, id);
        Assert.DoesNotContain("   at ", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var correlationId = answer.Headers.GetValues("X-Correlation-Id").Single();
        Assert.Single(await SystemEventsAsync(), one => one["correlationId"]!.GetValue<string>() == correlationId);
    }

    [Theory]
    [InlineData("POST", "/operator/v1/tenants", 415, "media-type-unsupported")]
    [InlineData("GET", "/", 404, "route-unknown")]
    [InlineData("GET", "/operator/v1/nothing", 404, "route-unknown")]
    [InlineData("DELETE", "/operator/v1/tenants", 405, "method-not-allowed")]
    public async Task AnyPath_WhereNoEndpointAnswers_IsAProblemWithAnId(string method, string path, int status, string id)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = method == "POST" ? new StringContent("slug=a") : null;
        await ShouldBeProblemAsync(await _operator.SendAsync(request), status, id);
    }

    [Fact]
    public async Task OpenApi_NamesEveryRoute()
    {
        using var anyone = new HttpClient { BaseAddress = shared.Product.BaseUrl };
        var document = await anyone.GetFromJsonAsync<JsonObject>("/operator/v1/openapi.json");
        var paths = document!["paths"]!.AsObject();
        Assert.Contains("/operator/v1/tenants", paths);
        Assert.Contains("/operator/v1/tenants/{slug}/scim-tokens/{id}", paths);
        Assert.Contains("/operator/v1/tenants/{slug}/events", paths);
        Assert.Contains("/operator/v1/tenants/{slug}/schema", paths);
    }

    private async Task<List<JsonNode>> SystemEventsAsync()
    {
        var all = new List<JsonNode>();
        var after = 0L;
        while (true)
        {
            var page = await _operator.GetFromJsonAsync<JsonObject>($"/operator/v1/events?after={after}&count=1000");
            var events = page!["events"]!.AsArray();
            all.AddRange(events!);
            after = page["next"]!.GetValue<long>();
            if (events.Count < 1_000)
            {
                return all;
            }
        }
    }

    private static async Task ShouldBeProblemAsync(HttpResponseMessage answer, int status, string id)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(id, (await answer.Content.ReadFromJsonAsync<JsonObject>())!["id"]!.GetValue<string>());
    }
}
