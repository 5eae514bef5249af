using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.SignIn;

namespace OrleansIdentity.Api.Tests.Sso;

[Collection(SignInCollection.Name)]
public sealed class SsoSettingsTests(SignInProduct shared)
{
    private const string Second = "the-second-client-secret";

    [Fact]
    public async Task Secret_OnceSet_IsShownNowhere()
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product);
        var shown = await (await sso.Owner.GetAsync()).Content.ReadAsStringAsync();
        Assert.DoesNotContain(SsoTenant.Secret, shown, StringComparison.Ordinal);
        var oidc = JsonNode.Parse(shown)!["sso"]!["oidc"]!;
        Assert.Equal((sso.Issuer, sso.App.Id), (oidc["issuer"]!.GetValue<string>(), oidc["clientId"]!.GetValue<string>()));
        Assert.Equal(["id", "setAt"], Assert.Single(oidc["clientSecrets"]!.AsArray())!.AsObject().Select(member => member.Key));
        Assert.Equal($"{sso.Root}/users/auth/okta/callback", JsonNode.Parse(shown)!["sso"]!["toPaste"]!["signInRedirectUri"]!.GetValue<string>());

        var changed = Assert.Single(await sso.Tenant.EventsAsync(), one => one["type"]!.GetValue<string>() == "integration.changed");
        Assert.DoesNotContain(SsoTenant.Secret, changed.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(sso.Issuer, SsoTenant.Change(changed, "sso.oidc.issuer"));
        Assert.DoesNotContain("secret", (await (await shared.Product.Operator.GetAsync($"/operator/v1/tenants/{sso.Tenant.Slug}")).Content.ReadAsStringAsync()), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Secret_Rotated_IsLiveBesideTheOneBefore()
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product);
        await sso.EmployAsync("ann@example.com");
        sso.Register(SsoTenant.Secret, Second);
        var ids = Ids(await sso.Owner.DoAsync("PUT", "/sso", sso.Oidc(Second)));
        Assert.Equal(2, ids.Length);

        // Sent again, the same one is no third; without one, both stay.
        Assert.Equal(ids, Ids(await sso.Owner.DoAsync("PUT", "/sso", sso.Oidc(Second))));
        Assert.Equal(ids, Ids(await sso.Owner.DoAsync("PUT", "/sso", sso.Oidc(secret: null))));
        Assert.Single(await sso.Tenant.EventsAsync(), one => one["type"]!.GetValue<string>() == "integration.secret-rotated");

        foreach (var known in new[] { SsoTenant.Secret, Second })
        {
            sso.Register(known);
            using var browser = sso.Browser();
            await SsoTenant.SignInAsync(browser, "ann@example.com");
            await SsoTenant.MeAsync(browser);
        }

        sso.Register("a-third-client-secret");
        using var locked = sso.Browser();
        await sso.AssertRefusedAsync(locked, await SsoTenant.SignInAsync(locked, "ann@example.com"), 502, "client-refused");
        Assert.Equal((409, "client-secret-limit"), await sso.Owner.RefusalAsync("PUT", "/sso", sso.Oidc("a-third-client-secret")));
        Assert.Equal((404, "client-secret-unknown"), await sso.Owner.RefusalAsync("DELETE", "/sso/client-secrets/none"));
        Assert.Equal([ids[0]], Ids(await sso.Owner.DoAsync("DELETE", $"/sso/client-secrets/{ids[1]}")));
        Assert.Equal((409, "client-secret-last"), await sso.Owner.RefusalAsync("DELETE", $"/sso/client-secrets/{ids[0]}"));
        Assert.Equal(2, Ids(await sso.Owner.DoAsync("PUT", "/sso", sso.Oidc("a-third-client-secret"))).Length);
    }

    [Fact]
    public async Task Change_ThatOktaDoesNotAgreeWith_IsNotSaved()
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product, isSetUp: false);
        foreach (var (wanted, check, error) in new[]
        {
            (sso.Oidc("wrong"), "client-secret", "client-secret-wrong"),
            (sso.Oidc(clientId: "0oanone"), "redirect-uri", "redirect-uri-refused"),
            (sso.Oidc(issuer: $"{sso.Issuer}/oauth2/none"), "issuer", "issuer-not-found"),
            (sso.Oidc(issuer: "https://acme.okta.com@evil.example"), "issuer", "url-invalid"),
            (sso.Oidc(issuer: "http://acme.okta.com"), "issuer", "url-not-https"),
            (sso.Oidc(issuer: "https://169.254.169.254"), "issuer", "url-not-public"),
            (sso.Oidc(issuer: "https://10.0.0.1"), "issuer", "url-not-public"),
            (sso.Oidc(issuer: "https://intranet"), "issuer", "url-not-public"),
        })
        {
            var answer = await sso.Owner.SendAsync("PUT", "/sso", wanted);
            var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            Assert.Equal((422, "sso-check-failed"), ((int)answer.StatusCode, problem["id"]!.GetValue<string>()));
            var failed = problem["checks"]!.AsArray().First(one => one!["result"]!.GetValue<string>() == "failed")!;
            Assert.Equal((check, error), (failed["id"]!.GetValue<string>(), failed["errorId"]!.GetValue<string>()));
        }

        Assert.Equal((400, "client-secret-missing"), await sso.Owner.RefusalAsync("PUT", "/sso", sso.Oidc(secret: null)));
        Assert.Equal((400, "sso-text-invalid"), await sso.Owner.RefusalAsync("PUT", "/sso", sso.Oidc("two\nlines")));
        Assert.Equal((400, "sso-method-unknown"), await sso.Owner.RefusalAsync("PUT", "/sso", new { method = "ldap" }));
        Assert.Equal((400, "sso-not-set-up"), await sso.Owner.RefusalAsync("PUT", "/sso", new { method = "oidc" }));
        Assert.Equal((409, "saml-not-set-up"), await sso.Owner.RefusalAsync("PUT", "/sso", new { method = "saml" }));
        Assert.Equal((400, "settings-unknown-member"), await sso.Owner.RefusalAsync("PUT", "/sso", new { method = "oidc", oidc = new { issuer = "x", clientId = "y", client_secret = "z" } }));
        Assert.Equal("none", (await sso.Owner.DoAsync("GET", ""))["sso"]!["method"]!.GetValue<string>());
        Assert.DoesNotContain(await sso.Tenant.EventsAsync(), one => one["type"]!.GetValue<string>().StartsWith("integration.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Test_SaysWhatOktaSaysAndSavesNothing()
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product, isSetUp: false);
        Assert.Equal((400, "sso-not-set-up"), await sso.Owner.RefusalAsync("POST", "/sso/test", new { }));
        var good = await sso.Owner.DoAsync("POST", "/sso/test", new { oidc = new { issuer = sso.Issuer, clientId = sso.App.Id, clientSecret = SsoTenant.Secret } });
        Assert.True(good["isGood"]!.GetValue<bool>());
        Assert.Equal(["issuer", "redirect-uri", "client-secret"], good["checks"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()));
        Assert.Null((await sso.Owner.DoAsync("GET", ""))["sso"]!["oidc"]);

        await sso.Owner.DoAsync("PUT", "/sso", sso.Oidc());
        sso.Register("another");
        Assert.False((await sso.Owner.DoAsync("POST", "/sso/test", new { }))["isGood"]!.GetValue<bool>());
    }

    // Switched off and on again, what was set up is still there; another client begins without secrets.
    [Fact]
    public async Task Method_None_KeepsTheApp()
    {
        await using var sso = await SsoTenant.CreateAsync(shared.Product);
        Assert.Equal(sso.Issuer, (await sso.Owner.DoAsync("PUT", "/sso", new { method = "none" }))["sso"]!["oidc"]!["issuer"]!.GetValue<string>());
        using var browser = sso.Browser();
        Assert.Equal(404, (int)(await browser.GetAsync(browser.Url("/users/auth/okta"))).StatusCode);
        await sso.Owner.DoAsync("PUT", "/sso", new { method = "oidc" });
        Assert.Equal(302, (int)(await browser.GetAsync(browser.Url("/users/auth/okta"))).StatusCode);

        Assert.Equal((400, "client-secret-missing"), await sso.Owner.RefusalAsync("PUT", "/sso", sso.Oidc(secret: null, issuer: $"{sso.Issuer}/oauth2/default")));
        Assert.Single(Ids(await sso.Owner.DoAsync("PUT", "/sso", sso.Oidc(issuer: $"{sso.Issuer}/oauth2/default"))));
    }

    private static string[] Ids(JsonObject settings) => [.. settings["sso"]!["oidc"]!["clientSecrets"]!.AsArray().Select(one => one!["id"]!.GetValue<string>())];
}
