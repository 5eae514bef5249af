using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansIdentity.OktaSimulator.Directories;
using OrleansIdentity.OktaSimulator.Hooks;
using OrleansIdentity.OktaSimulator.Management.Faults;
using OrleansIdentity.OktaSimulator.Management.Limits;
using OrleansIdentity.OktaSimulator.Management.Tokens;
using OrleansIdentity.OktaSimulator.Provider;

namespace OrleansIdentity.OktaSimulator.Management;

/// <summary>An Okta org on loopback: a directory that scripts change, its Management API, its token endpoint, its event hooks.</summary>
public sealed class SimulatedOrg : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SimulatedOrg(SimulatedOrgOptions options)
    {
        Options = options;
        var ids = new OktaIds(options.Seed);
        Clock = new OrgClock(options);
        Directory = new OrgDirectory(ids, Clock);
        Tokens = new OrgTokens(options, ids, Clock);
        Limits = new OrgLimits(options, Clock);
        Hooks = new OrgHooks(ids, Clock, Directory, () => Url.GetLeftPart(UriPartial.Authority));
        Errors = new ApiErrors(ids);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{options.Port}");
        _app = builder.Build();
        OrgPipeline.Map(_app, this);
    }

    /// <summary>The org's address.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1");

    /// <summary>What kind of org it is; some of it may be changed while it runs.</summary>
    public SimulatedOrgOptions Options { get; }

    /// <summary>Its people, groups and apps.</summary>
    public OrgDirectory Directory { get; }

    /// <summary>Its credentials.</summary>
    public OrgTokens Tokens { get; }

    /// <summary>Its OpenID Connect apps.</summary>
    public OrgProvider Provider { get; } = new();

    /// <summary>What goes wrong with it.</summary>
    public FaultScript Faults { get; } = new();

    /// <summary>Its event hooks.</summary>
    public OrgHooks Hooks { get; }

    /// <summary>What was asked of it.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>Its rate limits.</summary>
    public OrgLimits Limits { get; }

    internal OrgClock Clock { get; }

    internal ApiErrors Errors { get; }

    /// <summary>Starts one.</summary>
    public static async Task<SimulatedOrg> StartAsync(SimulatedOrgOptions options, CancellationToken cancellationToken = default)
    {
        var org = new SimulatedOrg(options);
        await org._app.StartAsync(cancellationToken);
        org.Url = new Uri(org._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return org;
    }

    public async ValueTask DisposeAsync()
    {
        await Hooks.DisposeAsync();
        Faults.LetGo();
        await _app.DisposeAsync();
    }
}
