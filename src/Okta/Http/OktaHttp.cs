using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using OrleansIdentity.Okta.Errors;
using OrleansIdentity.Okta.Outbound;
using Polly;

namespace OrleansIdentity.Okta.Http;

/// <summary>The HTTP client of the API: repeat, then budget, then credential, then the guard with its time-out per attempt.</summary>
internal static class OktaHttp
{
    /// <summary>Its name.</summary>
    public const string Client = "okta";

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);

    public static void Add(IServiceCollection services)
    {
        services.TryAddTransient<BudgetHandler>();
        services.TryAddTransient<AuthorizationHandler>();
        var builder = services.AddHttpClient(Client, client => client.DefaultRequestHeaders.UserAgent.ParseAdd("OrleansIdentity/1.0"));

        // Every attempt takes from the budget anew and gets a proof of its own, so the repetition stands outermost.
        builder.AddResilienceHandler("repeat", (pipeline, context) =>
        {
            var options = context.ServiceProvider.GetRequiredService<IOptions<OktaOptions>>().Value;
            pipeline.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
            if (options.Retries > 0)
            {
                pipeline.AddRetry(new HttpRetryStrategyOptions
                {
                    MaxRetryAttempts = options.Retries,
                    Delay = FirstDelay,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,

                    // Retry-After is the org's to set: it could hold a caller for a year.
                    ShouldRetryAfterHeader = false,
                    ShouldHandle = outcome => ValueTask.FromResult(outcome.Outcome switch
                    {
                        { Exception: { } exception } => SendFailures.IsTransient(exception),
                        { Result: { } response } => (int)response.StatusCode >= 500,
                        _ => false,
                    }),
                });
            }
        });
        builder.AddHttpMessageHandler<BudgetHandler>();
        builder.AddHttpMessageHandler<AuthorizationHandler>();
        builder.AddOutboundGuard();
    }
}
