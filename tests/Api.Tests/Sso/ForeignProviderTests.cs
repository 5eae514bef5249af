using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Api.Tests.Settings;
using OrleansIdentity.Api.Tests.SignIn;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Api.Tests.Sso;

/// <summary>A provider that others have written (npm oidc-provider) and this product agree.</summary>
[Collection(SignInCollection.Name)]
public sealed class ForeignProviderTests(SignInProduct shared)
{
    [Fact]
    public async Task SignIn_AtAProviderOfAnotherMake_WorksFromSettingsToSignOut()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var root = new Uri(shared.Product.BaseUrl, $"/t/{tenant.Slug}").AbsoluteUri;
        using var provider = await NodePeer.StartAsync(
            "oidc", ("CLIENT_ID", "acme"), ("CLIENT_SECRET", "a-secret-with+signs&in=it"), ("REDIRECT_URI", $"{root}/users/auth/okta/callback"), ("SIGN_OUT_URI", $"{root}/users/sign_in"));
        using var owner = await SettingsClient.CreateAsync(tenant);

        // Its answers to what is wrong are understood, too.
        Assert.Equal((422, "sso-check-failed"), await owner.RefusalAsync("PUT", "/sso", Oidc("wrong")));
        await owner.DoAsync("PUT", "/sso", Oidc("a-secret-with+signs&in=it"));
        using var ann = await Person.CreateAsync(tenant, "ann@example.com");
        await ann.InviteAsync();

        using var browser = new Browser(tenant);
        var page = await browser.FollowAsync(await browser.GetAsync(browser.Url("/users/auth/okta")));
        page = await browser.FollowAsync(await browser.SubmitAsync(page, ("login", "00u-ann"), ("password", "any")));
        page = await browser.FollowAsync(await browser.SubmitAsync(page));
        Assert.True((int)page.StatusCode == 200, provider.ToString());
        Assert.Equal(ann.Id, (await SsoTenant.MeAsync(browser))["id"]!.GetValue<string>());

        // The ID token is thin there: the address, by which the account was linked, came from userinfo.
        var linked = (await tenant.EventsAsync(ann.Id)).Single(one => one["type"]!.GetValue<string>() == "sign-in.succeeded");
        Assert.Equal("00u-ann", SsoTenant.Change(linked, "account.oktaId"));

        var signedOut = await browser.FollowAsync(await browser.SubmitAsync(await browser.GetAsync(browser.Url("/users/sign_in"))));
        Assert.Equal(200, (int)signedOut.StatusCode);
        Assert.Equal(new Uri(provider.Url).Authority, browser.Visited[^1].Authority);
        Assert.Equal(401, (int)(await browser.SendAsync("GET", "/api/v1/me")).StatusCode);

        object Oidc(string secret) => new { method = "oidc", oidc = new { issuer = provider.Url, clientId = "acme", clientSecret = secret } };
    }
}
