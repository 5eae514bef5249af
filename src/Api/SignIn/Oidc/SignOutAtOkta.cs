using OrleansIdentity.Api.Settings;
using OrleansIdentity.Api.TenantApi;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Grains.Contracts.Tenants;

namespace OrleansIdentity.Api.SignIn.Oidc;

/// <summary>Sends a browser that signs out to Okta's own sign-out (OpenID Connect RP-Initiated Logout 1.0), when it is known whose session it is there.</summary>
internal sealed class SignOutAtOkta(GrainsOf<ITenantGrain> tenants, Providers providers, LogoutHints hints)
{
    /// <summary>The origin that signing out leads through; null when it ends here. Nobody is asked.</summary>
    public async Task<string?> OriginAsync(HttpContext http, TenantCall call) =>
        hints.Read(http, call.Tenant) is not null && await SettingsAsync(call) is { } settings ? new Uri(settings.Issuer).GetLeftPart(UriPartial.Authority) : null;

    /// <summary>Where to send the browser; null when signing out ends here. A provider that does not answer keeps nobody from signing out.</summary>
    public async Task<Uri?> TargetAsync(HttpContext http, TenantCall call)
    {
        if (hints.Read(http, call.Tenant) is not { } hint || await SettingsAsync(call) is not { } settings)
        {
            return null;
        }

        try
        {
            var endpoint = (await providers.ForSignIn(call.Tenant, settings.Issuer).ReadAsync(call.Deadline)).EndSessionEndpoint;
            var back = $"{http.Request.Scheme}://{http.Request.Host.Value}{call.RootPath}{OktaPaths.SignedOut}";
            return string.IsNullOrEmpty(endpoint)
                ? null
                : new Uri($"{endpoint}?id_token_hint={Uri.EscapeDataString(hint)}&post_logout_redirect_uri={Uri.EscapeDataString(back)}");
        }
        catch (Exception exception) when (exception is ProviderException or OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<OidcSettings?> SettingsAsync(TenantCall call) =>
        await tenants.Get(call.Tenant).ReadIntegrationAsync().WaitAsync(call.Deadline) is { IsEnabled: true, Sso: { Method: SsoMethod.OpenIdConnect, Oidc: { } oidc } } ? oidc : null;
}
