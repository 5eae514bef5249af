using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using OrleansIdentity.Api.Settings;
using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Okta;

namespace OrleansIdentity.Api.SignIn.Oidc;

/// <summary>The options of each tenant's scheme, made of the tenant's settings of the moment and kept until these change: nothing is restarted.</summary>
internal sealed class OidcOptionsMonitor(
    Providers providers, IHttpClientFactory clients, IDataProtectionProvider protection, IHostEnvironment environment, IOptions<OktaOptions> okta, TimeProvider time)
    : IOptionsMonitor<OpenIdConnectOptions>
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, (OidcSettings Settings, OpenIdConnectOptions Options)> _options = new(StringComparer.Ordinal);

    public OpenIdConnectOptions CurrentValue => throw new NotSupportedException("There is no scheme without a tenant.");

    /// <summary>Has the scheme of a tenant work with these settings.</summary>
    /// <returns>The scheme's name.</returns>
    public string Use(string tenant, OidcSettings settings)
    {
        var name = OidcSchemes.NameOf(tenant);
        _options.AddOrUpdate(
            name,
            _ => (settings, Make(name, tenant, settings)),
            (_, known) => (known.Settings.Issuer, known.Settings.ClientId) == (settings.Issuer, settings.ClientId) ? known : (settings, Make(name, tenant, settings)));
        return name;
    }

    public OpenIdConnectOptions Get(string? name) => _options[name!].Options;

    public IDisposable? OnChange(Action<OpenIdConnectOptions, string?> listener) => null;

    private OpenIdConnectOptions Make(string name, string tenant, OidcSettings settings)
    {
        var provider = providers.ForSignIn(tenant, settings.Issuer);
        var prefix = environment.IsDevelopment() ? "" : "__Host-";
        var secure = environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        var options = new OpenIdConnectOptions
        {
            Authority = settings.Issuer,
            ClientId = settings.ClientId,
            ResponseType = OpenIdConnectResponseType.Code,
            ResponseMode = OpenIdConnectResponseMode.Query,
            UsePkce = true,
            PushedAuthorizationBehavior = PushedAuthorizationBehavior.Disable,
            CallbackPath = OktaPaths.Callback,
            MapInboundClaims = false,
            GetClaimsFromUserInfoEndpoint = true,
            RequireHttpsMetadata = !okta.Value.AllowLoopback,
            ConfigurationManager = new Configuration(provider),
            Backchannel = clients.CreateClient(Providers.Client),
            TokenHandler = new IdTokenHandler(provider),
            EventsType = typeof(OidcEvents),
            TimeProvider = time,
            DisableTelemetry = true,
        };
        options.Scope.Clear();
        options.Scope.Add("openid");
        options.Scope.Add("profile");
        options.Scope.Add("email");

        // A thin ID token leaves the address to userinfo, whose subject the protocol validator holds against the token's.
        options.ClaimActions.Clear();
        options.ClaimActions.MapUniqueJsonKey("email", "email");
        options.TokenValidationParameters.ValidIssuer = settings.Issuer;
        options.TokenValidationParameters.ValidAudience = settings.ClientId;
        options.TokenValidationParameters.ValidAlgorithms = ["RS256"];
        options.TokenValidationParameters.ClockSkew = Skew;
        options.TokenValidationParameters.TryAllIssuerSigningKeys = false;
        foreach (var (cookie, kind) in new[] { (options.CorrelationCookie, "state"), (options.NonceCookie, "nonce") })
        {
            (cookie.Name, cookie.Path, cookie.SameSite, cookie.SecurePolicy, cookie.HttpOnly) = ($"{prefix}{kind}-{tenant}-", "/", SameSiteMode.Lax, secure, true);
        }

        new OpenIdConnectPostConfigureOptions(protection).PostConfigure(name, options);
        return options;
    }

    private sealed class Configuration(Provider provider) : IConfigurationManager<OpenIdConnectConfiguration>
    {
        public Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) => provider.ReadAsync(cancel);

        // Which key is missing is asked for where a token names it.
        public void RequestRefresh()
        {
        }
    }
}
