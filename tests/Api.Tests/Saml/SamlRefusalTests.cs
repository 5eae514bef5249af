using OrleansIdentity.Api.Tests.SignIn;

namespace OrleansIdentity.Api.Tests.Saml;

/// <summary>What is not accepted is a page that a person understands, with a reference under which the log has what an admin does about it.</summary>
[Collection(SignInCollection.Name)]
public sealed class SamlRefusalTests(SignInProduct shared)
{
    [Theory]
    [InlineData("malformed", "saml-response-malformed")]
    [InlineData("other-tenant", "saml-destination")]
    [InlineData("other-audience", "saml-audience")]
    [InlineData("other-issuer", "saml-issuer")]
    [InlineData("other-key", "saml-signature-invalid")]
    [InlineData("expired", "saml-subject-expired")]
    [InlineData("too-large", "saml-response-too-large")]
    [InlineData("unknown-user", "unknown-user")]
    [InlineData("linked-to-another", "linked-to-another")]
    [InlineData("not-invited", "not-invited")]
    [InlineData("deactivated", "account-deactivated")]
    public async Task Response_ThatIsNotAccepted_IsRefusedWithPageAndEvent(string what, string reference)
    {
        using var org = await SamlOrg.CreateAsync(shared.Product);
        using var other = await SamlOrg.CreateAsync(shared.Product);
        var id = await org.InvitedAsync("ann@x.test", isInvited: what != "not-invited");
        if (what == "deactivated")
        {
            await org.Tenant.Scim.PatchAsync($"Users/{id}", Product.ScimClient.PatchOp(Product.ScimClient.Replace("active", false)));
        }

        using var browser = new Browser(org.Tenant);
        var (query, request) = await org.StartAsync(browser);
        var idp = new { entityId = $"http://www.okta.com/{org.Tenant.Slug}", certificates = new[] { org.Certificate }, url = SamlOrg.IdpUrl };
        Task<string> Respond(object? sp = null, object? of = null, DateTimeOffset? now = null, string user = "ann@x.test", string oktaId = "00u1", SamlOrg? by = null) =>
            (by ?? org).RespondAsync("samlify-respond", request, user, oktaId, sp: sp ?? org.Sp, idp: of ?? idp, now: now);
        var response = what switch
        {
            "malformed" => "PHg+",
            "too-large" => new string('A', 1_000_000),
            "other-tenant" => await Respond(sp: other.Sp),
            "other-audience" => await Respond(sp: new { entityId = "https://elsewhere.example", acs = $"{org.Root}/users/auth/saml/acs" }),
            "other-issuer" => await Respond(of: new { entityId = "http://www.okta.com/other", certificates = new[] { org.Certificate }, url = SamlOrg.IdpUrl }),
            "other-key" => await Respond(by: other),
            "expired" => await Respond(now: TimeProvider.System.GetUtcNow().AddHours(-1)),
            "unknown-user" => await Respond(user: "bob@x.test", oktaId: "00u2"),
            "linked-to-another" => await Respond(oktaId: "00u2"),
            _ => await Respond(),
        };
        var answer = await SamlOrg.PostAsync(browser, response, query.Values["RelayState"]);
        var refused = await org.RefusedAsync(answer);
        Assert.Equal(reference, refused.Reference);
        Assert.InRange(refused.Status, 400, 403);
        Assert.DoesNotContain(browser.CookieNames, name => name.StartsWith("__Host-session", StringComparison.Ordinal));
        Assert.StartsWith("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        if (reference.StartsWith("saml-", StringComparison.Ordinal))
        {
            var failed = (await org.Tenant.EventsAsync()).Last(one => one["type"]!.GetValue<string>() == "sign-in.failed");
            Assert.Contains(failed["changes"]!.AsArray(), change => change!["path"]!.GetValue<string>() == "signIn.detail");
        }
    }

    // rules.md, rule 4: one org may serve two tenants, and still a response is for one of them.
    [Fact]
    public async Task Response_OfATenantOfTheSameOrg_IsRefusedAtTheOther()
    {
        using var org = await SamlOrg.CreateAsync(shared.Product, isSetUp: true);
        using var other = await SamlOrg.CreateAsync(shared.Product, isSetUp: false);
        await other.Owner.DoAsync("PUT", "/saml", new { metadata = await org.MetadataAsync(), oktaIdAttribute = "oktaId" });
        await other.Owner.DoAsync("PUT", "/sso", new { method = "saml" });
        await org.InvitedAsync("ann@x.test");
        await other.InvitedAsync("ann@x.test");
        using var browser = new Browser(other.Tenant);
        var (query, request) = await StartAsync(browser);
        Assert.Equal((403, "saml-destination"), await other.RefusedAsync(await SamlOrg.PostAsync(browser, await org.RespondAsync("samlify-respond", request, "ann@x.test"), query)));
        var second = await StartAsync(browser);
        var right = await org.RespondAsync("samlify-respond", second.Request, "ann@x.test", sp: other.Sp);
        Assert.Equal(303, (int)(await SamlOrg.PostAsync(browser, right, second.RelayState)).StatusCode);

        async Task<(string RelayState, string Request)> StartAsync(Browser browser)
        {
            var (sent, id) = await other.StartAsync(browser);
            return (sent.Values["RelayState"], id);
        }
    }
}
