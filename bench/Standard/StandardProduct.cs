using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.OktaSimulator.Directories;
using OrleansIdentity.OktaSimulator.Management;

namespace OrleansIdentity.Bench.Standard;

/// <summary>The product in this process, so that its commits and activations can be counted, over the embedded store in a folder that a restart finds again.</summary>
internal sealed class StandardProduct : IAsyncDisposable
{
    private const string OperatorKey = "an-operator-key-for-the-bench-long-enough";
    private const string Password = "correct horse battery staple";

    private static readonly EventOrigin Origin = new("system", "bench", "");

    private readonly WebApplication _app;

    // One for all owners: making it costs as much as a sign-in.
    private readonly Lazy<string> _hash;

    private StandardProduct(WebApplication app, Uri url)
    {
        (_app, Url) = (app, url);
        _hash = new Lazy<string>(() => app.Services.GetRequiredService<IPasswordHasher<object>>().HashPassword(new object(), Password));
    }

    public Uri Url { get; }

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Starts it.</summary>
    /// <param name="data">The folder.</param>
    /// <param name="works">Whether its workers for inboxes and runs work.</param>
    public static async Task<StandardProduct> StartAsync(string data, bool works)
    {
        var app = ApiHost.Build(
            [
                "--environment", "Production", "--urls", "http://127.0.0.1:0", "--Data:Path", data, "--Operator:Key", OperatorKey,
                "--Secrets:KeyEncryptionKey", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", "--Logging:LogLevel:Default", "Error", "--Okta:AllowLoopback", "true",
                "--Okta:Concurrency", "8",
            ],
            builder =>
            {
                foreach (var worker in builder.Services.Where(service => !works && service.ServiceType == typeof(IHostedService) && IsWorker(service)).ToArray())
                {
                    builder.Services.Remove(worker);
                }
            });
        await app.StartAsync();
        return new StandardProduct(app, new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()));
    }

    /// <summary>How many users are in memory.</summary>
    public async Task<int> ActivationsAsync() =>
        (await Grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics()).Count(one => one.GrainId.Type.ToString() == "user");

    /// <summary>How many events there are in a log: so many commits were made.</summary>
    public async Task<long> CommitsAsync(string log)
    {
        var store = _app.Services.GetRequiredService<IDirectoryStore>();
        var (low, high) = (0L, 1L << 40);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = (await store.ReadEventsAsync(log, middle, 1, null, default)).Count > 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Creates a tenant with an owner who is signed in, provisioned by Standard from an app of an org.</summary>
    public async Task<StandardTenant> CreateTenantAsync(string slug, SimulatedOrg org, DirectoryApp app)
    {
        using var vendor = new HttpClient { BaseAddress = Url };
        vendor.DefaultRequestHeaders.Authorization = new("Bearer", OperatorKey);
        (await vendor.PostAsJsonAsync("/operator/v1/tenants", new { slug, owner = new { email = "owner@bench.example", firstName = "O", lastName = "O" } })).EnsureSuccessStatusCode();
        (await vendor.PostAsync($"/operator/v1/tenants/{slug}/enable", null)).EnsureSuccessStatusCode();
        var owner = (await Grains.GetGrain<OrleansIdentity.Grains.Contracts.Directory.IDirectoryGrain>(slug).FindLoginAsync("owner@bench.example", default))!;
        await Grains.GetGrain<IUserGrain>(GrainKeys.Resource(slug, owner)).SetPasswordAsync(new SetPassword(Origin, DateTimeOffset.MaxValue, _hash.Value));
        var tenant = new StandardTenant(this, slug, new HttpClient { BaseAddress = new Uri(Url, $"/t/{slug}/") });
        await tenant.SignInAsync();
        await tenant.SendAsync("PUT", "provisioning", new { method = "standard", okta = new { org = org.Url.ToString(), appId = app.Id, apiToken = org.Tokens.CreateApiToken() } });
        return tenant;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static bool IsWorker(ServiceDescriptor service) => service.ImplementationType?.Name == "InboxWorker"
        || service.ImplementationFactory?.Method.DeclaringType?.FullName?.Contains("StandardServices", StringComparison.Ordinal) == true;
}

/// <summary>A tenant of the bench.</summary>
internal sealed record StandardTenant(StandardProduct Product, string Slug, HttpClient Http)
{
    private const string Settings = "api/v1/settings/integrations/okta/";

    /// <summary>Signs the owner in.</summary>
    public async Task SignInAsync()
    {
        var answer = await Http.PostAsJsonAsync("api/v1/sessions", new { login = "owner@bench.example", password = "correct horse battery staple" });
        answer.EnsureSuccessStatusCode();
        Http.DefaultRequestHeaders.Authorization = new("Bearer", (await answer.Content.ReadFromJsonAsync<JsonObject>())!["token"]!.GetValue<string>());
    }

    /// <summary>A call of the settings that must succeed.</summary>
    public async Task<JsonObject> SendAsync(string method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Settings + path) { Content = body is null ? null : JsonContent.Create(body) };
        var answer = await Http.SendAsync(request);
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<JsonObject>())!
            : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Begins a run.</summary>
    public Task StartAsync() => SendAsync("POST", "runs", new { rehearsal = false });

    /// <summary>Waits for the end of the latest run.</summary>
    public async Task<RunView> EndAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if ((await Product.Grains.GetGrain<ISyncGrain>(Slug).ListAsync()) is [{ Phase: RunPhase.Ended } run, ..])
            {
                return run;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }
    }
}
