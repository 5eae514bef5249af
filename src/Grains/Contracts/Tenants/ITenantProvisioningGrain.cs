using Orleans.Concurrency;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Contracts.Tenants;

/// <summary>
/// How a tenant's users are provisioned: the tenant's own grain, as those see it who provision. Key: the slug. A command that names the version of the tenant's record
/// that its caller has read is refused with 412 when somebody else was first.
/// </summary>
[Alias("ITenantProvisioningGrain")]
public interface ITenantProvisioningGrain : IGrainWithStringKey
{
    /// <summary>Judges the secret of an event hook. Answers from memory while commands run, on the same path whatever is wrong.</summary>
    /// <param name="secretHash">SHA-256 of the secret, 32 bytes.</param>
    [Alias("AuthenticateHook"), AlwaysInterleave]
    Task<HookAuthentication> AuthenticateHookAsync(byte[] secretHash);

    /// <summary>How users are provisioned at this moment; null when there is no such tenant. Answers from memory while commands run.</summary>
    [Alias("ReadProvisioning"), AlwaysInterleave]
    Task<Provisioning?> ReadProvisioningAsync();

    /// <summary>Sets the method, or how Okta is reached, or both. In force for the next request.</summary>
    [Alias("SetProvisioning")]
    Task<ProvisioningReply> SetProvisioningAsync(SetProvisioning command);

    /// <summary>Adds a secret of the event hook; two may be live.</summary>
    [Alias("AddHookSecret")]
    Task<ProvisioningReply> AddHookSecretAsync(AddHookSecret command);

    /// <summary>Revokes a secret of the event hook. In force for the next request.</summary>
    [Alias("RevokeHookSecret")]
    Task<ProvisioningReply> RevokeHookSecretAsync(string secretId, EventOrigin origin, long? version);

    /// <summary>Goes a step of the way from Standard to SCIM, or back.</summary>
    [Alias("Move")]
    Task<ProvisioningReply> MoveAsync(MoveStep step, EventOrigin origin, long? version);
}
