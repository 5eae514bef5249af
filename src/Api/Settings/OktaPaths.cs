namespace OrleansIdentity.Api.Settings;

/// <summary>Where Okta sends people, and itself calls, relative to the tenant root.</summary>
internal static class OktaPaths
{
    /// <summary>Begins a sign-in.</summary>
    public const string Start = "/users/auth/okta";

    /// <summary>Takes people back with the answer.</summary>
    public const string Callback = $"{Start}/callback";

    /// <summary>Begins a sign-in that was begun at Okta (OpenID Connect Core 1.0 §4).</summary>
    public const string Initiate = $"{Start}/initiate";

    /// <summary>Begins a sign-in by SAML.</summary>
    public const string SamlStart = "/users/auth/saml";

    /// <summary>Takes people back with a SAML response.</summary>
    public const string SamlConsumer = $"{SamlStart}/acs";

    /// <summary>What this side of SAML is; the address is its entity id too.</summary>
    public const string SamlMetadata = $"{SamlStart}/metadata";

    /// <summary>Where Okta sends people after signing out there.</summary>
    public const string SignedOut = "/users/sign_in";

    /// <summary>Ends all sessions of a user: Universal Logout.</summary>
    public const string Revoke = "/api/v1/okta/global-token-revocation";
}
