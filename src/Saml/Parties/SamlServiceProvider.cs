namespace OrleansIdentity.Saml.Parties;

/// <summary>This side of a tenant: who it says it is. Both are compared letter by letter.</summary>
/// <param name="EntityId">Its entity id, Okta's <i>Audience URI</i>.</param>
/// <param name="AssertionConsumerService">The absolute URL that responses are posted to, Okta's <i>Single sign-on URL</i>.</param>
public sealed record SamlServiceProvider(string EntityId, string AssertionConsumerService);
