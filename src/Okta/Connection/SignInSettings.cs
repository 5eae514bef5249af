using OrleansIdentity.Okta.Credentials;

namespace OrleansIdentity.Okta.Connection;

/// <summary>What a tenant's admin typed for sign-in by OpenID Connect.</summary>
/// <param name="Issuer">The issuer, such as <c>https://acme.okta.com</c> or <c>https://acme.okta.com/oauth2/default</c>.</param>
/// <param name="ClientId">The app's client id.</param>
/// <param name="ClientSecret">The app's client secret.</param>
/// <param name="RedirectUri">Where Okta sends people back to.</param>
public sealed record SignInSettings(string Issuer, string ClientId, Secret ClientSecret, Uri RedirectUri);
