using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Api.Tests.SignIn;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Api.Tests.Saml;

/// <summary>Sign-in by SAML against identity providers of other makes: npm samlify and samlp.</summary>
[Collection(SignInCollection.Name)]
public sealed class SamlSignInTests(SignInProduct shared)
{
    private const string MultiFactor = "urn:okta:loa:2fa:any";

    [Theory]
    [InlineData("samlify-respond", "assertion")]
    [InlineData("samlify-respond", "response")]
    [InlineData("samlify-respond", "both")]
    [InlineData("samlp-respond", "assertion")]
    [InlineData("samlp-respond", "response")]
    [InlineData("samlp-respond", "both")]
    public async Task SignIn_BegunHere_LetsInWhoIsInvitedAndAcceptsTheInvitation(string peer, string signed)
    {
        // samlp's Name ID is the Okta id, and the address an attribute.
        var isSamlp = peer == "samlp-respond";
        using var org = isSamlp
            ? await SamlOrg.CreateAsync(shared.Product, oktaIdAttribute: null, emailAttribute: SamlOrg.Email)
            : await SamlOrg.CreateAsync(shared.Product);
        var id = await org.InvitedAsync("ann@x.test");
        using var browser = new Browser(org.Tenant);
        var (query, requestId) = await org.StartAsync(browser, "/users/auth/saml?return_to=/courses/1?x=y");
        var response = isSamlp
            ? await org.RespondAsync(peer, requestId, "00u1", email: "ann@x.test", signed: signed)
            : await org.RespondAsync(peer, requestId, "ann@x.test", signed: signed);
        var answer = await SamlOrg.PostAsync(browser, response, query.Values["RelayState"]);

        Assert.Equal((303, $"/t/{org.Tenant.Slug}/courses/1?x=y"), ((int)answer.StatusCode, answer.Headers.Location?.OriginalString));
        var me = await (await browser.SendAsync("GET", "/api/v1/me")).Content.ReadFromJsonAsync<JsonObject>();
        Assert.Equal((id, "confirmed"), (me!["id"]!.GetValue<string>(), me["status"]!.GetValue<string>()));
        var succeeded = Assert.Single(await org.Tenant.EventsAsync(id), one => one["type"]!.GetValue<string>() == "sign-in.succeeded");
        Assert.Contains("\"saml\"", succeeded["changes"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(browser.CookieNames, name => name.StartsWith("__Host-saml-", StringComparison.Ordinal));

        // The same once more: the request is answered, and without a request nothing is accepted here.
        Assert.Equal((400, "saml-in-response-to"), await org.RefusedAsync(await SamlOrg.PostAsync(browser, response, query.Values["RelayState"])));
    }

    [Fact]
    public async Task Start_Cookie_IsSealedAndComesAlongFromOtherSites()
    {
        using var org = await SamlOrg.CreateAsync(shared.Product);
        using var browser = new Browser(org.Tenant);
        var answer = await browser.GetAsync(browser.Url("/users/auth/saml"));
        var set = Assert.Single(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith($"__Host-saml-{org.Tenant.Slug}-", StringComparison.Ordinal));
        Assert.All(new[] { "secure", "httponly", "samesite=none", "path=/", "max-age=900" }, part => Assert.Contains(part, set, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("users/auth/saml\"", await (await browser.GetAsync(browser.Url("/users/sign_in"))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    // Two tabs do not disturb each other; another browser has nothing of it.
    [Fact]
    public async Task SignIn_InTwoTabs_WorksInBothAndInNoOtherBrowser()
    {
        using var org = await SamlOrg.CreateAsync(shared.Product);
        await org.InvitedAsync("ann@x.test");
        using var browser = new Browser(org.Tenant);
        using var thief = new Browser(org.Tenant);
        var first = await org.StartAsync(browser);
        var second = await org.StartAsync(browser);
        var stolen = await org.RespondAsync("samlify-respond", first.RequestId, "ann@x.test");
        Assert.Equal((400, "saml-in-response-to"), await org.RefusedAsync(await SamlOrg.PostAsync(thief, stolen, first.Query.Values["RelayState"])));

        // The answer to one request with the relay state of the other.
        var crossed = await org.RespondAsync("samlify-respond", second.RequestId, "ann@x.test");
        Assert.Equal((400, "saml-in-response-to"), await org.RefusedAsync(await SamlOrg.PostAsync(browser, crossed, first.Query.Values["RelayState"])));
        Assert.Equal(303, (int)(await SamlOrg.PostAsync(browser, crossed, second.Query.Values["RelayState"])).StatusCode);
    }

    [Theory]
    [InlineData("/courses/1", "/courses/1")]
    [InlineData("https://evil.example", "/users/sign_in")]
    [InlineData("//evil.example", "/users/sign_in")]
    [InlineData("/%2f/evil.example", "/users/sign_in")]
    [InlineData("/\\evil.example", "/users/sign_in")]
    [InlineData("javascript:alert(1)", "/users/sign_in")]
    public async Task SignIn_BegunAtOkta_WhereAllowed_LeadsNowhereElse(string relayState, string path)
    {
        using var org = await SamlOrg.CreateAsync(shared.Product, oktaIdAttribute: null, emailAttribute: SamlOrg.Email);
        await org.InvitedAsync("ann@x.test");
        using var browser = new Browser(org.Tenant);
        var response = await org.RespondAsync("samlp-respond", null, "00u1", email: "ann@x.test");
        Assert.Equal((403, "saml-idp-initiated"), await org.RefusedAsync(await SamlOrg.PostAsync(browser, response, relayState)));

        await org.SetPolicyAsync(idpInitiated: true);
        var answer = await SamlOrg.PostAsync(browser, response, relayState);
        Assert.Equal((303, $"/t/{org.Tenant.Slug}{path}"), ((int)answer.StatusCode, answer.Headers.Location?.OriginalString));

        // Brought again, by whoever, it is worth nothing.
        using var thief = new Browser(org.Tenant);
        Assert.Equal((400, "saml-replayed"), await org.RefusedAsync(await SamlOrg.PostAsync(thief, response, relayState)));
        Assert.DoesNotContain(thief.CookieNames, name => name.StartsWith("__Host-session", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SignIn_ManyWithOneResponseAtOnce_IsOne()
    {
        using var org = await SamlOrg.CreateAsync(shared.Product, oktaIdAttribute: null, emailAttribute: SamlOrg.Email);
        await org.InvitedAsync("ann@x.test");
        await org.SetPolicyAsync(idpInitiated: true);
        var response = await org.RespondAsync("samlp-respond", null, "00u1", email: "ann@x.test");
        var browsers = Enumerable.Range(0, 10).Select(_ => new Browser(org.Tenant)).ToArray();
        var answers = await Task.WhenAll(browsers.Select(browser => SamlOrg.PostAsync(browser, response, null)));
        Assert.Single(answers, answer => (int)answer.StatusCode == 303);
        Array.ForEach(browsers, browser => browser.Dispose());
    }

    // rules.md, rule 6.
    [Fact]
    public async Task SignIn_WhereMultiFactorIsDemanded_NeedsAContextThatShowsIt()
    {
        using var org = await SamlOrg.CreateAsync(shared.Product);
        await org.InvitedAsync("ann@x.test");
        await org.SetPolicyAsync(requireMultiFactor: true);
        using var browser = new Browser(org.Tenant);
        var weak = await org.StartAsync(browser);
        var answer = await SamlOrg.PostAsync(browser, await org.RespondAsync("samlify-respond", weak.RequestId, "ann@x.test"), weak.Query.Values["RelayState"]);
        Assert.Equal((403, "saml-authn-context"), await org.RefusedAsync(answer));

        // The page offers to be asked for everything again.
        const string afresh = "/users/auth/saml?afresh=true";
        Assert.Contains($"{afresh}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(IsForced(weak.Query));
        Assert.True(IsForced((await org.StartAsync(browser, afresh)).Query));
        var old = await org.StartAsync(browser);
        var stale = await org.RespondAsync(
            "samlify-respond", old.RequestId, "ann@x.test", context: MultiFactor, authnInstant: TimeProvider.System.GetUtcNow().AddHours(-169));
        Assert.Equal((403, "sign-in-too-old"), await org.RefusedAsync(await SamlOrg.PostAsync(browser, stale, old.Query.Values["RelayState"])));
        var strong = await org.StartAsync(browser);
        var good = await org.RespondAsync("samlify-respond", strong.RequestId, "ann@x.test", context: MultiFactor);
        Assert.Equal(303, (int)(await SamlOrg.PostAsync(browser, good, strong.Query.Values["RelayState"])).StatusCode);
        var sessions = await (await browser.SendAsync("GET", "/api/v1/sessions")).Content.ReadFromJsonAsync<JsonObject>();
        Assert.Equal(("saml", "mfa"), (sessions!["sessions"]![0]!["method"]!.GetValue<string>(), sessions["sessions"]![0]!["factors"]![0]!.GetValue<string>()));

        // Begun at Okta, nothing was asked for, and it is demanded all the same.
        await org.SetPolicyAsync(idpInitiated: true, requireMultiFactor: true);
        await org.Owner.DoAsync("PUT", "/saml", new { oktaIdAttribute = (string?)null, emailAttribute = SamlOrg.Email });
        var unasked = await org.RespondAsync("samlp-respond", null, "00u1", email: "ann@x.test");
        Assert.Equal((403, "multi-factor-required"), await org.RefusedAsync(await SamlOrg.PostAsync(browser, unasked, null)));
    }

    // rules.md, rules 4 and 7.
    [Fact]
    public async Task SignIn_AtATenantWithoutSamlOrDisabled_IsNotThere()
    {
        using var org = await SamlOrg.CreateAsync(shared.Product, isSetUp: false);
        using var browser = new Browser(org.Tenant);
        async Task<string> StatusesAsync()
        {
            var (start, posted) = (await browser.GetAsync(browser.Url("/users/auth/saml")), await SamlOrg.PostAsync(browser, "x", null));
            return $"{(int)start.StatusCode}, {(int)posted.StatusCode}, {(int)(await browser.GetAsync(browser.Url("/users/auth/saml/metadata"))).StatusCode}";
        }

        Assert.Equal("404, 404, 404", await StatusesAsync());
        await org.Owner.DoAsync("PUT", "/saml", new { metadata = await org.MetadataAsync() });
        Assert.Equal("404, 404, 200", await StatusesAsync());
        await org.Owner.DoAsync("PUT", "/sso", new { method = "saml" });
        Assert.Equal("303, 403, 200", await StatusesAsync());
        (await shared.Product.Operator.PostAsync($"/operator/v1/tenants/{org.Tenant.Slug}/disable", null)).EnsureSuccessStatusCode();
        Assert.Equal("404, 404, 404", await StatusesAsync());
    }

    // An invitation is accepted by single sign-on too, also where passwords are not accepted.
    [Fact]
    public async Task Invitation_WhereSsoIsOn_LeadsToIt()
    {
        using var org = await SamlOrg.CreateAsync(shared.Product);
        using var host = await HostProduct.HostClient.MintAsync(org.Tenant);
        var address = $"ann@{org.Tenant.Slug}.test";
        var id = await org.InvitedAsync(address, isInvited: false);
        Assert.Equal(200, (await host.SendAsync("POST", $"users/{id}/invitation", by: org.Owner.Person.Id)).Status);
        string[] mails;
        while ((mails = Directory.Exists(shared.MailFolder) ? [.. Directory.GetFiles(shared.MailFolder, "*.eml").Where(file => File.ReadAllText(file).Contains(address, StringComparison.Ordinal))] : []).Length == 0)
        {
            await Task.Yield();
        }

        var link = System.Text.RegularExpressions.Regex.Match(MimeKit.MimeMessage.Load(mails[0]).TextBody!, @"/users/password/\S+").Value;
        using var browser = new Browser(org.Tenant);
        async Task<string> PageAsync() => await (await browser.GetAsync(browser.Url(link))).Content.ReadAsStringAsync();
        var page = await PageAsync();
        Assert.Contains($"/t/{org.Tenant.Slug}/users/auth/saml\"", page, StringComparison.Ordinal);
        Assert.Contains("type=\"password\"", page, StringComparison.Ordinal);
        await org.SetPolicyAsync(ssoOnly: true);
        page = await PageAsync();
        Assert.Contains($"/t/{org.Tenant.Slug}/users/auth/saml\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"password\"", page, StringComparison.Ordinal);
    }

    private static bool IsForced(Query query)
    {
        using var inflated = new DeflateStream(new MemoryStream(Convert.FromBase64String(query.Values["SAMLRequest"])), CompressionMode.Decompress);
        return XDocument.Load(inflated).Root!.Attribute("ForceAuthn")?.Value == "true";
    }
}
