namespace OrleansIdentity.Api.Settings;

/// <summary>Chooses the method of single sign-on.</summary>
/// <param name="Method"><c>none</c>, <c>oidc</c> or <c>saml</c>.</param>
/// <param name="Oidc">The tenant's OpenID Connect app in Okta; left out to keep what is set.</param>
public sealed record SsoChange(string Method, OidcChange? Oidc = null);

/// <summary>The tenant's OpenID Connect app in Okta.</summary>
/// <param name="Issuer">The issuer, such as <c>https://acme.okta.com</c>, or <c>https://acme.okta.com/oauth2/default</c> of a custom authorization server.</param>
/// <param name="ClientId">The app's client id.</param>
/// <param name="ClientSecret">The app's client secret; left out to keep what is set. One that is new is live beside the one before.</param>
public sealed record OidcChange(string Issuer, string ClientId, string? ClientSecret = null);

/// <summary>What to try.</summary>
/// <param name="Oidc">The app; left out to try what is set.</param>
public sealed record SsoTrial(OidcChange? Oidc = null);

/// <summary>What trying has shown. Nothing was saved.</summary>
/// <param name="IsGood">Whether it can be saved.</param>
/// <param name="Checks">One for each thing that was looked at.</param>
public sealed record SsoTrialResult(bool IsGood, CheckView[] Checks);
