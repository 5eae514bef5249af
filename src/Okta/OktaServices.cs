using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrleansIdentity.Okta.Budget;
using OrleansIdentity.Okta.Connection;
using OrleansIdentity.Okta.Http;
using OrleansIdentity.Okta.Outbound;

namespace OrleansIdentity.Okta;

/// <summary>Registers the client.</summary>
public static class OktaServices
{
    /// <summary>Adds <see cref="OktaClients"/>, <see cref="ApiCheck"/> and <see cref="SignInCheck"/>. The options are bound by the host, from section <see cref="OktaOptions.Section"/>.</summary>
    public static IServiceCollection AddOktaClient(this IServiceCollection services)
    {
        // Handlers of a named client add up: a second time, each request would be repeated, and counted, by the square.
        if (services.Any(service => service.ServiceType == typeof(OktaClients)))
        {
            return services;
        }

        services.AddOptions<OktaOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OktaOptions>, OktaOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<OrgBudgets>();
        services.TryAddSingleton(provider => new OktaClients(
            provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<OrgBudgets>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<ApiCheck>();
        services.TryAddSingleton(provider => new SignInCheck(provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<IOptions<OktaOptions>>()));
        OktaHttp.Add(services);
        services.AddHttpClient(SignInCheck.Client).AddOutboundGuard();
        return services;
    }
}
