using OrleansIdentity.Grains.Contracts.Integrations;

namespace OrleansIdentity.Api.SignIn.Revocation;

/// <summary>Who may ask a tenant to end sessions.</summary>
/// <param name="Issuers">The issuers that the tenant's org signs as; the one that people sign in with first.</param>
/// <param name="AppId">The app that a token has to be about: the client id, or the id of a SAML app.</param>
/// <param name="HasOwnKeys">Whether the app may have keys of its own (SAML apps: Okta signs with those of the app).</param>
internal sealed record RevocationSource(string[] Issuers, string AppId, bool HasOwnKeys)
{
    /// <summary>Who may at a tenant; null when nobody may.</summary>
    public static RevocationSource? Of(IntegrationView? settings) => settings switch
    {
        { IsEnabled: true, Sso: { Method: SsoMethod.OpenIdConnect, Oidc: { } oidc } } =>
            new([oidc.Issuer, new Uri(oidc.Issuer).GetLeftPart(UriPartial.Authority)], oidc.ClientId, HasOwnKeys: false),
        { IsEnabled: true, Sso: { Method: SsoMethod.Saml, Saml.Logout: { } logout } } => new([logout.OrgUrl], logout.AppId, HasOwnKeys: true),
        _ => null,
    };
}
