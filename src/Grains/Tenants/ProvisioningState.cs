using OrleansIdentity.Grains.Contracts.Tenants;

namespace OrleansIdentity.Grains.Tenants;

/// <summary>How a tenant's users are provisioned, as it is stored.</summary>
/// <param name="Method">The method.</param>
/// <param name="IsMoving">Whether the tenant moves from Standard to SCIM.</param>
/// <param name="Access">How Okta is reached; null when that was never set.</param>
/// <param name="HookSecrets">The live secrets of the event hook, oldest first.</param>
internal sealed record ProvisioningState(ProvisioningMethod Method, bool IsMoving, OktaAccess? Access, ScimToken[] HookSecrets)
{
    /// <summary>What a tenant begins with.</summary>
    public static ProvisioningState Initial { get; } = new(ProvisioningMethod.Scim, IsMoving: false, null, []);

    /// <summary>Whether a push by SCIM may change users.</summary>
    public bool TakesScim => Method == ProvisioningMethod.Scim || IsMoving;
}
