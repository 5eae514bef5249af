using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.SignIn;
using OrleansIdentity.OktaSimulator.Management;

namespace OrleansIdentity.Api.Tests.Saml;

/// <summary>Universal Logout where people sign in by SAML.</summary>
[Collection(SignInCollection.Name)]
public sealed class SamlLogoutTests(SignInProduct shared)
{
    private const string Path = "/api/v1/okta/global-token-revocation";
    private const string App = "0oasaml1";

    [Fact]
    public async Task Revocation_ByTheOrgOfASamlApp_EndsSessionsAndNobodyElsesDoes()
    {
        await using var okta = await SimulatedOrg.StartAsync(new SimulatedOrgOptions());
        await using var stranger = await SimulatedOrg.StartAsync(new SimulatedOrgOptions());
        using var org = await SamlOrg.CreateAsync(shared.Product);
        await org.InvitedAsync("ann@x.test");
        using var browser = new Browser(org.Tenant);
        var (query, request) = await org.StartAsync(browser);
        await SamlOrg.PostAsync(browser, await org.RespondAsync("samlify-respond", request, "ann@x.test"), query.Values["RelayState"]);
        Assert.Equal(404, await SendAsync(org, okta, App));

        var url = okta.Url.GetLeftPart(UriPartial.Authority);
        var set = await org.Owner.DoAsync("PUT", "/saml", new { oktaIdAttribute = "oktaId", logout = new { orgUrl = url, appId = App } });
        Assert.Equal(url, set["sso"]!["saml"]!["logout"]!["orgUrl"]!.GetValue<string>());
        Assert.Equal((401, 403), (await SendAsync(org, stranger, App), await SendAsync(org, okta, "0oaother")));
        Assert.Equal(200, (int)(await browser.SendAsync("GET", "/api/v1/me")).StatusCode);
        Assert.Equal(204, await SendAsync(org, okta, App));
        Assert.Equal(401, (int)(await browser.SendAsync("GET", "/api/v1/me")).StatusCode);
    }

    private static async Task<int> SendAsync(SamlOrg org, SimulatedOrg okta, string app)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var (keys, issuer) = (okta.Provider.Keys(), okta.Url.GetLeftPart(UriPartial.Authority));
        var token = keys.Sign(keys.Header("global-token-revocation+jwt"), new JsonObject
        {
            ["iss"] = issuer, ["sub"] = app, ["aud"] = org.Root + Path, ["jti"] = $"{Guid.CreateVersion7():n}", ["iat"] = now, ["nbf"] = now - 300, ["exp"] = now + 300,
        });
        using var caller = new Browser(org.Tenant);
        var body = JsonContent.Create(new { sub_id = new { format = "iss_sub", iss = issuer, sub = "00u1" } });
        return (int)(await caller.SendAsync("POST", Path, body, ("Authorization", $"Bearer {token}"))).StatusCode;
    }
}
