using System.Net.Http.Headers;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Doors;

[Collection(ProductCollection.Name)]
public sealed class AuthenticationTests(SharedProduct shared)
{
    private readonly RunningProduct _product = shared.Product;

    [Fact]
    public async Task AnyRoute_EveryKindOfBadCredential_IsTheSame401()
    {
        using var tenant = await TestTenant.CreateAsync(_product);
        var (revokedId, revoked) = await tenant.MintAsync();
        (await _product.Operator.DeleteAsync($"/operator/v1/tenants/{tenant.Slug}/scim-tokens/{revokedId}")).EnsureSuccessStatusCode();

        var answers = new List<ScimAnswer>();
        foreach (var (slug, authorization) in new (string, string?)[]
        {
            (tenant.Slug, null),
            (tenant.Slug, ""),
            (tenant.Slug, "Bearer"),
            (tenant.Slug, "Bearer "),
            (tenant.Slug, "Bearer a b"),
            (tenant.Slug, "Basic dXNlcjpwYXNz"),
            (tenant.Slug, tenant.Token),
            (tenant.Slug, "Bearer not-a-token"),
            (tenant.Slug, $"Bearer {tenant.Token}x"),
            (tenant.Slug, $"Bearer {revoked}"),
            (tenant.Slug, $"Bearer {new string('a', 5_000)}"),
            ("no-such-tenant", $"Bearer {tenant.Token}"),
            ("No_Slug!", $"Bearer {tenant.Token}"),
        })
        {
            answers.Add(await GetAsync($"/t/{slug}/scim/v2/Users", authorization));
        }

        answers.Add(await GetAsync("/scim/v2/Users", $"Bearer {tenant.Token}"));
        Assert.All(answers, answer => answer.ShouldBeError(401));
        Assert.Single(answers.Select(answer => answer.Text).Distinct());
        Assert.All(answers, answer => Assert.Contains(answer.Headers.WwwAuthenticate, challenge => challenge.Scheme == "Bearer"));
    }

    [Fact]
    public async Task AnyRoute_SchemePastedIntoTheToken_SaysSo()
    {
        using var tenant = await TestTenant.CreateAsync(_product);

        var answer = await GetAsync($"/t/{tenant.Slug}/scim/v2/Users", $"Bearer Bearer {tenant.Token}");

        answer.ShouldBeError(401);
        Assert.Contains("Bearer", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyRoute_DisabledIntegration_Is403FromTheNextRequestOn()
    {
        using var tenant = await TestTenant.CreateAsync(_product, enabled: false);
        (await tenant.Scim.GetAsync("Users")).ShouldBeError(403);
        (await tenant.Scim.PostAsync("Users", ScimClient.User("a@example.com"))).ShouldBeError(403);

        await _product.Operator.PostAsync($"/operator/v1/tenants/{tenant.Slug}/enable", null);
        Assert.Equal(200, (await tenant.Scim.GetAsync("Users")).Status);
        Assert.Equal(0, (await tenant.Scim.GetAsync("Users")).Body!["totalResults"]!.GetValue<int>());
        await tenant.Scim.CreateAsync("a@example.com");

        await _product.Operator.PostAsync($"/operator/v1/tenants/{tenant.Slug}/disable", null);
        var refused = await tenant.Scim.GetAsync("Users");
        refused.ShouldBeError(403);
        Assert.Contains("integration-disabled", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_TwoAreLive_AThirdIsRefusedAndARevokedOneIsDeadAtOnce()
    {
        using var tenant = await TestTenant.CreateAsync(_product);
        var (secondId, second) = await tenant.MintAsync();
        Assert.Equal(200, (await GetAsync($"/t/{tenant.Slug}/scim/v2/Users", $"Bearer {second}")).Status);
        Assert.Equal(200, (await tenant.Scim.GetAsync("Users")).Status);

        var third = await _product.Operator.PostAsync($"/operator/v1/tenants/{tenant.Slug}/scim-tokens", JsonContent("{}"));
        Assert.Equal(409, (int)third.StatusCode);
        Assert.Contains("token-limit", await third.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await _product.Operator.DeleteAsync($"/operator/v1/tenants/{tenant.Slug}/scim-tokens/{tenant.TokenId}");
        (await tenant.Scim.GetAsync("Users")).ShouldBeError(401);
        Assert.Equal(200, (await GetAsync($"/t/{tenant.Slug}/scim/v2/Users", $"Bearer {second}")).Status);
        Assert.NotEqual(secondId, tenant.TokenId);
    }

    // D2: readable without credentials.
    [Fact]
    public async Task ServiceProviderConfig_WithoutCredentials_IsReadableButNotWithWrongOnes()
    {
        using var tenant = await TestTenant.CreateAsync(_product);

        Assert.Equal(200, (await GetAsync($"/t/{tenant.Slug}/scim/v2/ServiceProviderConfig", null)).Status);
        (await GetAsync($"/t/{tenant.Slug}/scim/v2/ServiceProviderConfig", "Bearer wrong")).ShouldBeError(401);
        (await GetAsync($"/t/{tenant.Slug}/scim/v2/Schemas", null)).ShouldBeError(401);
    }

    [Fact]
    public async Task Tenant_BySubDomainPathAndFurtherHostName_IsTheSamePlace()
    {
        var slug = $"h-{Guid.CreateVersion7():n}";
        var host = $"{slug}.customer.example";
        var created = await _product.Operator.PostAsync("/operator/v1/tenants", JsonContent($$"""{"slug":"{{slug}}","hostNames":["{{host}}"]}"""));
        Assert.Equal(201, (int)created.StatusCode);
        await _product.Operator.PostAsync($"/operator/v1/tenants/{slug}/enable", null);
        var minted = await _product.Operator.PostAsync($"/operator/v1/tenants/{slug}/scim-tokens", JsonContent("{}"));
        var token = System.Text.Json.Nodes.JsonNode.Parse(await minted.Content.ReadAsStringAsync())!["token"]!.GetValue<string>();

        using var byPath = new ScimClient(_product.Client(token), new Uri(_product.BaseUrl, $"/t/{slug}/scim/v2/"));
        var id = await byPath.CreateAsync("same@example.com");
        var port = _product.BaseUrl.Port;
        foreach (var name in new[] { $"{slug}.localhost:{port}", host, host.ToUpperInvariant() })
        {
            var answer = await GetAsync($"/scim/v2/Users/{id}", $"Bearer {token}", name);
            Assert.Equal(200, answer.Status);
            Assert.Equal($"http://{name}/scim/v2/Users/{id}", answer.Body!["meta"]!["location"]!.GetValue<string>());
        }

        (await GetAsync($"/scim/v2/Users/{id}", $"Bearer {token}", "unknown.customer.example")).ShouldBeError(401);
    }

    private async Task<ScimAnswer> GetAsync(string path, string? authorization, string? host = null)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_product.BaseUrl, path));
        request.Headers.Host = host;
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await client.SendAsync(request);
        return await ScimAnswer.ReadAsync(response);
    }

    private static StringContent JsonContent(string json) => new(json, MediaTypeHeaderValue.Parse("application/json"));
}
