using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Doors;

/// <summary>RFC 7644 §3.13: the version in the address.</summary>
[Collection(ProductCollection.Name)]
public sealed class VersionTests(SharedProduct shared)
{
    // V2: invalidVers, whoever asks and whichever tenant is named, so that the answer tells nothing about either.
    [Theory]
    [InlineData("v9/Users")]
    [InlineData("v1/ServiceProviderConfigs")]
    [InlineData("v2.1/Users/x")]
    [InlineData("v3")]
    [InlineData("/v9//Users")]
    public async Task AnyRequest_OfAnotherVersion_IsTheSame400InvalidVers(string path)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var answers = new List<ScimAnswer>
        {
            await SendAsync(tenant.Slug, tenant.Token, path),
            await SendAsync(tenant.Slug, "wrong", path),
            await SendAsync("no-such-tenant", "wrong", path),
        };

        Assert.All(answers, answer => answer.ShouldBeError(400, "invalidVers"));
        Assert.Single(answers.Select(answer => answer.Text).Distinct());
        Assert.Contains("v2", answers[0].Detail, StringComparison.Ordinal);
    }

    // C15: without a version, the most recent one that there is (RFC 7644 §3.13).
    [Theory]
    [InlineData("Users")]
    [InlineData("V2/Users")]
    [InlineData("/v2//Users/")]
    public async Task Users_WithoutAVersionOrWithOursInOddForm_AreTheSameUsers(string path)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("same@example.com");

        var answer = await SendAsync(tenant.Slug, tenant.Token, path);

        Assert.Equal(200, answer.Status);
        Assert.Equal($"{tenant.Scim.BaseUrl}Users/{id}", answer.Body!["Resources"]![0]!["meta"]!["location"]!.GetValue<string>());
        (await SendAsync(tenant.Slug, "wrong", path)).ShouldBeError(401);
    }

    [Theory]
    [InlineData("vUsers", 404)]
    [InlineData("version9/Users", 404)]
    [InlineData("v/Users", 404)]
    public async Task Path_WithoutAVersionAndUnknown_Is404(string path, int status)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        (await SendAsync(tenant.Slug, tenant.Token, path)).ShouldBeError(status);
    }

    private async Task<ScimAnswer> SendAsync(string slug, string token, string path)
    {
        using var client = new ScimClient(shared.Product.Client(token), new Uri(shared.Product.BaseUrl, $"/t/{slug}/scim/"));
        return await client.GetAsync(path);
    }
}
