using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace OrleansIdentity.Okta.Outbound;

/// <summary>HTTP to addresses that a tenant named.</summary>
public static class OutboundHttp
{
    /// <summary>
    /// Makes a client safe for such addresses: connections to public addresses only, no redirects, no cookies, no proxy, answers of limited size, and a
    /// time-out that covers connection, headers and body of each attempt. Add it last: handlers added before it stand outside the time-out.
    /// </summary>
    public static IHttpClientBuilder AddOutboundGuard(this IHttpClientBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<INameResolver, SystemNameResolver>();
        builder.Services.TryAddSingleton<GuardedConnect>();
        builder.Services.TryAddTransient<BoundedBodyHandler>();
        builder.ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan);

        // The factory logs addresses, and these hold people's logins.
        builder.RemoveAllLoggers();
        builder.AddResilienceHandler("attempt", (pipeline, context) =>
        {
            var options = context.ServiceProvider.GetRequiredService<IOptions<OktaOptions>>().Value;
            pipeline.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
            pipeline.AddTimeout(new HttpTimeoutStrategyOptions { Timeout = TimeSpan.FromSeconds(options.AttemptTimeoutSeconds) });
        });
        builder.AddHttpMessageHandler<BoundedBodyHandler>();
        return builder.UseSocketsHttpHandler((handler, services) =>
        {
            handler.ConnectCallback = services.GetRequiredService<GuardedConnect>().ConnectAsync;
            handler.AllowAutoRedirect = false;
            handler.UseCookies = false;
            handler.UseProxy = false;
            handler.AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate;
            handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
        });
    }
}
