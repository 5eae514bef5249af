using System.Text.Json.Nodes;

namespace OrleansIdentity.Grains.Profiles;

/// <summary>A user as the host product knows it: what its SCIM attributes come to, computed on each read. Null is what nobody has supplied.</summary>
public sealed record LocalProfile
{
    /// <summary>The name by which the tenant's directory knows the user.</summary>
    public string? UserName { get; init; }

    /// <summary>The address to write to.</summary>
    public string? Email { get; init; }

    /// <summary>The honorific, such as "Dr."; the job title is <see cref="JobTitle"/>.</summary>
    public string? Title { get; init; }

    /// <summary>The given name.</summary>
    public string? FirstName { get; init; }

    /// <summary>The family name.</summary>
    public string? LastName { get; init; }

    /// <summary>The job title.</summary>
    public string? JobTitle { get; init; }

    /// <summary>The address of a picture.</summary>
    public string? Avatar { get; init; }

    /// <summary>A BCP 47 tag such as <c>de-DE</c>; as sent, where it is among the <see cref="Misfits"/>.</summary>
    public string? PrimaryLanguage { get; init; }

    /// <summary>A place, its white space collapsed.</summary>
    public string? PrimaryLocation { get; init; }

    /// <summary>The name of the team, its white space collapsed; see <see cref="TeamName"/>.</summary>
    public string? PrimaryTeam { get; init; }

    /// <summary>How the manager is named, as sent: an id, an Okta id, a user name or an e-mail address. Whom it means is found out on read.</summary>
    public string? OverrideManager { get; init; }

    /// <summary>An IANA time zone such as <c>Europe/Berlin</c>; as sent, where it is among the <see cref="Misfits"/>.</summary>
    public string? Timezone { get; init; }

    /// <summary>The attributes of the tenant's own extensions, by name.</summary>
    public JsonObject CustomFields { get; init; } = [];

    /// <summary>The values that could not be understood. They fail nobody, and stay visible as they were sent.</summary>
    public IReadOnlyList<Misfit> Misfits { get; init; } = [];
}

/// <summary>A value that could not be understood.</summary>
/// <param name="Field">The local field.</param>
/// <param name="Value">The value as sent.</param>
/// <param name="Why">What is wrong with it and what would be understood.</param>
public sealed record Misfit(string Field, string Value, string Why);
