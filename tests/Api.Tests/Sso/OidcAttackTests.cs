using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.SignIn;
using OrleansIdentity.OktaSimulator.Provider;

namespace OrleansIdentity.Api.Tests.Sso;

/// <summary>What an attacker, or a provider that went wrong, may send: each is refused, with its event, and nobody is in.</summary>
[Collection(SignInCollection.Name)]
public sealed class OidcAttackTests(SignInProduct shared)
{
    // OpenID Connect Core 1.0 §3.1.3.7, in its order.
    public static TheoryData<string> WrongTokens => [.. Tampers.Keys];

    private static readonly Dictionary<string, Action<JsonObject, JsonObject>> Tampers = new()
    {
        ["issuer"] = (_, claims) => claims["iss"] = "https://evil.example",
        ["custom issuer of the same org"] = (_, claims) => claims["iss"] = claims["iss"]!.GetValue<string>() + "/oauth2/default",
        ["issuer with a slash"] = (_, claims) => claims["iss"] = claims["iss"]!.GetValue<string>() + "/",
        ["no issuer"] = (_, claims) => claims.Remove("iss"),
        ["audience"] = (_, claims) => claims["aud"] = "0oaother",
        ["no audience"] = (_, claims) => claims.Remove("aud"),
        ["authorized party"] = (_, claims) => claims["azp"] = "0oaother",
        ["nonce"] = (_, claims) => claims["nonce"] = "of-another-sign-in",
        ["no nonce"] = (_, claims) => claims.Remove("nonce"),
        ["expired"] = (_, claims) => claims["exp"] = claims["iat"]!.GetValue<long>() - 300,
        ["no expiry"] = (_, claims) => claims.Remove("exp"),
        ["not yet"] = (_, claims) => claims["nbf"] = claims["iat"]!.GetValue<long>() + 600,
        ["no subject"] = (_, claims) => claims.Remove("sub"),
        ["at_hash"] = (_, claims) => claims["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA",
        ["algorithm"] = (header, _) => header["alg"] = "RS512",
        ["unknown key"] = (header, _) => header["kid"] = "key-unknown",
        ["no key"] = (header, _) => header.Remove("kid"),
    };

    [Theory]
    [MemberData(nameof(WrongTokens))]
    public async Task IdToken_WrongInOneWay_IsRefused(string what)
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product);
        await sso.EmployAsync("ann@example.com");
        sso.Org.Provider.Tamper = Tampers[what];
        using var browser = sso.Browser();
        await sso.AssertRefusedAsync(browser, await SsoTenant.SignInAsync(browser, "ann@example.com"), 502, "token-invalid");

