using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrleansIdentity.Api.DataProtection;
using OrleansIdentity.Api.SignIn.Revocation;
using OrleansIdentity.Api.SignIn.SignOn;
using OrleansIdentity.Okta.Outbound;

namespace OrleansIdentity.Api.SignIn.Oidc;

/// <summary>Registers sign-in by OpenID Connect.</summary>
internal static class OidcRegistration
{
    public static void AddOidc(this IServiceCollection services)
    {
        services.AddHttpClient(Providers.Client).AddOutboundGuard();
        services.Replace(ServiceDescriptor.Singleton<IAuthenticationSchemeProvider, OidcSchemes>());
        services.AddSingleton<OidcOptionsMonitor>().AddSingleton<IOptionsMonitor<OpenIdConnectOptions>>(provider => provider.GetRequiredService<OidcOptionsMonitor>());
        services.AddSingleton<SecretBox>().AddSingleton<ClientSecrets>().AddSingleton<Providers>().AddSingleton<CodeRedemption>().AddSingleton<LogoutHints>();
        services.AddSingleton<RevocationTokens>().AddSingleton<RevocationDoor>();
        services.AddSingleton<SignOnDoor>().AddSingleton<OidcEvents>().AddSingleton<SignOutAtOkta>();
    }
}
