using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Contracts.Tenants;

/// <summary>How a bearer token was judged.</summary>
public enum AuthenticationResult
{
    /// <summary>No such tenant, or no such live token: the caller is not told which.</summary>
    Unknown,

    /// <summary>A live token, but the vendor has not enabled the integration for this tenant.</summary>
    IntegrationDisabled,

    /// <summary>A live token of an enabled tenant.</summary>
    Accepted,

    /// <summary>A live token, but the tenant's users are not provisioned by SCIM now.</summary>
    OtherMethod,
}

/// <summary>The answer to a bearer token.</summary>
/// <param name="Result">The judgement.</param>
/// <param name="TokenId">The id of the live token that was shown; empty when it is unknown.</param>
/// <param name="Settings">The settings of the tenant that it is a token of; the defaults when it is unknown.</param>
[GenerateSerializer, Immutable, Alias("AuthenticationReply")]
public sealed record AuthenticationReply(
    [property: Id(0)] AuthenticationResult Result, [property: Id(1)] string TokenId, [property: Id(2)] TenantSettings Settings)
{
    /// <summary>The revision of the tenant's own schema; 0 when it has defined none. The schema itself does not travel with every request.</summary>
    [Id(3)]
    public long SchemaRevision { get; init; }

    /// <summary>Whether a create of somebody who has an account is to be joined to that: the tenant moves from Standard to SCIM.</summary>
    [Id(4)]
    public bool JoinsAccounts { get; init; }
}

/// <summary>What the vendor sets for a tenant.</summary>
/// <param name="IgnoreUnknownMembers">Whether a change to a group leaves out members that are no users of the tenant, rather than being refused as a whole.</param>
[GenerateSerializer, Immutable, Alias("TenantSettings")]
public sealed record TenantSettings([property: Id(0)] bool IgnoreUnknownMembers)
{
    /// <summary>Whether and when new accounts are invited.</summary>
    [Id(10)]
    public InvitationPolicy Invitations { get; init; } = InvitationPolicy.None;

    /// <summary>What a tenant begins with.</summary>
    public static TenantSettings Default { get; } = new(IgnoreUnknownMembers: false);
}

/// <summary>How one signs in at a tenant.</summary>
/// <param name="SessionHours">After so many hours without a request a session is over.</param>
/// <param name="SsoOnly">Whether passwords are not accepted.</param>
[GenerateSerializer, Immutable, Alias("SignInSettings")]
public sealed record SignInSettings([property: Id(0)] int SessionHours, [property: Id(1)] bool SsoOnly)
{
    /// <summary>Whether single sign-on needs more than one factor.</summary>
    [Id(2)]
    public bool RequireMultiFactor { get; init; }

    /// <summary>Whether a sign-in by SAML may begin at Okta.</summary>
    [Id(3)]
    public bool IdpInitiated { get; init; }

    /// <summary>What a tenant begins with: seven days, and passwords beside single sign-on.</summary>
    public static SignInSettings Default { get; } = new(SessionHours: 168, SsoOnly: false);

    /// <summary><see cref="SessionHours"/> as a time span.</summary>
    public TimeSpan SessionTimeout => TimeSpan.FromHours(SessionHours);
}

/// <summary>Creates a tenant.</summary>
/// <param name="HostNames">Further host names that lead to it, already claimed for it.</param>
/// <param name="Origin">Who asks.</param>
[GenerateSerializer, Immutable, Alias("CreateTenant")]
public sealed record CreateTenant([property: Id(0)] string[] HostNames, [property: Id(1)] EventOrigin Origin);

/// <summary>Adds a SCIM token.</summary>
/// <param name="TokenId">The id by which it is listed and revoked; chosen by the caller, unique.</param>
/// <param name="TokenHash">SHA-256 of the token, 32 bytes. The token itself never gets here.</param>
/// <param name="Label">What the operator calls it.</param>
/// <param name="Origin">Who asks.</param>
[GenerateSerializer, Immutable, Alias("AddScimToken")]
public sealed record AddScimToken(
    [property: Id(0)] string TokenId, [property: Id(1)] byte[] TokenHash, [property: Id(2)] string Label, [property: Id(3)] EventOrigin Origin);

/// <summary>Adds a key of the host API.</summary>
/// <param name="KeyId">The id by which it is listed and revoked; chosen by the caller, unique.</param>
/// <param name="KeyHash">SHA-256 of the key, 32 bytes. The key itself never gets here.</param>
/// <param name="Label">What the operator calls it.</param>
/// <param name="Origin">Who asks.</param>
[GenerateSerializer, Immutable, Alias("AddHostKey")]
public sealed record AddHostKey(
    [property: Id(0)] string KeyId, [property: Id(1)] byte[] KeyHash, [property: Id(2)] string Label, [property: Id(3)] EventOrigin Origin);

/// <summary>The answer to a key of the host API.</summary>
/// <param name="KeyId">The id of the live key that was shown; null when it is unknown.</param>
/// <param name="Settings">The settings of the tenant that it is a key of; the defaults when it is unknown.</param>
[GenerateSerializer, Immutable, Alias("HostAuthenticationReply")]
public sealed record HostAuthenticationReply([property: Id(0)] string? KeyId, [property: Id(1)] TenantSettings Settings)
{
    /// <summary>As <see cref="AuthenticationReply.SchemaRevision"/>.</summary>
    [Id(2)]
    public long SchemaRevision { get; init; }
}

/// <summary>A tenant as operators see it.</summary>
/// <param name="Slug">Its name and sub-domain.</param>
/// <param name="HostNames">Further host names that lead to it.</param>
/// <param name="IntegrationEnabled">Whether the vendor has enabled the Okta integration.</param>
/// <param name="CreatedAt">When it was created (UTC).</param>
/// <param name="ScimTokens">Its live SCIM tokens, oldest first.</param>
/// <param name="Settings">What the vendor has set for it.</param>
[GenerateSerializer, Immutable, Alias("TenantView")]
public sealed record TenantView(
    [property: Id(0)] string Slug,
    [property: Id(1)] string[] HostNames,
    [property: Id(2)] bool IntegrationEnabled,
    [property: Id(3)] DateTimeOffset CreatedAt,
    [property: Id(4)] ScimTokenView[] ScimTokens,
    [property: Id(5)] TenantSettings Settings)
{
    /// <summary>Its live keys of the host API, oldest first.</summary>
    [Id(10)]
    public ScimTokenView[] HostKeys { get; init; } = [];
}

/// <summary>A live SCIM token as operators see it: never the token, never its hash.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Label">What the operator called it.</param>
/// <param name="CreatedAt">When it was minted (UTC).</param>
[GenerateSerializer, Immutable, Alias("ScimTokenView")]
public sealed record ScimTokenView([property: Id(0)] string Id, [property: Id(1)] string Label, [property: Id(2)] DateTimeOffset CreatedAt);

/// <summary>What became of a command to a tenant.</summary>
/// <param name="Refusal">Why it was refused; null when it was carried out.</param>
/// <param name="Tenant">The tenant afterwards; null with a refusal.</param>
/// <param name="Changed">Whether this call changed anything.</param>
[GenerateSerializer, Immutable, Alias("TenantReply")]
public sealed record TenantReply([property: Id(0)] Refusal? Refusal, [property: Id(1)] TenantView? Tenant, [property: Id(2)] bool Changed)
{
    /// <summary>A refusal.</summary>
    public static TenantReply Refused(Refusal refusal) => new(refusal, null, false);
}
