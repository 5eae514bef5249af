using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Tenants;

/// <summary>A tenant as it is stored.</summary>
/// <param name="Slug">Its name and sub-domain.</param>
/// <param name="HostNames">Further host names.</param>
/// <param name="IntegrationEnabled">Whether the vendor has enabled the Okta integration.</param>
/// <param name="CreatedAt">When it was created (UTC).</param>
/// <param name="ScimTokens">Its live SCIM tokens, oldest first.</param>
/// <param name="IgnoreUnknownMembers">See <see cref="TenantSettings"/>; false in a tenant stored before there was the setting.</param>
/// <param name="Schema">Its own schema of users; null when it has never defined one.</param>
internal sealed record TenantState(
    string Slug,
    string[] HostNames,
    bool IntegrationEnabled,
    DateTimeOffset CreatedAt,
    ScimToken[] ScimTokens,
    bool IgnoreUnknownMembers = false,
    TenantSchema? Schema = null)
{
    /// <summary>Its live keys of the host API, oldest first; null in a tenant stored before there were any.</summary>
    public ScimToken[]? HostKeys { get; init; }

    /// <summary>How one signs in; null in a tenant that never set it.</summary>
    public SignInSettings? SignIn { get; init; }

    /// <summary>Single sign-on; null in a tenant that never set it up.</summary>
    public SsoSettings? Sso { get; init; }

    /// <summary>Whether and when new accounts are invited; null in a tenant stored before there was the setting.</summary>
    public InvitationPolicy? Invitations { get; init; }

    /// <summary>How its users are provisioned; null in a tenant that never set it.</summary>
    public ProvisioningState? Provisioning { get; init; }

    /// <summary>Reads a record from the store.</summary>
    public static TenantState From(StoredRecord stored) =>
        JsonSerializer.Deserialize(stored.Document.Span, TenantJson.Default.TenantState)
        ?? throw new JsonException($"The record {stored.Key} is null.");

    /// <summary>The document to store.</summary>
    public byte[] ToDocument() => JsonSerializer.SerializeToUtf8Bytes(this, TenantJson.Default.TenantState);

    /// <summary>What operators may see of it.</summary>
    public TenantView ToView() => new(
        Slug, HostNames, IntegrationEnabled, CreatedAt, Views(ScimTokens), ToSettings())
    {
        HostKeys = Views(HostKeys ?? []),
    };

    /// <summary>What the vendor has set for it.</summary>
    public TenantSettings ToSettings() => new(IgnoreUnknownMembers) { Invitations = Invitations ?? InvitationPolicy.None };

    /// <summary>How its users are provisioned.</summary>
    public Provisioning ToProvisioning()
    {
        var provisioning = Provisioning ?? ProvisioningState.Initial;
        return new Provisioning(
            IntegrationEnabled, provisioning.Method, provisioning.IsMoving, provisioning.Access, Views(provisioning.HookSecrets), ToSettings(), Schema?.Revision ?? 0);
    }

    /// <summary>The settings of the integration.</summary>
    /// <param name="version">The record's version.</param>
    public IntegrationView ToIntegration(long version) => new(version, IntegrationEnabled, SignIn ?? SignInSettings.Default, Sso ?? SsoSettings.None)
    {
        Invitations = ToSettings().Invitations,
    };

    /// <summary>Its own schema, with revision 0 when it has none.</summary>
    public TenantSchema ToSchema() => Schema ?? TenantSchema.None(Slug);

    private static ScimTokenView[] Views(ScimToken[] tokens) => Array.ConvertAll(tokens, token => new ScimTokenView(token.Id, token.Label, token.CreatedAt));
}

/// <summary>A live SCIM token, or a live key of the host API.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Hash">SHA-256 of the token. The token has 256 random bits, so a plain digest cannot be searched back.</param>
/// <param name="Label">What the operator called it.</param>
/// <param name="CreatedAt">When it was minted (UTC).</param>
internal sealed record ScimToken(string Id, byte[] Hash, string Label, DateTimeOffset CreatedAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(TenantState))]
internal sealed partial class TenantJson : JsonSerializerContext;
