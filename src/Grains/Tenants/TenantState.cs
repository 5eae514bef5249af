using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Tenants;

/// <summary>A tenant as it is stored.</summary>
/// <param name="Slug">Its name and sub-domain.</param>
/// <param name="HostNames">Further host names.</param>
/// <param name="IntegrationEnabled">Whether the vendor has enabled the Okta integration.</param>
/// <param name="CreatedAt">When it was created (UTC).</param>
/// <param name="ScimTokens">Its live SCIM tokens, oldest first.</param>
/// <param name="IgnoreUnknownMembers">See <see cref="TenantSettings"/>; false in a tenant stored before there was the setting.</param>
/// <param name="SignIn">How one signs in; null in a tenant that never set it.</param>
internal sealed record TenantState(
    string Slug, string[] HostNames, bool IntegrationEnabled, DateTimeOffset CreatedAt, ScimToken[] ScimTokens, bool IgnoreUnknownMembers = false,
    SignInSettings? SignIn = null)
{
    /// <summary>Reads a record from the store.</summary>
    public static TenantState From(StoredRecord stored) =>
        JsonSerializer.Deserialize(stored.Document.Span, TenantJson.Default.TenantState)
        ?? throw new JsonException($"The record {stored.Key} is null.");

    /// <summary>The document to store.</summary>
    public byte[] ToDocument() => JsonSerializer.SerializeToUtf8Bytes(this, TenantJson.Default.TenantState);

    /// <summary>What operators may see of it.</summary>
    public TenantView ToView() => new(
        Slug, HostNames, IntegrationEnabled, CreatedAt, [.. ScimTokens.Select(token => new ScimTokenView(token.Id, token.Label, token.CreatedAt))], ToSettings());

    /// <summary>What the vendor has set for it.</summary>
    public TenantSettings ToSettings() => new(IgnoreUnknownMembers);
}

/// <summary>A live SCIM token.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Hash">SHA-256 of the token. The token has 256 random bits, so a plain digest cannot be searched back.</param>
/// <param name="Label">What the operator called it.</param>
/// <param name="CreatedAt">When it was minted (UTC).</param>
internal sealed record ScimToken(string Id, byte[] Hash, string Label, DateTimeOffset CreatedAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TenantState))]
internal sealed partial class TenantJson : JsonSerializerContext;
