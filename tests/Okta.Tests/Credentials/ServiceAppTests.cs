using System.Security.Cryptography;
using OrleansIdentity.Okta.Credentials;
using OrleansIdentity.Okta.Tests.Support;
using OrleansIdentity.OktaSimulator.Management.Faults;

namespace OrleansIdentity.Okta.Tests.Credentials;

/// <summary>The service app flow, §5.3: <c>private_key_jwt</c> at the org's own token endpoint, DPoP with its nonces.</summary>
public class ServiceAppTests
{
    private const string TokenPath = "/oauth2/v1/token";

    // The first call is 400 use_dpop_nonce; the second has the nonce.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetApp_DpopIsRequired_AnswersTheNonceChallenge(bool isEc)
    {
        await using var harness = await Harness.StartAsync();
        using var client = harness.Open(ServiceAppKeys.Register(harness, isEc: isEc).Credential);

        Assert.Equal(harness.App.Id, Harness.Parse(await client.GetAppAsync(harness.App.Id)).Id);
        Assert.Equal([TokenPath, TokenPath, $"/api/v1/apps/{harness.App.Id}"], harness.Org.Requests.All.Select(request => request.Path));
        Assert.StartsWith("DPoP ", harness.Org.Requests.All[^1].Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetApp_ManyAtOnce_ShareOneToken()
    {
        await using var harness = await Harness.StartAsync();
        using var client = harness.Open(ServiceAppKeys.Register(harness).Credential);

        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetAppAsync(harness.App.Id)));

        Assert.All(all, result => Assert.Null(result.Failure));
        Assert.Equal(1, harness.Org.Tokens.Issued);
    }

    [Fact]
    public async Task GetApp_TokenNearItsEnd_IsRenewedBefore()
    {
        await using var harness = await Harness.StartAsync();
        using var client = harness.Open(ServiceAppKeys.Register(harness).Credential);
        Harness.Parse(await client.GetAppAsync(harness.App.Id));

        harness.Time.Advance(TimeSpan.FromMinutes(54));
        Harness.Parse(await client.GetAppAsync(harness.App.Id));
        Assert.Equal(1, harness.Org.Tokens.Issued);

        harness.Time.Advance(TimeSpan.FromMinutes(2));
        Harness.Parse(await client.GetAppAsync(harness.App.Id));
        Assert.Equal(2, harness.Org.Tokens.Issued);
    }

    [Fact]
    public async Task GetApp_TokenRevoked_IsRenewedOnce()
    {
        await using var harness = await Harness.StartAsync();
        using var client = harness.Open(ServiceAppKeys.Register(harness).Credential);
        Harness.Parse(await client.GetAppAsync(harness.App.Id));

        harness.Org.Tokens.RevokeAccessTokens();

        Harness.Parse(await client.GetAppAsync(harness.App.Id));
        Assert.Equal(2, harness.Org.Tokens.Issued);
    }

    // RFC 9449 §9: a resource server may ask for a nonce too; and §8.2: it may change it at any time.
    [Fact]
    public async Task GetApp_ApiAsksForNonce_AnswersEachChallengeOnce()
    {
        await using var harness = await Harness.StartAsync();
        harness.Org.Tokens.ApiAsksForNonce = true;
        using var client = harness.Open(ServiceAppKeys.Register(harness).Credential);

        Harness.Parse(await client.GetAppAsync(harness.App.Id));
        var first = harness.Org.Requests.All.Count(request => request.Path != TokenPath);
        harness.Org.Tokens.ChangeNonce();
        Harness.Parse(await client.GetAppAsync(harness.App.Id));
        Harness.Parse(await client.GetAppAsync(harness.App.Id));

        Assert.Equal(2, first);
        Assert.Equal(5, harness.Org.Requests.All.Count(request => request.Path != TokenPath));
        Assert.Equal(1, harness.Org.Tokens.Issued);
    }

