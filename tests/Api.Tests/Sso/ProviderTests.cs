using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OrleansIdentity.Api.SignIn.Oidc;
using OrleansIdentity.Okta;
using OrleansIdentity.OktaSimulator.Management;

namespace OrleansIdentity.Api.Tests.Sso;

/// <summary>How long a provider's keys are believed.</summary>
public sealed class ProviderTests : IAsyncLifetime
{
    private const string Path = "/oauth2/v1/keys";

    private readonly FakeTimeProvider _time = new();
    private SimulatedOrg _org = null!;
    private Provider _provider = null!;
    private bool _isAway;

    public async Task InitializeAsync()
    {
        _org = await SimulatedOrg.StartAsync(new SimulatedOrgOptions());
        _provider = Of(_org.Url.GetLeftPart(UriPartial.Authority));
    }

    [Fact]
    public async Task Key_ThatIsNew_IsAskedForOnceInThePause()
    {
        Assert.True(await HasAsync("key-1"));
        _org.Provider.Keys().Rotate();
        Assert.False(await HasAsync("key-2"));
        _time.Advance(Provider.RefetchPause);
        Assert.True(await HasAsync("key-2"));
        Assert.True(await HasAsync("key-1"));
        Assert.Equal(2, _org.Provider.Reads[Path]);

        // Withdrawn, a key is worth nothing as soon as anything newer is known.
        _org.Provider.Keys().Rotate(forgetOld: true);
        _time.Advance(Provider.RefetchPause);
        Assert.Equal((true, false, false), (await HasAsync("key-3"), await HasAsync("key-1"), await HasAsync(null)));
        Assert.Equal(3, _org.Provider.Reads[Path]);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(60, 60)]
    [InlineData(10_000, 1_440)]
    public async Task Keys_AreKeptAsLongAsTheProviderSays_WithinBounds(int minutesSaid, int minutesKept)
    {
        _org.Provider.Keys().Life = TimeSpan.FromMinutes(minutesSaid);
        await HasAsync("key-1");
        _time.Advance(TimeSpan.FromMinutes(minutesKept) - TimeSpan.FromSeconds(1));
        await HasAsync("key-1");
        Assert.Equal(1, _org.Provider.Reads[Path]);
        _time.Advance(TimeSpan.FromSeconds(1));
        await HasAsync("key-1");
        Assert.Equal(2, _org.Provider.Reads[Path]);
    }

    [Fact]
    public async Task Keys_OfAProviderThatIsAway_AreGoodForADay()
    {
        await HasAsync("key-1");
        await StopAsync();
        _time.Advance(TimeSpan.FromHours(23));
        Assert.True(await HasAsync("key-1"));
        _time.Advance(TimeSpan.FromHours(2));
        await Assert.ThrowsAsync<ProviderException>(() => HasAsync("key-1"));
    }

    [Fact]
    public async Task Key_ThatIsTooShort_IsNone()
    {
        _org.Provider.Keys().Rotate(bits: 1_024);
        Assert.Equal((true, false), (await HasAsync("key-1"), await HasAsync("key-2")));
    }

    // Codes, secrets and people would go there.
    [Theory]
    [InlineData("authorization_endpoint")]
    [InlineData("token_endpoint")]
    [InlineData("userinfo_endpoint")]
    [InlineData("end_session_endpoint")]
    [InlineData("jwks_uri")]
    [InlineData("issuer")]
    public async Task Provider_ThatNamesAnEndpointElsewhereOrItselfOtherwise_IsNone(string endpoint)
    {
        _org.Provider.TamperDiscovery = document => document[endpoint] = document[endpoint]!.GetValue<string>().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        await Assert.ThrowsAsync<ProviderException>(() => _provider.ReadAsync(CancellationToken.None));
    }

    // OpenID Connect Discovery 1.0 §4.3, and no address that a tenant may not name.
    [Fact]
    public async Task Provider_ThatCallsItselfOtherwiseOrMayNotBeCalled_IsNone()
    {
        foreach (var issuer in new[] { $"http://localhost:{_org.Url.Port}", $"http://127.0.0.1:{_org.Url.Port}/oauth2/none", "http://10.0.0.1", "https://169.254.169.254", "file:///etc/passwd" })
        {
            using var provider = Of(issuer);
            await Assert.ThrowsAsync<ProviderException>(() => provider.ReadAsync(CancellationToken.None));
        }
    }

    public async Task DisposeAsync()
    {
        _provider.Dispose();
        await StopAsync();
    }

    private async Task<bool> HasAsync(string? keyId) => (await _provider.FindKeysAsync(keyId, CancellationToken.None)).Count == 1;

    private async Task StopAsync()
    {
        if (!_isAway)
        {
            _isAway = true;
            await _org.DisposeAsync();
        }
    }

    private Provider Of(string issuer) => new(issuer, null, new Clients(), Options.Create(new OktaOptions { AllowLoopback = true }), _time);

    private sealed class Clients : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new();
    }
}