        // It was that alone.
        sso.Org.Provider.Tamper = null;
        await SsoTenant.SignInAsync(browser, "ann@example.com");
        await SsoTenant.MeAsync(browser);
    }

    [Theory]
    [InlineData("unsigned")]
    [InlineData("unsigned without at_hash")]
    [InlineData("unsigned with a signature")]
    [InlineData("by the client secret")]
    [InlineData("damaged")]
    [InlineData("by a stranger")]
    [InlineData("by the key with another hash")]
    [InlineData("by another tenant's org")]
    [InlineData("by another issuer of the org")]
    [InlineData("no token")]
    [InlineData("endless")]
    public async Task IdToken_NotSignedByTheProvidersKey_IsRefused(string what)
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product);
        await using var other = await SsoTenant.CreateAsync(shared.Product);
        await sso.EmployAsync("ann@example.com");
        using var browser = sso.Browser();
        sso.Org.Provider.TamperSigned = token => what switch
        {
            "unsigned" => $"{Header("none")}.{token.Split('.')[1]}.",
            "unsigned without at_hash" => Unsigned(token),
            "unsigned with a signature" => $"{Header("none")}.{token.Split('.')[1]}.{token.Split('.')[2]}",
            "by the client secret" => Hmac(token, SsoTenant.Secret),
            "damaged" => token[..^4] + (token[^4..] == "AAAA" ? "BBBB" : "AAAA"),
            "by a stranger" => Sign(new ProviderKeys(), token),
            "by the key with another hash" => Sha384(sso.Org.Provider.Keys(), token),
            "by another tenant's org" => Sign(other.Org.Provider.Keys(), token),
            "by another issuer of the org" => Sign(sso.Org.Provider.Keys("/oauth2/default"), token),
            "no token" => "not.a.token",
            _ => new string('a', 40_000),
        };
        await sso.AssertRefusedAsync(browser, await SsoTenant.SignInAsync(browser, "ann@example.com"), 502, "token-invalid");
    }

    [Fact]
    public async Task UserInfo_OfSomebodyElse_IsRefused()
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product, "/oauth2/default");
        await sso.EmployAsync("ann@example.com");
        (sso.Org.Provider.ThinIdTokens, sso.Org.Provider.TamperUserInfo) = (true, claims => claims["sub"] = "00usomebodyelse");
        using var browser = sso.Browser();
        await sso.AssertRefusedAsync(browser, await SsoTenant.SignInAsync(browser, "ann@example.com"), 502, "token-invalid");
    }

    [Fact]
    public async Task Callback_WithoutTheStateOfThisBrowser_IsRefused()
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product);
        await sso.EmployAsync("ann@example.com");
        using var browser = sso.Browser();
        using var victim = sso.Browser();
        await SsoTenant.SignInAsync(browser, "ann@example.com", stop: SsoTenant.IsCallback);
        var callback = browser.Visited[^1];

        // The attacker's answer in the victim's browser: who follows the link must not be signed in as the attacker.
        await sso.AssertRefusedAsync(victim, await victim.GetAsync(callback), 400, "state-invalid");
        foreach (var query in new[] { "", "?code=x", "?state=x", "?code=x&state=x", "?error=access_denied", "?error=access_denied&state=x", $"{callback.Query}x" })
        {
            await sso.AssertRefusedAsync(victim, await victim.SendAsync("GET", $"/users/auth/okta/callback{query}"), 400, "state-invalid");
        }

        // It still works where it belongs, once.
        await browser.FollowAsync(await browser.GetAsync(callback));
        await SsoTenant.MeAsync(browser);
        browser.Forget(name => name.Contains("session", StringComparison.Ordinal));
        await sso.AssertRefusedAsync(browser, await browser.GetAsync(callback), 400, "state-invalid");
    }

    [Fact]
    public async Task Code_UsedBefore_IsRefused()
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product);
        await sso.EmployAsync("ann@example.com");
        using var browser = sso.Browser();
        await SsoTenant.SignInAsync(browser, "ann@example.com", stop: SsoTenant.IsCallback);
        var used = browser.Visited[^1];
        await browser.FollowAsync(await browser.GetAsync(used));
        browser.Forget(name => name.Contains("session", StringComparison.Ordinal));

        await SsoTenant.SignInAsync(browser, "ann@example.com", stop: SsoTenant.IsCallback);
        var fresh = browser.Visited[^1];
        await sso.AssertRefusedAsync(browser, await browser.GetAsync(new Uri(fresh.AbsoluteUri.Replace(Of(fresh, "code"), Of(used, "code"), StringComparison.Ordinal))), 502, "code-refused");
    }

    // Two tenants of one product, each with an org of its own: neither's answers are worth anything at the other.
    [Fact]
    public async Task Answer_OfAnotherTenantsSignIn_IsRefused()
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product);
        await using var other = await SsoTenant.CreateAsync(shared.Product);
        await sso.EmployAsync("ann@example.com");
        await other.EmployAsync("ann@example.com");
        using var browser = sso.Browser();
        await SsoTenant.SignInAsync(browser, "ann@example.com", stop: SsoTenant.IsCallback);
        var callback = browser.Visited[^1];
        var moved = new Uri(callback.AbsoluteUri.Replace($"/t/{sso.Tenant.Slug}/", $"/t/{other.Tenant.Slug}/", StringComparison.Ordinal));
        Assert.Equal(400, (int)(await browser.GetAsync(moved)).StatusCode);
        Assert.Equal(("state-invalid", "unknown"), await other.LastFailureAsync());

        // RFC 9207 §2.4.
        Assert.Contains("<code>issuer-mismatch</code>", await (await browser.GetAsync(new Uri($"{callback}&iss=https%3A%2F%2Fevil.example"))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(("issuer-mismatch", "unknown"), await sso.LastFailureAsync());
        await sso.AssertRefusedAsync(
            browser, await browser.SendAsync("GET", $"/users/auth/okta/initiate?iss={Uri.EscapeDataString(other.Issuer)}"), 403, "issuer-mismatch");
        await sso.AssertRefusedAsync(browser, await browser.SendAsync("GET", $"/users/auth/okta/initiate?iss={Uri.EscapeDataString(sso.Issuer)}%2F"), 403, "issuer-mismatch");
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    public async Task ReturnTo_ElsewhereThanHere_LeadsHome(string target)
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product);
        await sso.EmployAsync("ann@example.com");
        using var browser = sso.Browser();
        await SsoTenant.SignInAsync(browser, "ann@example.com", start: $"/users/auth/okta?return_to={Uri.EscapeDataString(target)}");
        Assert.Equal($"{sso.Root}/users/sign_in", browser.Visited[^1].AbsoluteUri);
    }

    // Whoever sends unknown keys makes this product ask no more.
    [Fact]
    public async Task Keys_Unknown_CannotBeAskedForWithoutEnd()
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product);
        await sso.EmployAsync("ann@example.com");
        using var browser = sso.Browser();
        await SsoTenant.SignInAsync(browser, "ann@example.com");
        Assert.Equal(1, sso.Org.Provider.Reads["/oauth2/v1/keys"]);

        for (var number = 0; number < 5; number++)
        {
            sso.Org.Provider.Tamper = (header, _) => header["kid"] = $"unknown-{number}";
            browser.Forget(name => name.Contains("session", StringComparison.Ordinal));
            await sso.AssertRefusedAsync(browser, await SsoTenant.SignInAsync(browser, "ann@example.com"), 502, "token-invalid");
        }

        // The first of them came within the pause after the keys were read for the first time, and so did the others.
        Assert.Equal(1, sso.Org.Provider.Reads["/oauth2/v1/keys"]);
    }

    [Fact]
    public async Task Provider_ThatDoesNotAnswer_IsSaidToBeAway()
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product);
        await sso.StopOrgAsync();
        using var browser = sso.Browser();
        await sso.AssertRefusedAsync(browser, await browser.GetAsync(browser.Url("/users/auth/okta")), 502, "provider-unavailable");
    }

    [Fact]
    public async Task State_OfTwoTabs_WorksInBoth()
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product);
        await sso.EmployAsync("ann@example.com");
        using var browser = sso.Browser();
        await SsoTenant.SignInAsync(browser, "ann@example.com", stop: SsoTenant.IsCallback);
        var first = browser.Visited[^1];
        await SsoTenant.SignInAsync(browser, "ann@example.com");
        await SsoTenant.MeAsync(browser);
        Assert.Equal(200, (int)(await browser.FollowAsync(await browser.GetAsync(first))).StatusCode);
    }

    private static string Of(Uri url, string parameter) => System.Web.HttpUtility.ParseQueryString(url.Query)[parameter]!;

    private static string Header(string algorithm) => ProviderKeys.Part(new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" });

    private static string Unsigned(string token)
    {
        var claims = Claims(token);
        claims.Remove("at_hash");
        return $"{Header("none")}.{ProviderKeys.Part(claims)}.";
    }

    private static string Sign(ProviderKeys keys, string token) => keys.Sign(keys.Header(), Claims(token));

    private static string Sha384(ProviderKeys keys, string token)
    {
        var header = keys.Header();
        header["alg"] = "RS384";
        return keys.Sign(header, Claims(token), HashAlgorithmName.SHA384);
    }

    private static JsonObject Claims(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!.AsObject();

    // The public client secret, or key, as the key of a symmetric signature.
    private static string Hmac(string token, string secret)
    {
        var text = $"{Header("HS256")}.{token.Split('.')[1]}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(text)))}";
    }
}
