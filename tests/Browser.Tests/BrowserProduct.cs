using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
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
    private const string Settings = "/api/v1/settings/integrations/okta";
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
            "--urls", "https://127.0.0.1:0", "--Kestrel:Certificates:Default:Path", Certificate(), "--environment", "Development", "--Data:Path", _data, "--Okta:AllowLoopback", "true", "--SignIn:HashIterations", "10000",
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
            ViewportSize = new ViewportSize { Width = width, Height = 800 }, ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light, IgnoreHTTPSErrors = true,
        });
        context.SetDefaultTimeout(30_000);
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            // The org is not what is looked at; it has no icon, for one.
            if (message.Type is "error" or "warning" && !message.Location.StartsWith(Org.Url.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal))
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        return (page, complaints);
    }

    /// <summary>Goes to a page, and waits until it takes what is typed.</summary>
    public static async Task GoAsync(IPage page, string url)
    {
        await page.GotoAsync(url);
        await TakesKeysAsync(page);
    }

    /// <summary>Waits until a page has this heading, and takes what is typed.</summary>
    public static async Task ShowsAsync(IPage page, string title)
    {
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(title, new LocatorAssertionsToHaveTextOptions { Timeout = 30_000 });
        await TakesKeysAsync(page);
    }

    // A browser gives the focus to the field that wants it some time after the page is there: keys that come before it go elsewhere.
    private static async Task TakesKeysAsync(IPage page)
    {
        await page.WaitForLoadStateAsync(LoadState.Load);
        if (page.Locator("[autofocus]") is var field && await field.CountAsync() > 0)
        {
            await Assertions.Expect(field).ToBeFocusedAsync(new LocatorAssertionsToBeFocusedOptions { Timeout = 30_000 });
        }
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

    /// <summary>Changes the tenant's settings as its owner.</summary>
    public async Task SetAsync(string path, object wanted)
    {
        var (owner, _) = await OwnerAsync();
        using (owner)
        {
            var set = await owner.PutAsJsonAsync($"{Root}{Settings}{path}", wanted);
            Assert.True(set.IsSuccessStatusCode, await set.Content.ReadAsStringAsync());
        }
    }

    /// <summary>Links the owner's account, by hand, to somebody of the provider, and to nobody else.</summary>
    public async Task LinkOwnerAsync(string oktaUserId)
    {
        var (owner, id) = await OwnerAsync();
        using (owner)
        {
            // It ends the session that asks for it.
            await owner.DeleteAsync($"{Root}{Settings}/links/{id}");
        }

        await SetAsync($"/links/{id}", new { oktaUserId });
    }

    private async Task<(HttpClient Client, string Id)> OwnerAsync()
    {
        using var anyone = Http();
        var session = await (await anyone.PostAsJsonAsync($"{Root}/api/v1/sessions", new { login = OwnerEmail, password = OwnerPassword })).Content.ReadFromJsonAsync<JsonObject>();
        return (Client(session!["token"]!.GetValue<string>()), session["userId"]!.GetValue<string>());
    }

    // The owner does it, by the API, and is linked by hand.
    private async Task SetUpAsync()
    {
        await SetAsync("/sso", new { method = "oidc", oidc = new { issuer = Org.Url.GetLeftPart(UriPartial.Authority), clientId = App.Id, clientSecret = Secret } });
        await LinkOwnerAsync((await HireAsync(OwnerEmail, hasAccount: false)).Id);
    }

    // Its certificate is nobody's but this test's.
    private static HttpClient Http() => new(new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator });

    // As it is deployed: cookies that come along from other sites, as SAML needs one, are for https alone.
    private string Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var path = Path.Combine(_data, "tls.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12));
        return path;
    }

    private static HttpClient Client(string token)
    {
        var client = Http();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }
}

/// <summary>One browser at a time.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection
{
    public const string Name = "browser";
}
