namespace OrleansIdentity.Grains.Contracts.Integrations;

/// <summary>How single sign-on works at a tenant.</summary>
public enum SsoMethod
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>OpenID Connect.</summary>
    OpenIdConnect,

    /// <summary>SAML 2.0.</summary>
    Saml,
}

/// <summary>A tenant's single sign-on, as it is stored. What belongs to a method that is not in use is kept, for when it is again.</summary>
/// <param name="Method">Which method is in use.</param>
/// <param name="Oidc">What OpenID Connect takes; null before it was set up.</param>
[GenerateSerializer, Immutable, Alias("SsoSettings")]
public sealed record SsoSettings([property: Id(0)] SsoMethod Method, [property: Id(1)] OidcSettings? Oidc)
{
    /// <summary>What SAML takes; null before it was set up.</summary>
    [Id(10)]
    public SamlSettings? Saml { get; init; }

    /// <summary>What a tenant begins with.</summary>
    public static SsoSettings None { get; } = new(SsoMethod.None, null);
}

/// <summary>The tenant's OpenID Connect app in Okta.</summary>
/// <param name="Issuer">The issuer, exactly as its tokens name it.</param>
/// <param name="ClientId">The app's client id.</param>
/// <param name="Secrets">Its client secrets, newest first; one or two.</param>
[GenerateSerializer, Immutable, Alias("OidcSettings")]
public sealed record OidcSettings([property: Id(0)] string Issuer, [property: Id(1)] string ClientId, [property: Id(2)] SealedSecret[] Secrets);

/// <summary>A secret that an admin has entered, encrypted by the door that took it: no grain can read it.</summary>
/// <param name="Id">By which it is listed and removed.</param>
/// <param name="Sealed">Nonce, tag and cipher text.</param>
/// <param name="SetAt">When it was entered (UTC).</param>
[GenerateSerializer, Immutable, Alias("SealedSecret")]
public sealed record SealedSecret([property: Id(0)] string Id, [property: Id(1)] byte[] Sealed, [property: Id(2)] DateTimeOffset SetAt);
