using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Truth;

/// <summary>Each flag of <c>/ServiceProviderConfig</c> is tried: what is supported works, what is not answers 501 or is ignored as documented.</summary>
[Collection(ProductCollection.Name)]
public sealed class FeatureTruthTests(SharedProduct shared) : IAsyncLifetime
{
    private const string BulkRequest = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

    private TestTenant _tenant = null!;
    private JsonObject _config = null!;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync(shared.Product);
        _config = (await _tenant.Scim.GetAsync("ServiceProviderConfig")).Body!;
    }

    public Task DisposeAsync()
    {
        _tenant.Dispose();
        return Task.CompletedTask;
    }

    // D4
    [Fact]
    public void Config_HasAllThatRfc7643Demands()
    {
        Assert.All(["patch", "bulk", "filter", "changePassword", "sort", "etag"], feature => Supports(feature));
        Assert.All([("bulk", "maxOperations"), ("bulk", "maxPayloadSize"), ("filter", "maxResults")], limit => Number(limit.Item1, limit.Item2));
        Assert.NotEmpty(_config["authenticationSchemes"]!.AsArray());
    }

    [Fact]
    public async Task Patch_IsWhatItSays()
    {
        var id = await _tenant.Scim.CreateAsync("patch@example.com");
        var answer = await _tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace("title", "t")));
        Assert.Equal(Supports("patch") ? 200 : 501, answer.Status);
    }

    [Fact]
    public async Task Filter_IsWhatItSays()
    {
        await _tenant.Scim.CreateAsync("one@example.com");
        await _tenant.Scim.CreateAsync("two@example.com");
        var answer = await _tenant.Scim.GetAsync($"Users?filter={Uri.EscapeDataString("userName sw \"one\"")}&count=1000000");
        Assert.Equal(Supports("filter") ? (200, 1) : (501, 0), (answer.Status, answer.Body!["totalResults"]?.GetValue<int>() ?? 0));
        Assert.InRange(Number("filter", "maxResults"), 1, int.MaxValue);
    }

    [Fact]
    public async Task Sort_IsWhatItSays()
    {
        foreach (var name in new[] { "b@example.com", "a@example.com", "c@example.com" })
        {
            await _tenant.Scim.CreateAsync(name);
        }

        var created = await NamesAsync("Users");
        foreach (var (order, direction) in new[] { ("ascending", 1), ("descending", -1) })
        {
            var sorted = created.OrderBy(name => name[0] * direction);
            Assert.Equal(Supports("sort") ? sorted : created, await NamesAsync($"Users?sortBy=userName&sortOrder={order}"));
        }
    }

    // Where sorting is supported it is by every attribute that discovery names, a tenant's own among them.
    [Fact]
    public async Task Sort_ByAnyAttribute_IsAnswered()
    {
        using var subject = await Subject.CreateAsync(shared.Product);
        await subject.EachAsync(attribute => attribute is { IsNeverReturned: false, IsMembership: false, Type: not "complex" }, async (type, attribute) =>
        {
            var answer = await subject.Scim.GetAsync($"{type.Endpoint}?sortBy={attribute.Path}");
            return answer.Status == 200 ? null : answer.Text;
        });
    }

    [Fact]
    public async Task ChangePassword_IsWhatItSays()
    {
        var id = await _tenant.Scim.CreateAsync("password@example.com");
        var answer = await _tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace("password", "t1meMa$heen")));

        // A password that is not changed is no change: the version says so.
        Assert.Equal((200, Supports("changePassword") ? "W/\"2\"" : "W/\"1\""), (answer.Status, answer.Headers.ETag!.ToString()));
        Assert.DoesNotContain("t1meMa$heen", answer.Text, StringComparison.Ordinal);
    }

    // V2
    [Fact]
    public async Task Etag_IsWhatItSays()
    {
        var id = await _tenant.Scim.CreateAsync("etag@example.com");
        var tag = (await _tenant.Scim.GetAsync($"Users/{id}")).Headers.ETag?.ToString();
        Assert.Equal(Supports("etag"), tag is not null);
        Assert.Equal(Supports("etag") ? 304 : 200, (await _tenant.Scim.GetAsync($"Users/{id}", ("If-None-Match", tag ?? "*"))).Status);
        var stale = await _tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace("title", "t")), ("If-Match", "W/\"999\""));
        Assert.Equal(Supports("etag") ? 412 : 200, stale.Status);
    }

    // B1
    [Fact]
    public async Task Bulk_IsWhatItSays()
    {
        var request = new JsonObject
        {
            ["schemas"] = new JsonArray(BulkRequest),
            ["Operations"] = new JsonArray(new JsonObject { ["method"] = "POST", ["path"] = "/Users", ["bulkId"] = "b", ["data"] = ScimClient.User("bulk@example.com") }),
        };
        var answer = await _tenant.Scim.PostAsync("Bulk", request);
        if (!Supports("bulk"))
        {
            answer.ShouldBeError(501);
            Assert.Equal(0, Number("bulk", "maxOperations"));
            return;
        }

        Assert.Equal((200, "201"), (answer.Status, answer.Body!["Operations"]![0]!["status"]!.GetValue<string>()));
        Assert.InRange(Number("bulk", "maxOperations"), 1, int.MaxValue);
    }

    // K2, K8
    [Fact]
    public async Task Pagination_IsWhatItSays()
    {
        for (var number = 0; number < 3; number++)
        {
            await _tenant.Scim.CreateAsync($"page{number}@example.com");
        }

        var pagination = _config["pagination"]!;
        var cursor = (await _tenant.Scim.GetAsync("Users?cursor=&count=2")).Body!;
        Assert.Equal(pagination["cursor"]!.GetValue<bool>(), cursor.ContainsKey("nextCursor"));
        Assert.Equal(2, cursor["Resources"]!.AsArray().Count);
        var index = (await _tenant.Scim.GetAsync("Users?startIndex=2&count=2")).Body!;
        Assert.Equal(pagination["index"]!.GetValue<bool>(), index["startIndex"]?.GetValue<int>() == 2);
        Assert.Equal("index", pagination["defaultPaginationMethod"]!.GetValue<string>());
        Assert.False((await _tenant.Scim.GetAsync("Users?count=2")).Body!.ContainsKey("nextCursor"));
    }

    [Fact]
    public async Task Authentication_OnlyTheNamedSchemes_LeadIn()
    {
        var scheme = Assert.Single(_config["authenticationSchemes"]!.AsArray());
        Assert.Equal("oauthbearertoken", scheme!["type"]!.GetValue<string>());
        Assert.Equal(200, (await _tenant.Scim.GetAsync("Users")).Status);
        using var anyone = new ScimClient(new HttpClient(), _tenant.Scim.BaseUrl);
        (await anyone.GetAsync("Users")).ShouldBeError(401);
        (await anyone.GetAsync("Users", ("Authorization", "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"x:{_tenant.Token}"))))).ShouldBeError(401);
    }

    // The limits of pages are stated, so they hold.
    [Fact]
    public async Task Pages_AreAsLargeAsTheyAreSaidToBe()
    {
        var (standard, most) = (_config["pagination"]!["defaultPageSize"]!.GetValue<int>(), _config["pagination"]!["maxPageSize"]!.GetValue<int>());
        Assert.Equal(most, Number("filter", "maxResults"));
        await Parallel.ForEachAsync(Enumerable.Range(0, most + 1), async (number, _) => await _tenant.Scim.CreateAsync($"many{number}@example.com"));
        Assert.Equal(standard, (await _tenant.Scim.GetAsync("Users")).Body!["Resources"]!.AsArray().Count);
        Assert.Equal(most, (await _tenant.Scim.GetAsync("Users?count=1000000")).Body!["Resources"]!.AsArray().Count);
    }

    private async Task<string[]> NamesAsync(string path) =>
        [.. (await _tenant.Scim.GetAsync(path)).Body!["Resources"]!.AsArray().Select(user => user!["userName"]!.GetValue<string>())];

    private bool Supports(string feature) => _config[feature]!["supported"]!.GetValue<bool>();

    private int Number(string feature, string limit) => _config[feature]![limit]!.GetValue<int>();
}
