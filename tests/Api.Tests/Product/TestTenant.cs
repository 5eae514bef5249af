using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace OrleansIdentity.Api.Tests.Product;

/// <summary>A tenant of its own for one test, with a SCIM token.</summary>
public sealed class TestTenant : IDisposable
{
    private TestTenant(RunningProduct product, string slug, string tokenId, string token)
    {
        Product = product;
        Slug = slug;
        TokenId = tokenId;
        Token = token;
        Scim = new ScimClient(product.Client(token), new Uri(product.BaseUrl, $"/t/{slug}/scim/v2/"));
    }

    public RunningProduct Product { get; }

    public string Slug { get; }

    public string TokenId { get; }

    public string Token { get; }

    public ScimClient Scim { get; }

    public static async Task<TestTenant> CreateAsync(RunningProduct product, bool enabled = true)
    {
        var slug = $"t-{Guid.CreateVersion7():n}";
        (await product.Operator.PostAsJsonAsync("/operator/v1/tenants", new { slug })).EnsureSuccessStatusCode();
        if (enabled)
        {
            (await product.Operator.PostAsync($"/operator/v1/tenants/{slug}/enable", null)).EnsureSuccessStatusCode();
        }

        var (id, token) = await MintAsync(product, slug);
        return new TestTenant(product, slug, id, token);
    }

    public Task<(string Id, string Token)> MintAsync() => MintAsync(Product, Slug);

    /// <summary>Replaces the tenant's own schema, which must be accepted.</summary>
    /// <param name="revision">The revision that it has.</param>
    /// <param name="attributes">As the operator API takes them.</param>
    public async Task DefineSchemaAsync(long revision, params object[] attributes)
    {
        var answer = await Product.Operator.PutAsJsonAsync($"/operator/v1/tenants/{Slug}/schema", new { revision, attributes });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The URN of the tenant's own schema, unless it has chosen another.</summary>
    public string SchemaUrn => $"urn:ietf:params:scim:schemas:extension:{Slug}:2.0:User";

    /// <summary>All events of the tenant's log, or of one user.</summary>
    public async Task<JsonObject[]> EventsAsync(string? userId = null)
    {
        var all = new List<JsonObject>();
        var after = 0L;
        while (true)
        {
            var page = await Product.Operator.GetFromJsonAsync<JsonObject>(
                $"/operator/v1/tenants/{Slug}/events?after={after}&count=1000{(userId is null ? "" : $"&userId={userId}")}");
            var events = page!["events"]!.AsArray();
            if (events.Count == 0)
            {
                return [.. all];
            }

            all.AddRange(events.Select(one => one!.AsObject()));
            after = page["next"]!.GetValue<long>();
        }
    }

    public void Dispose() => Scim.Dispose();

    private static async Task<(string Id, string Token)> MintAsync(RunningProduct product, string slug)
    {
        var response = await product.Operator.PostAsJsonAsync($"/operator/v1/tenants/{slug}/scim-tokens", new { label = "test" });
        response.EnsureSuccessStatusCode();
        var minted = await response.Content.ReadFromJsonAsync<JsonObject>();
        return (minted!["id"]!.GetValue<string>(), minted["token"]!.GetValue<string>());
    }
}
