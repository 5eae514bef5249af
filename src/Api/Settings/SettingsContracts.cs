using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Grains.Contracts.Tenants;

namespace OrleansIdentity.Api.Settings;

/// <summary>All settings of the Okta integration.</summary>
/// <param name="Sso">Single sign-on.</param>
/// <param name="Policy">How one signs in.</param>
/// <param name="Invitations">Whether and when new accounts are invited.</param>
public sealed record OktaSettings(SsoView Sso, Policy Policy, InvitationSettings Invitations)
{
    internal static OktaSettings From(IntegrationView settings, string root) =>
        new(SsoView.From(settings.Sso, root), Policy.From(settings.Policy), InvitationSettings.From(settings.Invitations));
}

/// <summary>Single sign-on.</summary>
/// <param name="Method"><c>none</c>, <c>oidc</c> or <c>saml</c>.</param>
/// <param name="Oidc">The tenant's OpenID Connect app in Okta; null before it was set up.</param>
/// <param name="ToPaste">What to paste into that app.</param>
/// <param name="Saml">The tenant's SAML app in Okta; null before it was set up.</param>
/// <param name="SamlToPaste">What to paste into that one.</param>
public sealed record SsoView(string Method, OidcView? Oidc, OidcAddresses ToPaste, SamlView? Saml, SamlAddresses SamlToPaste)
{
    internal static SsoView From(SsoSettings sso, string root) => new(
        SsoMethods.NameOf(sso.Method), sso.Oidc is { } oidc ? OidcView.From(oidc) : null, OidcAddresses.Below(root),
        sso.Saml is { } saml ? SamlView.From(saml) : null, SamlAddresses.Below(root, sso.Saml));
}

/// <summary>The tenant's OpenID Connect app in Okta.</summary>
/// <param name="Issuer">The issuer.</param>
/// <param name="ClientId">The app's client id.</param>
/// <param name="ClientSecrets">Its live client secrets, newest first; the secrets themselves are never shown.</param>
public sealed record OidcView(string Issuer, string ClientId, SecretView[] ClientSecrets)
{
    internal static OidcView From(OidcSettings oidc) =>
        new(oidc.Issuer, oidc.ClientId, Array.ConvertAll(oidc.Secrets, secret => new SecretView(secret.Id, secret.SetAt)));
}

/// <summary>A secret that was set.</summary>
/// <param name="Id">By which it is removed.</param>
/// <param name="SetAt">Since when it is set (UTC).</param>
public sealed record SecretView(string Id, DateTimeOffset SetAt);

/// <summary>Addresses of the tenant that an OpenID Connect app in Okta needs to know, each exactly so.</summary>
/// <param name="SignInRedirectUri">Sign-in redirect URI.</param>
/// <param name="SignOutRedirectUri">Sign-out redirect URI.</param>
/// <param name="InitiateLoginUri">Initiate login URI.</param>
/// <param name="LogoutEndpoint">Universal Logout endpoint (Global Token Revocation).</param>
public sealed record OidcAddresses(string SignInRedirectUri, string SignOutRedirectUri, string InitiateLoginUri, string LogoutEndpoint)
{
    internal static OidcAddresses Below(string root) => new(
        $"{root}{OktaPaths.Callback}", $"{root}{OktaPaths.SignedOut}", $"{root}{OktaPaths.Initiate}", $"{root}{OktaPaths.Revoke}");
}

/// <summary>How one signs in. All of it is sent.</summary>
/// <param name="SsoOnly">Whether passwords are not accepted.</param>
/// <param name="RequireMultiFactor">Whether single sign-on needs more than one factor.</param>
/// <param name="SessionHours">After so many hours without a request a session is over, from 1 to 8760.</param>
/// <param name="IdpInitiated">Whether a sign-in by SAML may begin at Okta.</param>
public sealed record Policy(bool SsoOnly, bool RequireMultiFactor, int SessionHours, bool IdpInitiated)
{
    internal static Policy From(SignInSettings settings) => new(settings.SsoOnly, settings.RequireMultiFactor, settings.SessionHours, settings.IdpInitiated);

    internal SignInSettings ToSettings() => new(SessionHours, SsoOnly) { RequireMultiFactor = RequireMultiFactor, IdpInitiated = IdpInitiated };
}

/// <summary>The methods of single sign-on, as the API names them.</summary>
internal static class SsoMethods
{
    public static string NameOf(SsoMethod method) => method switch
    {
        SsoMethod.OpenIdConnect => "oidc",
        SsoMethod.Saml => "saml",
        _ => "none",
    };

    public static SsoMethod? Parse(string name) => name switch
    {
        "oidc" => SsoMethod.OpenIdConnect,
        "saml" => SsoMethod.Saml,
        "none" => SsoMethod.None,
        _ => null,
    };
}
