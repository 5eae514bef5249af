using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Contracts.Tenants;

/// <summary>By what a tenant's users are provisioned. One at a time; while a tenant moves, both.</summary>
public enum ProvisioningMethod
{
    /// <summary>Okta pushes by SCIM. What a tenant begins with.</summary>
    Scim,

    /// <summary>Event hooks and a nightly sync; for tenants that use it already.</summary>
    Standard,

    /// <summary>Nothing.</summary>
    None,
}

/// <summary>Steps of the way from Standard to SCIM.</summary>
public enum MoveStep
{
    /// <summary>Both methods work from now on.</summary>
    Start,

    /// <summary>SCIM alone works from now on.</summary>
    Finish,

    /// <summary>Standard alone works again.</summary>
    Back,
}

/// <summary>How a secret of an event hook was judged.</summary>
public enum HookAuthenticationResult
{
    /// <summary>There is no hook here: no such tenant, the integration is disabled, or no secret was ever made.</summary>
    NoHook,

    /// <summary>Not a live secret.</summary>
    Unknown,

    /// <summary>A live secret of a tenant that is not provisioned by Standard now: what it tells is of no interest.</summary>
    Ignored,

    /// <summary>A live secret.</summary>
    Accepted,
}

/// <summary>The answer to a secret of an event hook.</summary>
/// <param name="Result">The judgement.</param>
/// <param name="Org">The address of the tenant's Okta org; null unless accepted.</param>
/// <param name="AppId">The tenant's app in Okta; null unless accepted.</param>
[GenerateSerializer, Immutable, Alias("HookAuthentication")]
public sealed record HookAuthentication([property: Id(0)] HookAuthenticationResult Result, [property: Id(1)] string? Org, [property: Id(2)] string? AppId);

/// <summary>How Okta is reached by Standard.</summary>
/// <param name="Org">The org's address, such as <c>https://acme.okta.com</c>.</param>
/// <param name="AppId">The tenant's app (<c>0oa…</c>): who is assigned to it is provisioned.</param>
/// <param name="ClientId">The service app's client id; null for an API token.</param>
/// <param name="KeyId">The id of the service app's key; null for an API token, or when it stands in the key.</param>
/// <param name="Sealed">The API token or the private key, encrypted at the door. Nobody here can read it.</param>
[GenerateSerializer, Immutable, Alias("OktaAccess")]
public sealed record OktaAccess(
    [property: Id(0)] string Org, [property: Id(1)] string AppId, [property: Id(2)] string? ClientId, [property: Id(3)] string? KeyId, [property: Id(4)] byte[] Sealed);

/// <summary>How a tenant's users are provisioned.</summary>
/// <param name="IsEnabled">Whether the vendor has enabled the Okta integration.</param>
/// <param name="Method">The method.</param>
/// <param name="IsMoving">Whether the tenant moves from Standard to SCIM: then both work.</param>
/// <param name="Access">How Okta is reached; null when that was never set.</param>
/// <param name="HookSecrets">The live secrets of the event hook, oldest first.</param>
/// <param name="Settings">What the vendor has set for the tenant.</param>
/// <param name="SchemaRevision">The revision of the tenant's own schema.</param>
[GenerateSerializer, Immutable, Alias("Provisioning")]
public sealed record Provisioning(
    [property: Id(0)] bool IsEnabled,
    [property: Id(1)] ProvisioningMethod Method,
    [property: Id(2)] bool IsMoving,
    [property: Id(3)] OktaAccess? Access,
    [property: Id(4)] ScimTokenView[] HookSecrets,
    [property: Id(5)] TenantSettings Settings,
    [property: Id(6)] long SchemaRevision)
{
    /// <summary>Whether hooks and syncs may change users.</summary>
    public bool IsStandardInForce => IsEnabled && Method == ProvisioningMethod.Standard && Access is not null;
}

/// <summary>Sets how users are provisioned.</summary>
/// <param name="Method">The method; null to leave it as it is.</param>
/// <param name="Access">How Okta is reached; null to leave it as it is.</param>
/// <param name="Origin">Who asks.</param>
[GenerateSerializer, Immutable, Alias("SetProvisioning")]
public sealed record SetProvisioning([property: Id(0)] ProvisioningMethod? Method, [property: Id(1)] OktaAccess? Access, [property: Id(2)] EventOrigin Origin)
{
    /// <summary>The version of the tenant's record that the caller has read; null when it does not matter.</summary>
    [Id(3)]
    public long? Version { get; init; }
}

/// <summary>Adds a secret of the event hook.</summary>
/// <param name="SecretId">The id by which it is listed and revoked; chosen by the caller, unique.</param>
/// <param name="SecretHash">SHA-256 of the secret, 32 bytes. The secret itself never gets here.</param>
/// <param name="Label">What the administrator calls it.</param>
/// <param name="Origin">Who asks.</param>
[GenerateSerializer, Immutable, Alias("AddHookSecret")]
public sealed record AddHookSecret(
    [property: Id(0)] string SecretId, [property: Id(1)] byte[] SecretHash, [property: Id(2)] string Label, [property: Id(3)] EventOrigin Origin)
{
    /// <summary>As <see cref="SetProvisioning.Version"/>.</summary>
    [Id(4)]
    public long? Version { get; init; }
}

/// <summary>What became of a command.</summary>
/// <param name="Refusal">Why it was refused; null when it was carried out.</param>
/// <param name="Provisioning">How users are provisioned afterwards; null with a refusal.</param>
/// <param name="Changed">Whether this call changed anything.</param>
[GenerateSerializer, Immutable, Alias("ProvisioningReply")]
public sealed record ProvisioningReply([property: Id(0)] Refusal? Refusal, [property: Id(1)] Provisioning? Provisioning, [property: Id(2)] bool Changed);
