using OrleansIdentity.Api.Settings;
using OrleansIdentity.Okta.Outbound;

namespace OrleansIdentity.Api.SignIn.Saml;

/// <summary>Registers sign-in by SAML.</summary>
internal static class SamlRegistration
{
    public static void AddSaml(this IServiceCollection services)
    {
        services.AddHttpClient(SamlMetadataSource.Client).AddOutboundGuard();
        services.AddSingleton<RequestKeys>().AddSingleton<PendingRequests>().AddSingleton<SamlDoor>().AddSingleton<SamlMetadataSource>().AddSingleton<SamlLogoutCheck>();
    }
}
