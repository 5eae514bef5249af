namespace OrleansIdentity.Okta.Credentials;

/// <summary>The scopes of Okta's API that this product uses.</summary>
public static class OktaScopes
{
    public const string AppsRead = "okta.apps.read";
    public const string UsersRead = "okta.users.read";
    public const string GroupsRead = "okta.groups.read";
    public const string LogsRead = "okta.logs.read";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [AppsRead, UsersRead, GroupsRead, LogsRead];
}
