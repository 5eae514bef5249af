using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Api.Tests.SignIn;

namespace OrleansIdentity.Api.Tests.Sso;

/// <summary>Who comes in and who does not: rules.md, rules 5 to 9.</summary>
[Collection(SignInCollection.Name)]
public sealed class OidcSignInTests(SignInProduct shared)
{
    [Theory]
    [InlineData("", false)]
    [InlineData("", true)]
    [InlineData("/oauth2/default", true)]
    public async Task SignIn_OfAProvisionedUser_BeginsASessionAndAcceptsTheInvitation(string issuer, bool thin)
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product, issuer);
        sso.Org.Provider.ThinIdTokens = thin;
        var (_, id) = await sso.EmployAsync("ann@example.com");
        using var browser = sso.Browser();

        var page = await SsoTenant.SignInAsync(browser, "ann@example.com", second: true, start: "/users/auth/okta?return_to=/api/v1/me");
        Assert.Equal(200, (int)page.StatusCode);
        Assert.Equal($"/t/{sso.Tenant.Slug}/api/v1/me", browser.Visited[^1].AbsolutePath);
        var me = await SsoTenant.MeAsync(browser);
        Assert.Equal((id, "confirmed"), (Text(me, "id"), Text(me, "status")));

        var signedIn = (await sso.Tenant.EventsAsync(id)).Single(one => Text(one, "type") == "sign-in.succeeded");
        Assert.Equal(("oidc", "Browser/1", "confirmed"), (SsoTenant.Change(signedIn, "signIn.method"), SsoTenant.Change(signedIn, "signIn.userAgent"), SsoTenant.Change(signedIn, "account.status")));
        Assert.Equal(["mfa", "otp", "pwd"], signedIn["changes"]!.AsArray().Single(one => Text(one!, "path") == "signIn.factors")!["after"]!.AsArray().Select(one => one!.GetValue<string>()));
        Assert.All(browser.CookieNames, name => Assert.StartsWith("__Host-", name, StringComparison.Ordinal));
        Assert.DoesNotContain(browser.CookieNames, name => name.Contains("state-", StringComparison.Ordinal) || name.Contains("nonce-", StringComparison.Ordinal));
    }

    // Rule 5: the first match by e-mail stores the Okta id; from then on the address does not matter.
    [Fact]
    public async Task SignIn_FirstByEmail_LinksTheAccount()
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product);
        var user = sso.Hire("Ann@Example.com");
        var id = await sso.ProvisionAsync("ann@example.com");
        using var browser = sso.Browser();
        await SsoTenant.SignInAsync(browser, user.Login);
        Assert.Equal(id, Text(await SsoTenant.MeAsync(browser), "id"));
        var signedIn = (await sso.Tenant.EventsAsync(id)).Single(one => Text(one, "type") == "sign-in.succeeded");
        Assert.Equal(user.Id, SsoTenant.Change(signedIn, "account.oktaId"));

        sso.Org.Directory.UpdateProfile(user.Id, new JsonObject { ["email"] = "other@example.com" });
        using var again = sso.Browser();
        await SsoTenant.SignInAsync(again, user.Login);
        Assert.Equal(id, Text(await SsoTenant.MeAsync(again), "id"));

        // Somebody else who gets the address is somebody else.
        var heir = sso.Hire("heir@example.com");
        sso.Org.Directory.UpdateProfile(heir.Id, new JsonObject { ["email"] = "ann@example.com" });
        using var third = sso.Browser();
        await sso.AssertRefusedAsync(third, await SsoTenant.SignInAsync(third, "heir@example.com"), 403, "linked-to-another", id);
    }

    [Fact]
    public async Task SignIn_OfWhoHasNoAccountToComeInto_IsRefusedWithItsReason()
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product);
        using var browser = sso.Browser();

        sso.Hire("nobody@example.com");
        await sso.AssertRefusedAsync(browser, await SsoTenant.SignInAsync(browser, "nobody@example.com"), 403, "unknown-user");

        sso.Hire("unassigned@example.com", isAssigned: false);
        await sso.AssertRefusedAsync(browser, await SsoTenant.SignInAsync(browser, "unassigned@example.com"), 403, "access-denied");

        var early = sso.Hire("early@example.com");
        var earlyId = await sso.ProvisionAsync("early@example.com", early.Id, isInvited: false);
        await sso.AssertRefusedAsync(browser, await SsoTenant.SignInAsync(browser, "early@example.com"), 403, "not-invited", earlyId);

        var (_, goneId) = await sso.EmployAsync("gone@example.com");
        await sso.Tenant.Scim.PatchAsync($"Users/{goneId}", ScimClient.PatchOp(ScimClient.Replace("active", false)));
        await sso.AssertRefusedAsync(browser, await SsoTenant.SignInAsync(browser, "gone@example.com"), 403, "account-deactivated", goneId);
    }

    // Rule 5: an owner or admin is linked by hand, and only by somebody who may.
    [Fact]
    public async Task SignIn_OfAnOwner_NeedsALinkMadeByHand()
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product);
        var okta = sso.Hire("owner@example.com");
        await sso.Owner.Person.InviteAsync();
        using var browser = sso.Browser();
        await sso.AssertRefusedAsync(browser, await SsoTenant.SignInAsync(browser, "owner@example.com"), 403, "link-by-hand", sso.Owner.Person.Id);

        using var admin = await Settings.SettingsClient.CreateAsync(sso.Tenant, "admin");
        Assert.Equal((403, "account-above-role"), await admin.RefusalAsync("PUT", $"/links/{sso.Owner.Person.Id}", new { oktaUserId = okta.Id }));
        Assert.Equal(204, (int)(await sso.Owner.SendAsync("PUT", $"/links/{sso.Owner.Person.Id}", new { oktaUserId = okta.Id })).StatusCode);
        Assert.Equal((409, "okta-id-taken"), await sso.Owner.RefusalAsync("PUT", $"/links/{admin.Person.Id}", new { oktaUserId = okta.Id }));
        await SsoTenant.SignInAsync(browser, "owner@example.com");
        Assert.Equal(sso.Owner.Person.Id, Text(await SsoTenant.MeAsync(browser), "id"));

        // Unlinking ends sessions: the owner's own as well, so somebody else does it here.
        Assert.Equal(204, (int)(await sso.Owner.SendAsync("DELETE", $"/links/{sso.Owner.Person.Id}")).StatusCode);
        Assert.Equal(401, (int)(await browser.SendAsync("GET", "/api/v1/me")).StatusCode);
        Assert.Equal(404, (int)(await admin.SendAsync("PUT", "/links/01900000-0000-7000-8000-000000000000", new { oktaUserId = "00uother" })).StatusCode);
        Assert.Equal(404, (int)(await admin.SendAsync("DELETE", "/links/nonsense%7Cx")).StatusCode);
    }

    // Rule 6.
    [Fact]
    public async Task MultiFactor_WhenDemanded_IsAskedForAndHasToBeShown()
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product);
        var (_, id) = await sso.EmployAsync("ann@example.com");
        await sso.SetPolicyAsync(requireMultiFactor: true, sessionHours: 2);
        using var browser = sso.Browser();

        var start = await browser.GetAsync(browser.Url("/users/auth/okta?login_hint=ann@example.com"));
        Assert.Contains("acr_values=urn%3Aokta%3Aloa%3A2fa%3Aany", start.Headers.Location!.Query, StringComparison.Ordinal);
        Assert.Contains("max_age=7200", start.Headers.Location.Query, StringComparison.Ordinal);
        Assert.Contains("login_hint=ann%40example.com", start.Headers.Location.Query, StringComparison.Ordinal);

        await sso.AssertRefusedAsync(browser, await SsoTenant.SignInAsync(browser, "ann@example.com"), 403, "factors-unmet");
        sso.Org.Provider.EnforcesAcr = false;
        await sso.AssertRefusedAsync(browser, await SsoTenant.SignInAsync(browser, "ann@example.com"), 403, "multi-factor-required", id);

        sso.Org.Provider.Tamper = (_, claims) => claims["auth_time"] = DateTimeOffset.FromUnixTimeSeconds(claims["iat"]!.GetValue<long>()).AddHours(-3).ToUnixTimeSeconds();
        await sso.AssertRefusedAsync(browser, await SsoTenant.SignInAsync(browser, "ann@example.com", second: true), 403, "sign-in-too-old");
        sso.Org.Provider.Tamper = (_, claims) => claims.Remove("auth_time");
        await sso.AssertRefusedAsync(browser, await SsoTenant.SignInAsync(browser, "ann@example.com", second: true), 403, "sign-in-too-old");

        // Whom a session at Okta stands in the way of may be asked for everything again; nobody else is.
        Assert.Contains("/users/auth/okta?afresh=true\"", await (await SsoTenant.SignInAsync(browser, "ann@example.com")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("prompt=", start.Headers.Location.Query, StringComparison.Ordinal);
        Assert.Contains("prompt=login", (await browser.GetAsync(browser.Url("/users/auth/okta?afresh=true"))).Headers.Location!.Query, StringComparison.Ordinal);

        sso.Org.Provider.Tamper = null;
        await SsoTenant.SignInAsync(browser, "ann@example.com", second: true);
        Assert.Equal(id, Text(await SsoTenant.MeAsync(browser), "id"));
    }

    // Rules 2 and 7.
    [Fact]
    public async Task Routes_WithoutSingleSignOn_AreNotThereAndTellAnAdminWhereToGo()
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product, isSetUp: false);
        using var browser = sso.Browser();
        await AllAre404();
        Assert.DoesNotContain("auth/okta", await (await browser.GetAsync(browser.Url("/users/sign_in"))).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await sso.Owner.DoAsync("PUT", "/sso", sso.Oidc());
        Assert.Equal(302, (int)(await browser.GetAsync(browser.Url("/users/auth/okta"))).StatusCode);
        Assert.Contains("auth/okta", await (await browser.GetAsync(browser.Url("/users/sign_in"))).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        (await shared.Product.Operator.PostAsync($"/operator/v1/tenants/{sso.Tenant.Slug}/disable", null)).EnsureSuccessStatusCode();
        await AllAre404();

        async Task AllAre404()
        {
            foreach (var path in new[] { "/users/auth/okta", "/users/auth/okta/callback?code=x&state=y", "/users/auth/okta/initiate?iss=x" })
            {
                var page = await browser.GetAsync(browser.Url(path));
                Assert.Equal(404, (int)page.StatusCode);
                Assert.Contains("go to Settings, Integrations, Okta", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }

            Assert.Equal(404, (int)(await browser.SendAsync("POST", "/api/v1/okta/global-token-revocation")).StatusCode);
        }
    }

    // Rule 8.
    [Fact]
    public async Task SsoOnly_LeavesOktaAlone()
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product);
        await sso.EmployAsync("ann@example.com");
        await sso.SetPolicyAsync(ssoOnly: true);
        Assert.Equal((409, "sso-only"), await sso.Owner.RefusalAsync("PUT", "/sso", new { method = "none" }));

        using var browser = sso.Browser();
        var page = await (await browser.GetAsync(browser.Url("/users/sign_in?return_to=/courses"))).Content.ReadAsStringAsync();
        Assert.Contains("/users/auth/okta?return_to=%2Fcourses", page, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"password\"", page, StringComparison.Ordinal);
        Assert.Equal(403, (int)(await sso.Owner.Person.PostSessionAsync()).StatusCode);
        await SsoTenant.SignInAsync(browser, "ann@example.com");
        await SsoTenant.MeAsync(browser);
    }

    // OpenID Connect RP-Initiated Logout 1.0.
    [Fact]
    public async Task SignOut_EndsTheSessionHereAndThere()
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product);
        await sso.EmployAsync("ann@example.com");
        using var browser = sso.Browser();
        await SsoTenant.SignInAsync(browser, "ann@example.com");

        var page = await browser.GetAsync(browser.Url("/users/sign_in"));
        Assert.Contains($"form-action 'self' {sso.Org.Url.GetLeftPart(UriPartial.Authority)};", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var back = await browser.FollowAsync(await browser.SubmitAsync(page));
        Assert.Equal(200, (int)back.StatusCode);
        Assert.Equal("/oauth2/v1/logout", browser.Visited[0].AbsolutePath);
        Assert.Equal($"/t/{sso.Tenant.Slug}/users/sign_in", browser.Visited[^1].AbsolutePath);
        Assert.Equal(401, (int)(await browser.SendAsync("GET", "/api/v1/me")).StatusCode);
        Assert.DoesNotContain(browser.CookieNames, name => name.Contains("hint", StringComparison.Ordinal));
    }

    // Rule 9.
    [Theory]
    [InlineData("GET", "{root}/courses/1?x=y", "/courses/1?x=y")]
    [InlineData("POST", "{root}/courses/1", "/courses/1")]
    [InlineData("GET", "https://evil.example/t/acme/x", "/users/sign_in")]
    [InlineData("GET", "{root}@evil.example/", "/users/sign_in")]
    [InlineData("GET", "{root}/../../evil", "/users/sign_in")]
    [InlineData("GET", "{root}//evil.example", "/users/sign_in")]
    [InlineData("GET", "javascript:alert(1)", "/users/sign_in")]
    [InlineData("GET", "", "/users/sign_in")]
    public async Task Initiate_FromTheOwnIssuer_BeginsASignInThatLeadsNowhereElse(string method, string target, string expected)
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product);
        await sso.EmployAsync("ann@example.com");
        using var browser = sso.Browser();
        var query = $"iss={Uri.EscapeDataString(sso.Issuer)}&login_hint=ann&target_link_uri={Uri.EscapeDataString(target.Replace("{root}", sso.Root, StringComparison.Ordinal))}";
        var begun = method == "GET"
            ? await browser.SendAsync("GET", $"/users/auth/okta/initiate?{query}")
            : await browser.SendAsync("POST", "/users/auth/okta/initiate", new StringContent(query, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"));
        var page = await browser.FollowAsync(begun);
        await browser.FollowAsync(await browser.SubmitAsync(page, ("login", "ann@example.com")), url => url.Authority == shared.Product.BaseUrl.Authority && !SsoTenant.IsCallback(url));
        Assert.Equal($"{sso.Root}{expected}", browser.Visited[^1].AbsoluteUri);
        await SsoTenant.MeAsync(browser);
    }

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();
}
