using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Demo;
using OrleansIdentity.Api.Operator;
using OrleansIdentity.Api.Scim;
using OrleansIdentity.Api.Telemetry;
using OrleansIdentity.Api.Tenancy;
using OrleansIdentity.Silo.Hosting;

namespace OrleansIdentity.Api.Hosting;

/// <summary>Builds and runs the product: the API with a silo in the same process.</summary>
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
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

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
            builder.Services.AddHostedService<DemoTenant>();
        }

        builder.AddEmbeddedSilo();
        builder.Services.AddValidatedOptions();
        builder.Services.AddProblemDetails(HttpProblems.Configure);
        builder.Services.AddSingleton<ApiMetrics>();
        builder.Services.AddTenantRouting();
        builder.Services.AddScimFrontDoor();
        builder.Services.AddOperatorApi();
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
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
        return app;
    }

    /// <summary>Runs until it is told to stop. A configuration that cannot work ends it with a sentence on standard error, and 2.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = Build(args);

            // Before the host tries to start and logs a stack trace for what is only a missing setting.
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            await app.RunAsync();
            return 0;
        }
        catch (Exception exception) when (StartFailure.Explain(exception) is { } explanation)
        {
            await Console.Error.WriteLineAsync(explanation);
            return 2;
        }
    }
}
