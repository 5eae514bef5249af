using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansIdentity.Api.Settings;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Contracts.Users;

namespace OrleansIdentity.Api.Operator;

/// <summary>Asks for a new tenant.</summary>
/// <param name="Slug">Its name and sub-domain: 1 to 63 characters of a-z, 0-9 and '-'.</param>
/// <param name="HostNames">Further host names that lead to it.</param>
/// <param name="Owner">Its first owner, who is invited by e-mail; without one it has none yet.</param>
public sealed record NewTenant(string Slug, string[]? HostNames, NewOwner? Owner = null);

/// <summary>Names an owner.</summary>
/// <param name="Email">The e-mail address, which becomes the user name of a new account.</param>
/// <param name="FirstName">The first name.</param>
/// <param name="LastName">The last name.</param>
public sealed record NewOwner([property: JsonRequired] string Email, string? FirstName, string? LastName);

/// <summary>An owner of a tenant.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Status">Where the account is on its way in.</param>
public sealed record OwnerAccount(string Id, string Status);

/// <summary>A tenant.</summary>
/// <param name="Slug">Its name and sub-domain.</param>
/// <param name="HostNames">Further host names that lead to it.</param>
/// <param name="IntegrationEnabled">Whether the Okta integration is enabled for it.</param>
/// <param name="CreatedAt">When it was created (UTC).</param>
/// <param name="ScimTokens">Its live SCIM tokens, oldest first.</param>
/// <param name="Settings">What was set for it.</param>
public sealed record Tenant(string Slug, string[] HostNames, bool IntegrationEnabled, DateTimeOffset CreatedAt, LiveToken[] ScimTokens, Settings Settings)
{
    internal static Tenant From(TenantView view) => new(
        view.Slug,
        view.HostNames,
        view.IntegrationEnabled,
        view.CreatedAt,
        [.. view.ScimTokens.Select(token => new LiveToken(token.Id, token.Label, token.CreatedAt))],
        Settings.From(view.Settings));
}

/// <summary>The settings of a tenant; all of them are sent.</summary>
/// <param name="IgnoreUnknownMembers">
/// Whether a change to a group leaves out members that are no users of the tenant. Otherwise it is refused as a whole, and Okta's task says which they are.
/// </param>
/// <param name="Invitations">Whether and when new accounts are invited; left out, they are not.</param>
public sealed record Settings([property: JsonRequired] bool IgnoreUnknownMembers, InvitationSettings? Invitations = null)
{
    internal static Settings From(TenantSettings settings) => new(
        settings.IgnoreUnknownMembers, InvitationSettings.From(settings.Invitations));

    internal TenantSettings ToSettings() => new(IgnoreUnknownMembers)
    {
        Invitations = Invitations?.ToPolicy() ?? InvitationPolicy.None,
    };
}

/// <summary>A page of tenants, in the order of their slugs.</summary>
/// <param name="Tenants">The page.</param>
/// <param name="Next">What to give as <c>after</c> for the next page; null on the last.</param>
public sealed record TenantPage(Tenant[] Tenants, string? Next);

/// <summary>Asks for a new SCIM token.</summary>
/// <param name="Label">What to call it, at most 100 characters.</param>
public sealed record NewToken(string? Label = null);

/// <summary>A SCIM token that was just minted: the only time that it is shown.</summary>
/// <param name="Id">The id by which it is listed and revoked.</param>
/// <param name="Label">What it is called.</param>
/// <param name="CreatedAt">When it was minted (UTC).</param>
/// <param name="Token">The token to paste into Okta.</param>
public sealed record MintedToken(string Id, string Label, DateTimeOffset CreatedAt, string Token);

/// <summary>A live SCIM token.</summary>
/// <param name="Id">The id by which it is revoked.</param>
/// <param name="Label">What it is called.</param>
/// <param name="CreatedAt">When it was minted (UTC).</param>
public sealed record LiveToken(string Id, string Label, DateTimeOffset CreatedAt);

/// <summary>The live SCIM tokens of a tenant.</summary>
/// <param name="ScimTokens">Oldest first.</param>
public sealed record TokenList(LiveToken[] ScimTokens);

/// <summary>The live keys of the host API of a tenant.</summary>
/// <param name="HostKeys">Oldest first.</param>
public sealed record HostKeyList(LiveToken[] HostKeys);

/// <summary>A page of a log, in order.</summary>
/// <param name="Events">The page.</param>
/// <param name="Next">What to give as <c>after</c> to read on; the same as was given when there is nothing more yet.</param>
public sealed record EventPage(LoggedEvent[] Events, long Next);

/// <summary>One event.</summary>
/// <param name="Position">Its place in the log: 1, 2, 3 … without gaps.</param>
/// <param name="Id">Its id.</param>
/// <param name="Type">What happened, such as <c>user.deactivated</c>.</param>
/// <param name="Time">When (UTC).</param>
/// <param name="Kind">The kind of what it happened to, such as <c>user</c>.</param>
/// <param name="ResourceId">The id of what it happened to.</param>
/// <param name="Version">The record's version after it; 0 when no record changed.</param>
/// <param name="Source">The door it came through: <c>scim</c>, <c>host</c>, <c>operator</c> or <c>system</c>.</param>
/// <param name="Actor">Who: the id of a token, of the user on whose behalf the host product asked, or <c>operator</c>.</param>
/// <param name="CorrelationId">The request that caused it, as its response header <c>X-Correlation-Id</c> said.</param>
/// <param name="Changes">One entry per attribute: <c>path</c>, <c>before</c>, <c>after</c>.</param>
public sealed record LoggedEvent(
    long Position,
    Guid Id,
    string Type,
    DateTimeOffset Time,
    string Kind,
    string ResourceId,
    long Version,
    string Source,
    string Actor,
    string CorrelationId,
    JsonElement Changes)
{
    internal static LoggedEvent From(EventView view) => new(
        view.Position,
        view.Id,
        view.Type,
        view.Time,
        view.Kind,
        view.ResourceId,
        view.Version,
        view.Origin.Source,
        view.Origin.Actor,
        view.Origin.CorrelationId,
        JsonElement.Parse(view.Changes));
}
