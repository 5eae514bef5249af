using Orleans.Concurrency;
using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Contracts.Tenants;

/// <summary>One tenant; key: its slug. Knows whether the Okta integration is enabled and which SCIM tokens are live, and is what enforces both.</summary>
[Alias("ITenantGrain")]
public interface ITenantGrain : IGrainWithStringKey
{
    /// <summary>Judges a SCIM bearer token. Answers from memory while commands run; takes the same path whatever is wrong.</summary>
    /// <param name="tokenHash">SHA-256 of the token, 32 bytes.</param>
    [Alias("Authenticate"), AlwaysInterleave]
    Task<AuthenticationReply> AuthenticateAsync(byte[] tokenHash);

    /// <summary>Reads the tenant; null when there is none of this name.</summary>
    [Alias("Read"), AlwaysInterleave]
    Task<TenantView?> ReadAsync();

    /// <summary>Reads the tenant's own schema of users, with revision 0 when it has defined none; null when there is no such tenant.</summary>
    [Alias("ReadSchema"), AlwaysInterleave]
    Task<TenantSchema?> ReadSchemaAsync();

    /// <summary>Creates the tenant, with the integration disabled.</summary>
    [Alias("Create")]
    Task<TenantReply> CreateAsync(CreateTenant command);

    /// <summary>Enables or disables the Okta integration. In force for the next request.</summary>
    [Alias("SetIntegration")]
    Task<TenantReply> SetIntegrationAsync(bool enabled, EventOrigin origin);

    /// <summary>Changes the tenant's settings. In force for the next request.</summary>
    [Alias("SetSettings")]
    Task<TenantReply> SetSettingsAsync(TenantSettings settings, EventOrigin origin);

    /// <summary>Replaces the tenant's own schema of users. In force for the next request.</summary>
    [Alias("DefineSchema")]
    Task<SchemaReply> DefineSchemaAsync(DefineSchema command);

    /// <summary>How one signs in here; null when there is no such tenant. Answers from memory while commands run.</summary>
    [Alias("ReadSignIn"), AlwaysInterleave]
    Task<SignInSettings?> ReadSignInAsync();

    /// <summary>Changes session hours and whether passwords are accepted, and leaves the rest as it is. In force for the next request.</summary>
    [Alias("SetSignIn")]
    Task<TenantReply> SetSignInAsync(SignInSettings settings, EventOrigin origin);

    /// <summary>The settings of the integration, whether or not it is enabled; null when there is no such tenant. Answers from memory while commands run.</summary>
    [Alias("ReadIntegration"), AlwaysInterleave]
    Task<IntegrationView?> ReadIntegrationAsync();

    /// <summary>Changes one section of the settings of the integration. In force for the next request.</summary>
    [Alias("ChangeIntegration")]
    Task<IntegrationReply> ChangeIntegrationAsync(IntegrationCommand command);

    /// <summary>Adds a SCIM token; two may be live.</summary>
    [Alias("AddToken")]
    Task<TenantReply> AddTokenAsync(AddScimToken command);

    /// <summary>Revokes a SCIM token. In force for the next request.</summary>
    [Alias("RevokeToken")]
    Task<TenantReply> RevokeTokenAsync(string tokenId, EventOrigin origin);

    /// <summary>
    /// Judges a key of the host API. Answers from memory while commands run, on the same path whatever is wrong. Whether the Okta integration is enabled
    /// makes no difference: a tenant has people without it.
    /// </summary>
    /// <param name="keyHash">SHA-256 of the key, 32 bytes.</param>
    [Alias("AuthenticateHost"), AlwaysInterleave]
    Task<HostAuthenticationReply> AuthenticateHostAsync(byte[] keyHash);

    /// <summary>Adds a key of the host API; two may be live.</summary>
    [Alias("AddHostKey")]
    Task<TenantReply> AddHostKeyAsync(AddHostKey command);

    /// <summary>Revokes a key of the host API. In force for the next request.</summary>
    [Alias("RevokeHostKey")]
    Task<TenantReply> RevokeHostKeyAsync(string keyId, EventOrigin origin);
}
