using OrleansIdentity.Okta.Credentials;

namespace OrleansIdentity.Okta;

/// <summary>What it takes to call a customer's org for one tenant.</summary>
/// <param name="Tenant">The tenant's slug. Rate budgets are per tenant, so that no tenant can use up another one's by naming its org.</param>
/// <param name="Org">The org.</param>
/// <param name="Credential">The tenant's credential for it.</param>
public sealed record OktaConnection(string Tenant, OktaOrgUrl Org, OktaCredential Credential);
