using OrleansIdentity.Api.Demo;
using OrleansIdentity.Api.HostProduct;
using OrleansIdentity.Api.Operator;
using OrleansIdentity.Api.Scim;
using OrleansIdentity.Api.Standard;
using OrleansIdentity.Api.Telemetry;
using OrleansIdentity.Api.TenantApi;
using OrleansIdentity.Api.Tenancy;
using OrleansIdentity.Api.Webhooks;
using OrleansIdentity.Silo.Clustering;
using OrleansIdentity.Silo.Health;
using OrleansIdentity.Silo.Hosting;

namespace OrleansIdentity.Api.Hosting;

/// <summary>Builds and runs the API: with a silo in the same process, or as a client of a cluster.</summary>
public static class ApiHost
{
    private const string DefaultUrl = "http://localhost:5080";

    /// <summary>Builds the application.</summary>
    /// <param name="args">Configuration as command line arguments, such as <c>--urls</c> and <c>--Data:Path</c>.</param>
    /// <param name="configure">Last changes before it is built.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // Settings lie beside the program, data in the working directory, wherever it is started from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.UseDefaultUrl(DefaultUrl);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // A filter of the allowed length, percent-encoded, fits: whether it is too long is said in a SCIM error, not by Kestrel.
            kestrel.Limits.MaxRequestLineSize = 32_768;
            kestrel.Limits.MaxRequestHeadersTotalSize = 65_536;
        });
        if (builder.Environment.IsDevelopment())
        {
            builder.AddDevelopmentSecrets();
            builder.Services.AddSingleton<DemoOwner>();
            builder.Services.AddHostedService<DemoTenant>();
        }

        if (ClusterNode.ReadMode(builder.Configuration) == ClusterMode.Embedded)
        {
            builder.AddEmbeddedSilo();
        }
        else
        {
            builder.AddClusterClient();
        }

        builder.Services.AddValidatedOptions();
        builder.Services.AddProblemDetails(HttpProblems.Configure);
        builder.Services.AddSingleton<ApiMetrics>();
        builder.Services.AddTenantRouting();
        builder.Services.AddScimFrontDoor();
        builder.Services.AddOperatorApi();
        builder.Services.AddHostApi();
        builder.Services.AddTenantApi();
        builder.Services.AddStandardProvisioning();
        builder.Services.AddHostedService<KeyCheck>();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseTenantRouting();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapScim();
        app.MapOperatorApi();
        app.MapHostApi();
        app.MapTenantApi();
        HookEndpoint.Map(app);
        app.MapHealth();
        return app;
    }

    /// <summary>Runs until it is told to stop.</summary>
    public static Task<int> RunAsync(string[] args) => ProcessHost.RunAsync(() => Build(args));
}