    // RFC 9449 §11.1: a proof is good once. A repetition that sent the same one would be refused.
    [Fact]
    public async Task GetApp_Repeated_HasAProofOfItsOwnEachTime()
    {
        await using var harness = await Harness.StartAsync();
        using var client = harness.Open(ServiceAppKeys.Register(harness).Credential);
        harness.Org.Faults.Add(new Fault(FaultKind.ServerError, "/api/", 2));

        Harness.Parse(await client.GetAppAsync(harness.App.Id));

        var proofs = harness.Org.Requests.All.Select(request => request.Headers["DPoP"]).ToArray();
        Assert.Equal(5, proofs.Length);
        Assert.Equal(proofs.Length, proofs.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Org_ProofIsReplayed_RefusesIt()
    {
        await using var harness = await Harness.StartAsync();
        using var client = harness.Open(ServiceAppKeys.Register(harness).Credential);
        Harness.Parse(await client.GetAppAsync(harness.App.Id));
        var seen = harness.Org.Requests.All[^1];

        using var http = new HttpClient();
        using var replay = new HttpRequestMessage(HttpMethod.Get, new Uri(harness.Org.Url, seen.Path));
        replay.Headers.TryAddWithoutValidation("Authorization", seen.Headers["Authorization"]);
        replay.Headers.TryAddWithoutValidation("DPoP", seen.Headers["DPoP"]);
        using var answer = await http.SendAsync(replay);

        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task GetApp_ScopeNotGranted_SaysSo()
    {
        await using var harness = await Harness.StartAsync();
        using var client = harness.Open(ServiceAppKeys.Register(harness, app => app with { Scopes = [OktaScopes.AppsRead] }).Credential);

        Assert.Equal("okta-scope-not-granted", (await client.GetAppAsync(harness.App.Id)).RefusedId());
    }

    // Scopes must be granted and an admin role assigned: else 403 with a valid token.
    [Fact]
    public async Task GetApp_NoAdminRole_SaysSo()
    {
        await using var harness = await Harness.StartAsync();
        using var client = harness.Open(ServiceAppKeys.Register(harness, app => app with { HasRole = false }).Credential);

        Assert.Equal("okta-not-permitted", (await client.GetAppAsync(harness.App.Id)).RefusedId());
    }

    [Fact]
    public async Task GetUser_TokenWithoutTheScope_SaysSo()
    {
        await using var harness = await Harness.StartAsync();
        using var client = harness.Open(ServiceAppKeys.Register(harness, asksFor: [OktaScopes.AppsRead]).Credential);

        Assert.Equal("okta-not-permitted", (await client.GetUserAsync(harness.Assign(1)[0].Id)).RefusedId());
    }

    [Fact]
    public async Task GetApp_KeyThatOktaDoesNotHave_SaysSo()
    {
        await using var harness = await Harness.StartAsync();
        var app = ServiceAppKeys.Register(harness);
        harness.Org.Tokens.Register(app.Registration with { PublicKey = ServiceAppKeys.Rsa().PublicKey });
        using var client = harness.Open(app.Credential);

        Assert.Equal("okta-client-invalid", (await client.GetAppAsync(harness.App.Id)).RefusedId());
    }

    // Half an hour wrong: what is signed now is in Okta's future or past.
    [Theory]
    [InlineData(-30)]
    [InlineData(30)]
    public async Task GetApp_ClocksDisagree_SaysSo(int minutes)
    {
        await using var harness = await Harness.StartAsync(org => org with { ClockSkew = TimeSpan.FromMinutes(minutes) });
        using var client = harness.Open(ServiceAppKeys.Register(harness).Credential);

        Assert.Contains((await client.GetAppAsync(harness.App.Id)).RefusedId(), new[] { "okta-client-invalid", "okta-dpop-refused" });
    }

    [Fact]
    public async Task GetAppUsersPage_TokenEndpointAnswersWithoutToken_IsNoEmptyPage()
    {
        await using var odd = await Listener.StartAsync(async http =>
        {
            http.Response.Headers.Link = $"<http://{http.Request.Host}{http.Request.Path}>; rel=\"self\"";
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, "[]");
        });
        await using var harness = await Harness.StartAsync();
        var org = Harness.Parse(OktaOrgUrl.Parse(odd.Url.AbsoluteUri, allowLoopback: true));
        using var client = harness.Get<OktaClients>().Open(new("acme", org, ServiceAppKeys.Register(harness).Credential));

        Assert.Equal("okta-server-error", (await client.GetAppUsersPageAsync("0oa1", new())).UnreachableId());
        Assert.All(odd.Visits, visit => Assert.Equal("POST", visit.Method));
    }

    [Fact]
    public void Parse_KeysOfEveryKind_AreRead()
    {
        using var rsa = RSA.Create(2_048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parameters = ec.ExportParameters(includePrivateParameters: true);
        var jwk = $$"""{"kty":"EC","crv":"P-256","kid":"from-json","d":"{{Text(parameters.D!)}}","x":"{{Text(parameters.Q.X!)}}","y":"{{Text(parameters.Q.Y!)}}"}""";

        Assert.Equal("RS256", Harness.Parse(ClientKey.Parse(rsa.ExportRSAPrivateKeyPem(), "k")).Signing.Algorithm);
        Assert.Equal("ES256", Harness.Parse(ClientKey.Parse(ec.ExportECPrivateKeyPem(), "k")).Signing.Algorithm);
        Assert.Equal("ES256", Harness.Parse(ClientKey.Parse(ec.ExportPkcs8PrivateKeyPem(), "k")).Signing.Algorithm);
        Assert.Equal("from-json", Harness.Parse(ClientKey.Parse(jwk, null)).Signing.Key.KeyId);

        static string Text(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
    }

    [Fact]
    public void Parse_KeysThatCannotBeUsed_AreRefused()
    {
        using var weak = RSA.Create(1_024);
        using var rsa = RSA.Create(2_048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.Equal("private-key-malformed", ClientKey.Parse("hello", "k").RefusedId());
        Assert.Equal("private-key-malformed", ClientKey.Parse("{\"kty\":", "k").RefusedId());
        Assert.Equal("private-key-malformed", ClientKey.Parse("{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}", "k").RefusedId());
        Assert.Equal("private-key-malformed", ClientKey.Parse(weak.ExportPkcs8PrivateKeyPem(), "k").RefusedId());
        Assert.Equal("private-key-malformed", ClientKey.Parse(rsa.ExportSubjectPublicKeyInfoPem(), "k").RefusedId());
        Assert.Equal("private-key-malformed", ClientKey.Parse(curve.ExportPkcs8PrivateKeyPem(), "k").RefusedId());
        Assert.Equal("key-id-missing", ClientKey.Parse(rsa.ExportPkcs8PrivateKeyPem(), " ").RefusedId());
    }
}
