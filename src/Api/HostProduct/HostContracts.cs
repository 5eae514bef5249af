using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace OrleansIdentity.Api.HostProduct;

/// <summary>A person.</summary>
/// <param name="Id">The id.</param>
/// <param name="Status">not_invited, invite_scheduled, invite_pending, confirmed, deactivated or anonymised.</param>
/// <param name="InvitationAt">When the invitation goes out, went out or was accepted (UTC), as the status says.</param>
/// <param name="Role">The role.</param>
/// <param name="OktaId">The Okta id; shown only on behalf of an owner or admin.</param>
/// <param name="Profile">The local profile; null of an anonymised account.</param>
/// <param name="Fields">Where each field that has a value, or was edited, comes from.</param>
/// <param name="Misfits">Values that could not be understood, and are shown as they were sent.</param>
/// <param name="Groups">The groups that the person is a member of.</param>
/// <param name="CreatedAt">When the account was created (UTC).</param>
/// <param name="UpdatedAt">When its profile changed last (UTC).</param>
public sealed record Person(
    string Id,
    string Status,
    [property: JsonPropertyName("invitation_at")] DateTimeOffset? InvitationAt,
    string Role,
    [property: JsonPropertyName("okta_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? OktaId,
    Profile? Profile,
    IReadOnlyDictionary<string, FieldSource> Fields,
    MisfitValue[] Misfits,
    GroupName[] Groups,
    [property: JsonPropertyName("created_at")] DateTimeOffset? CreatedAt,
    [property: JsonPropertyName("updated_at")] DateTimeOffset? UpdatedAt);

/// <summary>The local profile.</summary>
public sealed record Profile(
    [property: JsonPropertyName("user_name")] string? UserName,
    string? Email,
    string? Title,
    [property: JsonPropertyName("first_name")] string? FirstName,
    [property: JsonPropertyName("last_name")] string? LastName,
    [property: JsonPropertyName("job_title")] string? JobTitle,
    string? Avatar,
    [property: JsonPropertyName("primary_language")] string? PrimaryLanguage,
    [property: JsonPropertyName("primary_location")] string? PrimaryLocation,
    [property: JsonPropertyName("primary_team")] TeamLink? PrimaryTeam,
    [property: JsonPropertyName("override_manager")] ManagerLink? OverrideManager,
    string? Timezone,
    [property: JsonPropertyName("custom_fields")] JsonObject CustomFields);

/// <summary>A team by name and id.</summary>
public sealed record TeamLink(string Id, string Name);

/// <summary>A manager.</summary>
/// <param name="Value">As sent; left out when it is an Okta id, which only owners and admins see.</param>
/// <param name="Id">The person that is meant; null while nobody is.</param>
public sealed record ManagerLink(string? Value, string? Id);

/// <summary>Where a field's value comes from.</summary>
/// <param name="Source">okta, or manual.</param>
/// <param name="EditedAt">When it was edited by hand last (UTC).</param>
/// <param name="EditedBy">The person who did.</param>
/// <param name="Drift">What Okta has instead; the next sync that supplies the field brings it back. Null when Okta has nothing.</param>
public sealed record FieldSource(
    string Source,
    [property: JsonPropertyName("edited_at"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? EditedAt = null,
    [property: JsonPropertyName("edited_by"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? EditedBy = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Drift? Drift = null);

/// <summary>A value by hand that is not Okta's.</summary>
public sealed record Drift(
    [property: JsonPropertyName("okta_value")] JsonElement OktaValue,
    [property: JsonPropertyName("edited_at")] DateTimeOffset EditedAt,
    [property: JsonPropertyName("edited_by")] string EditedBy);

/// <summary>A value that could not be understood.</summary>
public sealed record MisfitValue(string Field, string Value, string Why);

/// <summary>A group by name and id.</summary>
public sealed record GroupName(string Id, string Name);

/// <summary>A page of people, in the order of their creation.</summary>
/// <param name="Users">The page.</param>
/// <param name="Total">How many there are in all. Exact.</param>
/// <param name="Next">What to give as <c>after</c> for the next page; null on the last.</param>
public sealed record PersonPage(Person[] Users, long Total, string? Next);

/// <summary>A team or a group.</summary>
public sealed record Circle(string Id, string Name, [property: JsonPropertyName("member_count")] long MemberCount);

/// <summary>A page of teams.</summary>
public sealed record TeamList(Circle[] Teams, long Total, string? Next);

/// <summary>A page of groups.</summary>
public sealed record GroupList(Circle[] Groups, long Total, string? Next);

/// <summary>What to make of a person: local fields; null clears.</summary>
public sealed record ProfilePatch(
    [property: JsonPropertyName("user_name")] string? UserName,
    string? Email,
    string? Title,
    [property: JsonPropertyName("first_name")] string? FirstName,
    [property: JsonPropertyName("last_name")] string? LastName,
    [property: JsonPropertyName("job_title")] string? JobTitle,
    string? Avatar,
    [property: JsonPropertyName("primary_language")] string? PrimaryLanguage,
    [property: JsonPropertyName("primary_location")] string? PrimaryLocation,
    [property: JsonPropertyName("primary_team")] string? PrimaryTeam,
    [property: JsonPropertyName("override_manager")] string? OverrideManager,
    string? Timezone,
    [property: JsonPropertyName("custom_fields")] JsonObject? CustomFields);

/// <summary>A role to give.</summary>
/// <param name="Role">owner, admin, hr, viewer, curator, reporter or learning_designer.</param>
public sealed record RoleChange([property: JsonRequired] string Role);
