using System.Text.Json.Nodes;

namespace OrleansIdentity.OktaSimulator.Directories;

/// <summary>A person as of one moment; a change makes a new one.</summary>
/// <param name="Id">Okta's id (<c>00u…</c>).</param>
/// <param name="Status">Okta's word, such as <c>ACTIVE</c>.</param>
/// <param name="Profile">The profile; not changed after it was set.</param>
/// <param name="Created">When the person was created.</param>
/// <param name="LastUpdated">When this state began.</param>
public sealed record DirectoryUser(string Id, string Status, JsonObject Profile, DateTimeOffset Created, DateTimeOffset LastUpdated)
{
    /// <summary>When the status began.</summary>
    public DateTimeOffset StatusChanged { get; init; } = Created;

    /// <summary>The name to sign in with.</summary>
    public string Login => Text("login");

    /// <summary>Whether apps may be assigned.</summary>
    public bool IsThere => Status != DirectoryStatus.Deprovisioned;

    /// <summary>The text of an attribute, or nothing.</summary>
    public string Text(string attribute) => Profile[attribute]?.GetValue<string>() ?? "";
}

/// <summary>Okta's words for where a person stands.</summary>
public static class DirectoryStatus
{
    public const string Active = "ACTIVE";
    public const string Suspended = "SUSPENDED";
    public const string LockedOut = "LOCKED_OUT";
    public const string Deprovisioned = "DEPROVISIONED";
}
