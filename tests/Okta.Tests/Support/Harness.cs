using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansIdentity.Okta.Credentials;
using OrleansIdentity.Okta.Outbound;
using OrleansIdentity.OktaSimulator.Directories;
using OrleansIdentity.OktaSimulator.Management;

namespace OrleansIdentity.Okta.Tests.Support;

/// <summary>An org on loopback, and a client of it, over real HTTP and a clock that the test moves.</summary>
internal sealed class Harness : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private Harness(SimulatedOrg org, SkippingTime time, ServiceProvider services)
    {
        (Org, Time, _services) = (org, time, services);
        App = org.Directory.CreateApp("Acme");
        ApiToken = org.Tokens.CreateApiToken();
        Client = Open(Parse(OktaCredential.ApiToken.Parse(ApiToken)));
    }

    public SimulatedOrg Org { get; }

    public SkippingTime Time { get; }

    public DirectoryApp App { get; }

    public string ApiToken { get; }

    /// <summary>A client with an API token.</summary>
    public OktaClient Client { get; }

    public OktaOrgUrl Url => Parse(OktaOrgUrl.Parse(Org.Url.AbsoluteUri, allowLoopback: true));

    public static async Task<Harness> StartAsync(
        Func<SimulatedOrgOptions, SimulatedOrgOptions>? org = null, Action<OktaOptions>? options = null, INameResolver? names = null)
    {
        var time = new SkippingTime(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var plain = new SimulatedOrgOptions { Time = time };
        var services = Services(time, options, names);
        return new Harness(await SimulatedOrg.StartAsync(org?.Invoke(plain) ?? plain), time, services);
    }

    public static ServiceProvider Services(TimeProvider time, Action<OktaOptions>? options = null, INameResolver? names = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddOktaClient();
        services.Configure<OktaOptions>(set =>
        {
            set.AllowLoopback = true;
            set.AttemptTimeoutSeconds = (int)SkippingTime.AttemptTimeout.TotalSeconds;
            set.PatienceSeconds = 0;
            options?.Invoke(set);
        });
        if (names is not null)
        {
            services.Replace(ServiceDescriptor.Singleton(names));
        }

        return services.BuildServiceProvider();
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public OktaConnection Connection(OktaCredential credential, string tenant = "acme") => new(tenant, Url, credential);

    public OktaClient Open(OktaCredential credential, string tenant = "acme") => Get<OktaClients>().Open(Connection(credential, tenant));

    /// <summary>Creates people who have the app.</summary>
    public IReadOnlyList<DirectoryUser> Assign(int count, JsonObject? profile = null)
    {
        var users = Enumerable.Range(0, count).Select(number => Org.Directory.CreateUser($"user{number}@acme.example", "First", $"Last {number}", profile)).ToArray();
        foreach (var user in users)
        {
            Org.Directory.Assign(App.Id, user.Id);
        }

        return users;
    }

    public static T Parse<T>(Results.OktaResult<T> result)
        where T : notnull => result.Value;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _services.DisposeAsync();
        await Org.DisposeAsync();
    }
}
