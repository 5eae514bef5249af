using OrleansIdentity.Saml.Certificates;

namespace OrleansIdentity.Saml.Parties;

/// <summary>The identity provider that a tenant trusts, and how far.</summary>
/// <param name="EntityId">Its entity id, which every response and assertion must state as issuer.</param>
/// <param name="Certificates">The only certificates whose keys are believed; what a message brings along is not looked at.</param>
/// <param name="Policy">What is demanded of its responses.</param>
public sealed record SamlIdentityProvider(string EntityId, SigningCertificates Certificates, SamlPolicy Policy);
