using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace OrleansIdentity.Silo.Hosting;

/// <summary>What the processes of the product have in common from start to end.</summary>
public static class ProcessHost
{
    /// <summary>Listens here unless the configuration says where.</summary>
    public static void UseDefaultUrl(this WebApplicationBuilder builder, string url)
    {
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
        {
            builder.WebHost.UseUrls(url);
        }
    }

    /// <summary>Runs until it is told to stop. A configuration that cannot work ends it with a sentence on standard error, and 2.</summary>
    public static async Task<int> RunAsync(Func<WebApplication> build)
    {
        try
        {
            await using var app = build();

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
