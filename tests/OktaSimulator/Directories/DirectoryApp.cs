namespace OrleansIdentity.OktaSimulator.Directories;

/// <summary>An app of the org.</summary>
/// <param name="Id">Okta's id (<c>0oa…</c>).</param>
/// <param name="Label">What the admin called it.</param>
/// <param name="SignOnMode">Such as <c>OPENID_CONNECT</c>.</param>
public sealed record DirectoryApp(string Id, string Label, string SignOnMode)
{
    /// <summary>Whom it is assigned to by name.</summary>
    internal HashSet<string> DirectUsers { get; } = new(StringComparer.Ordinal);

    /// <summary>Which groups it is assigned to.</summary>
    internal List<string> Groups { get; } = [];

    /// <summary>Which groups are pushed to it.</summary>
    internal List<string> PushedGroups { get; } = [];

    /// <summary>The assignments that follow from it, by person.</summary>
    internal SortedDictionary<string, Assignment> Assignments { get; } = new(StringComparer.Ordinal);
}

/// <summary>One person's assignment to an app.</summary>
/// <param name="UserId">The person.</param>
/// <param name="Scope"><c>USER</c> or <c>GROUP</c>.</param>
/// <param name="Created">When it was made.</param>
public sealed record Assignment(string UserId, string Scope, DateTimeOffset Created)
{
    /// <summary>The id of the assignment (<c>0ua…</c>), which only events show.</summary>
    public string EventId { get; init; } = "";

    /// <summary>The person's id at the app; null until provisioning has succeeded.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Okta's word.</summary>
    public string Status { get; init; } = "ACTIVE";

    /// <summary>Okta's word.</summary>
    public string SyncState { get; init; } = "DISABLED";
}

/// <summary>A group of the org.</summary>
/// <param name="Id">Okta's id (<c>00g…</c>).</param>
/// <param name="Name">Its name.</param>
public sealed record DirectoryGroup(string Id, string Name)
{
    internal SortedSet<string> Members { get; init; } = new(StringComparer.Ordinal);
}
