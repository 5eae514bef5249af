using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.SignIn;
using OrleansIdentity.OktaSimulator.Provider;

namespace OrleansIdentity.Api.Tests.Sso;

/// <summary>Universal Logout.</summary>
[Collection(SignInCollection.Name)]
public sealed class RevocationTests(SignInProduct shared)
{
    private const string Path = "/api/v1/okta/global-token-revocation";

    [Theory]
    [InlineData("")]
    [InlineData("/oauth2/default")]
    public async Task Revocation_ByTheOrg_EndsAllSessionsBeforeItIsAnswered(string issuer)
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product, issuer);
        var (user, id) = await sso.EmployAsync("ann@example.com");
        foreach (var subject in new object[]
        {
            new { format = "iss_sub", iss = sso.Issuer, sub = user.Id }, new { format = "iss_sub", iss = Org(sso), sub = id }, new { format = "email", email = "ANN@example.com" },
        })
        {
            using var browser = sso.Browser();
            await SsoTenant.SignInAsync(browser, "ann@example.com");
            await SsoTenant.MeAsync(browser);

            // The org signs as itself, or as the custom authorization server.
            Assert.Equal(204, (int)(await SendAsync(sso, Sign(sso), new { sub_id = subject })).StatusCode);
            Assert.Equal(401, (int)(await browser.SendAsync("GET", "/api/v1/me")).StatusCode);
        }

        var ended = (await sso.Tenant.EventsAsync(id)).Where(one => one["type"]!.GetValue<string>() == "sessions.ended").ToArray();
        Assert.Equal((3, "okta"), (ended.Length, ended[0]["actor"]!.GetValue<string>()));
        var own = sso.Org.Provider.Keys(issuer);
        Assert.Equal(204, (int)(await SendAsync(sso, own.Sign(own.Header("global-token-revocation+jwt"), Claims(sso, claims => claims["iss"] = sso.Issuer)), Email())).StatusCode);
    }

    [Fact]
    public async Task Token_ThatTheOrgHasNotMadeForThisAddress_EndsNothing()
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product);
        await using var other = await SsoTenant.CreateAsync(shared.Product);
        await sso.EmployAsync("ann@example.com");
        using var browser = sso.Browser();
        await SsoTenant.SignInAsync(browser, "ann@example.com");
        var (keys, stranger) = (sso.Org.Provider.Keys(), new ProviderKeys());
        var now = DateTimeOffset.FromUnixTimeSeconds(Now());

        string Typed(string type, Action<JsonObject>? change = null) => keys.Sign(keys.Header(type), Claims(sso, change));
        string Changed(Action<JsonObject> change) => Typed("global-token-revocation+jwt", change);
        foreach (var token in new[]
        {
            Typed("JWT"), keys.Sign(keys.Header(), Claims(sso)), "nonsense", new string('a', 9_000),
            stranger.Sign(keys.Header("global-token-revocation+jwt"), Claims(sso)),
            other.Org.Provider.Keys().Sign(other.Org.Provider.Keys().Header("global-token-revocation+jwt"), Claims(other)),
            $"{ProviderKeys.Part(new JsonObject { ["alg"] = "none", ["typ"] = "global-token-revocation+jwt" })}.{ProviderKeys.Part(Claims(sso))}.",
            Changed(claims => claims["iss"] = "https://evil.example"),
            Changed(claims => claims["aud"] = "https://elsewhere.example" + Path),
            Changed(claims => claims["aud"] = $"{other.Root}{Path}"),
            Changed(claims => claims["exp"] = now.AddMinutes(-10).ToUnixTimeSeconds()),
            Changed(claims => claims["exp"] = now.AddHours(12).ToUnixTimeSeconds()),
            Changed(claims => claims["nbf"] = now.AddMinutes(10).ToUnixTimeSeconds()),
            Changed(claims => claims.Remove("exp")), Changed(claims => claims.Remove("nbf")), Changed(claims => claims.Remove("iat")), Changed(claims => claims.Remove("jti")),
            Changed(claims => claims.Remove("sub")), Changed(claims => claims["jti"] = new string('j', 300)),
        })
        {
            var answer = await SendAsync(sso, token, Email());
            Assert.True((int)answer.StatusCode == 401, $"{(int)answer.StatusCode} for {token}");
        }

        Assert.Equal(401, (int)(await sso.Browser().SendAsync("POST", Path, JsonContent.Create(Email()))).StatusCode);
        Assert.Equal(403, (int)(await SendAsync(sso, Changed(claims => claims["sub"] = "0oaother"), Email())).StatusCode);
        await SsoTenant.MeAsync(browser);

        // An admin sees who knocked, and why it was in vain.
        var refused = (await sso.Tenant.EventsAsync()).Where(one => one["type"]!.GetValue<string>() == "sessions.logout-refused").ToArray();
        Assert.Equal(21, refused.Length);
        Assert.Equal(20, refused.Count(one => one.ToJsonString().Contains("revocation-token-invalid", StringComparison.Ordinal)));
        Assert.Contains(refused, one => one.ToJsonString().Contains("revocation-client-mismatch", StringComparison.Ordinal));
        Assert.DoesNotContain(refused, one => one.ToJsonString().Contains("eyJ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_UsedBefore_IsRefusedInParallelToo()
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product);
        await sso.EmployAsync("ann@example.com");
        var token = Sign(sso);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SendAsync(sso, token, Email())));
        Assert.Single(answers, one => (int)one.StatusCode == 204);
        Assert.Equal(5, answers.Count(one => (int)one.StatusCode == 401));
        Assert.Equal("revocation-token-used", (await Settings.SettingsClient.ProblemAsync(await SendAsync(sso, token, Email()))).Id);
    }

    [Fact]
    public async Task Request_ThatNamesNobodyHere_IsRefusedByItsKind()
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product);
        await using var other = await SsoTenant.CreateAsync(shared.Product);
        var (_, foreign) = await other.EmployAsync("bob@example.com");
        foreach (var (body, status) in new[]
        {
            ("""{"sub_id":{"format":"email","email":"bob@example.com"}}""", 404),
            ($$$"""{"sub_id":{"format":"iss_sub","iss":"{{{sso.Issuer}}}","sub":"00unobody"}}""", 404),
            ($$$"""{"sub_id":{"format":"iss_sub","iss":"{{{sso.Issuer}}}","sub":"{{{foreign}}}"}}""", 404),
            ($$$"""{"sub_id":{"format":"iss_sub","iss":"https://evil.example","sub":"00u1"}}""", 400),
            ("""{"sub_id":{"format":"phone_number","phone_number":"+1"}}""", 422),
            ("""{"sub_id":{"format":"iss_sub","sub":"x"}}""", 400), ("""{"sub_id":"x"}""", 400), ("{}", 400), ("[]", 400), ("", 400), ("{", 400),
        })
        {
            var answer = await SendAsync(sso, Sign(sso), new StringContent(body, Encoding.UTF8, "application/json"));
            Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode} for {body}");
        }
    }

    private static string Org(SsoTenant sso) => sso.Org.Url.GetLeftPart(UriPartial.Authority);

    private static object Email() => new { sub_id = new { format = "email", email = "ann@example.com" } };

    private static string Sign(SsoTenant sso) => sso.Org.Provider.Keys().Sign(sso.Org.Provider.Keys().Header("global-token-revocation+jwt"), Claims(sso));

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private static JsonObject Claims(SsoTenant sso, Action<JsonObject>? change = null)
    {
        var claims = new JsonObject
        {
            ["iss"] = Org(sso), ["sub"] = sso.App.Id, ["aud"] = sso.Root + Path, ["jti"] = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(12)),
            ["iat"] = Now(), ["nbf"] = Now() - 300, ["exp"] = Now() + 300,
        };
        change?.Invoke(claims);
        return claims;
    }

    private static Task<HttpResponseMessage> SendAsync(SsoTenant sso, string token, object body) => SendAsync(sso, token, JsonContent.Create(body));

    private static async Task<HttpResponseMessage> SendAsync(SsoTenant sso, string token, HttpContent body)
    {
        using var okta = sso.Browser();
        return await okta.SendAsync("POST", $"{Path}?x=y", body, ("Authorization", $"Bearer {token}"));
    }
}
