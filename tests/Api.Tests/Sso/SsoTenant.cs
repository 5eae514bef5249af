using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Api.Tests.Settings;
using OrleansIdentity.Api.Tests.SignIn;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.OktaSimulator.Directories;
using OrleansIdentity.OktaSimulator.Management;
using OrleansIdentity.OktaSimulator.Provider;

namespace OrleansIdentity.Api.Tests.Sso;

/// <summary>A tenant with an Okta org of its own, in which it has an OpenID Connect app.</summary>
public sealed class SsoTenant : IAsyncDisposable
{
    public const string Secret = "the-first-client-secret";

    private bool _isStopped;

    private SsoTenant(TestTenant tenant, SimulatedOrg org, SettingsClient owner, DirectoryApp app, string issuerPath) =>
        (Tenant, Org, Owner, App, Issuer) = (tenant, org, owner, app, org.Url.GetLeftPart(UriPartial.Authority) + issuerPath);

    public TestTenant Tenant { get; }

    public SimulatedOrg Org { get; }

    public SettingsClient Owner { get; }

    public DirectoryApp App { get; }

    public string Issuer { get; }

    public string Root => new Uri(Tenant.Product.BaseUrl, $"/t/{Tenant.Slug}").AbsoluteUri;

    public static async Task<SsoTenant> CreateAsync(RunningProduct product, string issuerPath = "", bool isSetUp = true)
    {
        var tenant = await TestTenant.CreateAsync(product);
        var org = await SimulatedOrg.StartAsync(new SimulatedOrgOptions());
        var sso = new SsoTenant(tenant, org, await SettingsClient.CreateAsync(tenant), org.Directory.CreateApp("Acme"), issuerPath);
        sso.Register(Secret);
        if (isSetUp)
        {
            await sso.Owner.DoAsync("PUT", "/sso", sso.Oidc());
        }

        return sso;
    }

    /// <summary>What the owner sends to set it up.</summary>
    public object Oidc(string? secret = Secret, string? issuer = null, string? clientId = null) =>
        new { method = "oidc", oidc = new { issuer = issuer ?? Issuer, clientId = clientId ?? App.Id, clientSecret = secret } };

    /// <summary>Has Okta know the app with these secrets.</summary>
    public void Register(string secret, string? other = null) => Org.Provider.Register(
        new OidcApp(App.Id, secret, [$"{Root}/users/auth/okta/callback"]) { OtherSecret = other, SignOutUris = [$"{Root}/users/sign_in"] });

    public async Task SetPolicyAsync(bool ssoOnly = false, bool requireMultiFactor = false, int sessionHours = 24) =>
        await Owner.DoAsync("PUT", "/policy", new { ssoOnly, requireMultiFactor, sessionHours, idpInitiated = false });

    /// <summary>Somebody in the org who has the app.</summary>
    public DirectoryUser Hire(string login, bool isAssigned = true)
    {
        var user = Org.Directory.CreateUser(login, "Ann", "Lee");
        if (isAssigned)
        {
            Org.Directory.Assign(App.Id, user.Id);
        }

        return user;
    }

    /// <summary>An account, as SCIM makes it.</summary>
    public async Task<string> ProvisionAsync(string login, string? externalId = null, bool isInvited = true)
    {
        var emails = new JsonArray(new JsonObject { ["value"] = login, ["primary"] = true });
        var id = externalId is null
            ? await Tenant.Scim.CreateAsync(login, ("emails", emails))
            : await Tenant.Scim.CreateAsync(login, ("emails", emails), ("externalId", externalId));
        if (isInvited)
        {
            await Tenant.InviteAsync(id);
        }

        return id;
    }

    /// <summary>Somebody in the org whose account is provisioned and invited.</summary>
    public async Task<(DirectoryUser User, string Id)> EmployAsync(string login)
    {
        var user = Hire(login);
        return (user, await ProvisionAsync(login, user.Id));
    }

    public IUserGrain User(string id) => Tenant.Product.Services.GetRequiredService<IGrainFactory>().GetGrain<IUserGrain>(GrainKeys.Resource(Tenant.Slug, id));

    public Browser Browser() => new(Tenant);

    /// <summary>Signs in at the org, and goes where that leads.</summary>
    public static async Task<HttpResponseMessage> SignInAsync(
        Browser browser, string login, bool second = false, string start = "/users/auth/okta", Func<Uri, bool>? stop = null)
    {
        var page = await browser.FollowAsync(await browser.GetAsync(browser.Url(start)));
        Assert.Equal(200, (int)page.StatusCode);
        return await browser.FollowAsync(await browser.SubmitAsync(page, ("login", login), ("second", second ? "yes" : "")), stop);
    }

    public static bool IsCallback(Uri url) => url.AbsolutePath.EndsWith("/users/auth/okta/callback", StringComparison.Ordinal);

    /// <summary>Somebody is in.</summary>
    public static async Task<JsonObject> MeAsync(Browser browser)
    {
        var answer = await browser.SendAsync("GET", "/api/v1/me");
        Assert.Equal(200, (int)answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }

    /// <summary>Somebody was refused: the page says so by the reason's id, there is no session, and the last event has the reason.</summary>
    public async Task AssertRefusedAsync(Browser browser, HttpResponseMessage page, int status, string reason, string? userId = null)
    {
        var text = await page.Content.ReadAsStringAsync();
        Assert.True((int)page.StatusCode == status && text.Contains($"<code>{reason}</code>", StringComparison.Ordinal), $"Expected {status} {reason}, got {(int)page.StatusCode}: {text}");
        Assert.Equal(401, (int)(await browser.SendAsync("GET", "/api/v1/me")).StatusCode);
        Assert.Equal((reason, userId ?? "unknown"), await LastFailureAsync());
    }

    public async Task<(string Reason, string UserId)> LastFailureAsync()
    {
        var last = (await Tenant.EventsAsync()).Last(one => one["type"]!.GetValue<string>() == "sign-in.failed");
        Assert.Equal("oidc", Change(last, "signIn.method"));
        return (Change(last, "signIn.reason"), last["actor"]!.GetValue<string>());
    }

    public static string Change(JsonObject one, string path) =>
        one["changes"]!.AsArray().Single(change => change!["path"]!.GetValue<string>() == path)!["after"]!.GetValue<string>();

    /// <summary>The org is away from now on.</summary>
    public async Task StopOrgAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            await Org.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        Tenant.Dispose();
        await StopOrgAsync();
    }
}
