using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Contracts.Integrations;

/// <summary>What all changes of a tenant's settings of the integration have in common.</summary>
/// <param name="Origin">Who asks.</param>
/// <param name="Version">The version that the caller has read and means to change.</param>
[GenerateSerializer, Immutable, Alias("IntegrationCommand")]
public abstract record IntegrationCommand([property: Id(0)] EventOrigin Origin, [property: Id(1)] long Version);

/// <summary>Replaces how one signs in.</summary>
/// <param name="Origin">Who asks.</param>
/// <param name="Version">The version that the caller has read.</param>
/// <param name="Policy">All of it.</param>
[GenerateSerializer, Immutable, Alias("SetPolicy")]
public sealed record SetPolicy(EventOrigin Origin, long Version, [property: Id(0)] SignInSettings Policy) : IntegrationCommand(Origin, Version);

/// <summary>Replaces whether and when new accounts are invited.</summary>
/// <param name="Origin">Who asks.</param>
/// <param name="Version">The version that the caller has read.</param>
/// <param name="Invitations">All of it.</param>
[GenerateSerializer, Immutable, Alias("SetInvitations")]
public sealed record SetInvitations(EventOrigin Origin, long Version, [property: Id(0)] InvitationPolicy Invitations) : IntegrationCommand(Origin, Version);

/// <summary>Replaces the tenant's own schema of users, by the rules of <see cref="DefineSchema"/>.</summary>
/// <param name="Version">The version that the caller has read.</param>
/// <param name="Definition">The schema, the revision that was read, and who asks.</param>
[GenerateSerializer, Immutable, Alias("SetSchema")]
public sealed record SetSchema(long Version, [property: Id(0)] DefineSchema Definition) : IntegrationCommand(Definition.Origin, Version);

/// <summary>Chooses the method of single sign-on.</summary>
/// <param name="Origin">Who asks.</param>
/// <param name="Version">The version that the caller has read.</param>
/// <param name="Method">Which.</param>
/// <param name="Oidc">The app's issuer and client id, and a secret if there is a new one; null to leave OpenID Connect as it is.</param>
[GenerateSerializer, Immutable, Alias("SetSso")]
public sealed record SetSso(EventOrigin Origin, long Version, [property: Id(0)] SsoMethod Method, [property: Id(1)] OidcSettings? Oidc)
    : IntegrationCommand(Origin, Version);

/// <summary>Sets SAML up, or changes what it was set up with. Which method is in use stays.</summary>
/// <param name="Origin">Who asks.</param>
/// <param name="Version">The version that the caller has read.</param>
/// <param name="Saml">All of it.</param>
[GenerateSerializer, Immutable, Alias("SetSaml")]
public sealed record SetSaml(EventOrigin Origin, long Version, [property: Id(0)] SamlSettings Saml) : IntegrationCommand(Origin, Version);

/// <summary>Removes a client secret that Okta no longer knows.</summary>
/// <param name="Origin">Who asks.</param>
/// <param name="Version">The version that the caller has read.</param>
/// <param name="SecretId">Which.</param>
[GenerateSerializer, Immutable, Alias("RemoveClientSecret")]
public sealed record RemoveClientSecret(EventOrigin Origin, long Version, [property: Id(0)] string SecretId) : IntegrationCommand(Origin, Version);

/// <summary>What became of a change of the settings.</summary>
/// <param name="Refusal">Why it was refused; null when it was carried out.</param>
/// <param name="Settings">The settings afterwards; null with a refusal.</param>
/// <param name="Changed">Whether this call changed anything.</param>
[GenerateSerializer, Immutable, Alias("IntegrationReply")]
public sealed record IntegrationReply([property: Id(0)] Refusal? Refusal, [property: Id(1)] IntegrationView? Settings, [property: Id(2)] bool Changed);
