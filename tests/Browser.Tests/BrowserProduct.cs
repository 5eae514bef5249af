using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.OktaSimulator.Directories;
using OrleansIdentity.OktaSimulator.Management;
using OrleansIdentity.OktaSimulator.Provider;

namespace OrleansIdentity.Browser.Tests;

/// <summary>The product as one starts it to try it, with its demo tenant, an Okta org that the tenant signs in with, and a real browser.</summary>
public sealed class BrowserProduct : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";
    private const string Secret = "the-client-secret";

    // A container without a user name space of its own, without a graphics card, and with a small /dev/shm; and a browser that calls nobody by itself.
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
        "--disable-default-apps",
    ];

    private readonly string _data = Directory.CreateTempSubdirectory("orleansidentity-browser-").FullName;
    private WebApplication _app = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;
    private string _scimToken = "";
    private string _operatorKey = "";

    public string Root { get; private set; } = "";

    public string OwnerEmail { get; private set; } = "";

    public string OwnerPassword { get; private set; } = "";

    public SimulatedOrg Org { get; private set; } = null!;

    public DirectoryApp App { get; private set; } = null!;

    public string MailFolder => Path.Combine(_data, "mail");

    public async Task InitializeAsync()
    {
        Assert.True(File.Exists(Chromium), "Chromium is missing: install Debian's package 'chromium', as test.sh does.");
        _app = ApiHost.Build(
        [
            "--urls", "http://127.0.0.1:0", "--environment", "Development", "--Data:Path", _data, "--Okta:AllowLoopback", "true", "--SignIn:HashIterations", "10000",
            "--Logging:LogLevel:Default", "Error",
        ]);
        await _app.StartAsync();
        var demo = JsonNode.Parse(await File.ReadAllBytesAsync(Path.Combine(_data, "demo.json")))!;
        string Of(string member) => demo[member]!.GetValue<string>();
        (Root, OwnerEmail, OwnerPassword, _scimToken, _operatorKey) = ($"{Of("baseUrl")}/t/{Of("tenant")}", Of("ownerEmail"), Of("ownerPassword"), Of("scimToken"), Of("operatorKey"));

        Org = await SimulatedOrg.StartAsync(new SimulatedOrgOptions());
        App = Org.Directory.CreateApp("Acme");
        Org.Provider.Register(new OidcApp(App.Id, Secret, [$"{Root}/users/auth/okta/callback"]) { SignOutUris = [$"{Root}/users/sign_in"] });
        await SetUpAsync();

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Headless = true, Args = Flags });
    }

    /// <summary>A page of a browser that has never been here; whatever it complains about is in the list.</summary>
    public async Task<(IPage Page, List<string> Complaints)> OpenAsync(int width = 1_000, bool isDark = false)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 800 }, ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
        });
        context.SetDefaultTimeout(30_000);
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.Contains("favicon", StringComparison.Ordinal))
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        return (page, complaints);
    }

    /// <summary>Somebody in the org who has the app, and perhaps an account here that is the same person's.</summary>
    public async Task<DirectoryUser> HireAsync(string login, bool hasAccount)
    {
        var user = Org.Directory.CreateUser(login, "Ann", "Lee");
        Org.Directory.Assign(App.Id, user.Id);
        if (hasAccount)
        {
            using var scim = Client(_scimToken);
            (await scim.PostAsJsonAsync($"{Root}/scim/v2/Users", new { schemas = new[] { "urn:ietf:params:scim:schemas:core:2.0:User" }, userName = login, externalId = user.Id })).EnsureSuccessStatusCode();
        }

        return user;
    }

    /// <summary>Names an owner, who is sent an invitation, or another one.</summary>
    public async Task InviteAsync(string email)
    {
        using var vendor = Client(_operatorKey);
        (await vendor.PostAsJsonAsync($"{new Uri(Root).GetLeftPart(UriPartial.Authority)}/operator/v1/tenants/acme/owners", new { email })).EnsureSuccessStatusCode();
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await Org.DisposeAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    // The owner does it, by the API, and is linked by hand.
    private async Task SetUpAsync()
    {
        using var anyone = new HttpClient();
        var session = await (await anyone.PostAsJsonAsync($"{Root}/api/v1/sessions", new { login = OwnerEmail, password = OwnerPassword })).Content.ReadFromJsonAsync<JsonObject>();
        using var owner = Client(session!["token"]!.GetValue<string>());
        var settings = $"{Root}/api/v1/settings/integrations/okta";
        var set = await owner.PutAsJsonAsync($"{settings}/sso", new
        {
            method = "oidc", oidc = new { issuer = Org.Url.GetLeftPart(UriPartial.Authority), clientId = App.Id, clientSecret = Secret },
        });
        Assert.True(set.IsSuccessStatusCode, await set.Content.ReadAsStringAsync());
        var user = await HireAsync(OwnerEmail, hasAccount: false);
        (await owner.PutAsJsonAsync($"{settings}/links/{session["userId"]!.GetValue<string>()}", new { oktaUserId = user.Id })).EnsureSuccessStatusCode();
    }

    private static HttpClient Client(string token)
    {
        var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }
}
