using OrleansIdentity.Okta.Credentials;
using OrleansIdentity.Okta.Tests.Support;

namespace OrleansIdentity.Okta.Tests.Credentials;

/// <summary>API tokens, §5.3.</summary>
public class ApiTokenTests
{
    [Fact]
    public async Task GetApp_Token_IsSentAsSsws()
    {
        await using var harness = await Harness.StartAsync();

        Harness.Parse(await harness.Client.GetAppAsync(harness.App.Id));

        var headers = Assert.Single(harness.Org.Requests.All).Headers;
        Assert.Equal($"SSWS {harness.ApiToken}", headers["Authorization"]);
        Assert.StartsWith("OrleansIdentity/", headers["User-Agent"], StringComparison.Ordinal);
    }

    // It dies after 30 days unused, or when its creator is deactivated.
    [Fact]
    public async Task GetApp_TokenRevoked_SaysSoAtOnce()
    {
        await using var harness = await Harness.StartAsync();
        harness.Org.Tokens.RevokeAll();

        Assert.Equal("okta-token-invalid", (await harness.Client.GetAppAsync(harness.App.Id)).RefusedId());
        Assert.Single(harness.Org.Requests.All);
    }

    [Fact]
    public async Task GetApp_MakerWithoutRole_SaysSo()
    {
        await using var harness = await Harness.StartAsync();
        using var client = harness.Open(Harness.Parse(OktaCredential.ApiToken.Parse(harness.Org.Tokens.CreateApiToken(mayCall: false))));

        Assert.Equal("okta-not-permitted", (await client.GetAppAsync(harness.App.Id)).RefusedId());
    }
}
