using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OrleansIdentity.Okta;

namespace OrleansIdentity.Api.SignIn.Oidc;

/// <summary>The providers of tenants. Each tenant has its own, also where two name the same issuer: nobody's questions use up another's.</summary>
internal sealed class Providers(IHttpClientFactory clients, IOptions<OktaOptions> options, TimeProvider time)
{
    /// <summary>The name of the guarded HTTP client.</summary>
    public const string Client = "oidc";

    private readonly ConcurrentDictionary<(string Tenant, string Use), Provider> _providers = new();

    /// <summary>The provider that tells who somebody is.</summary>
    public Provider ForSignIn(string tenant, string issuer) => Of(tenant, "sign-in", issuer);

    /// <summary>The org itself, where the tenant's issuer is a custom one: it signs what it asks of this product as itself.</summary>
    public Provider ForOrg(string tenant, string org) => Of(tenant, "org", org);

    /// <summary>The org itself, with the keys that it signs with for one app.</summary>
    public Provider ForApp(string tenant, string org, string appId) => Of(tenant, "app", org, appId);

    // What was known of an issuer that is not the tenant's any more is of no use: there are never more of them than tenants.
    private Provider Of(string tenant, string use, string issuer, string? appId = null) => _providers.AddOrUpdate(
        (tenant, use),
        _ => new Provider(issuer, appId, clients, options, time),
        (_, known) => (known.Issuer, known.AppId) == (issuer, appId) ? known : new Provider(issuer, appId, clients, options, time));
}
