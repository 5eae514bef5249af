using OrleansIdentity.Okta.Credentials;

namespace OrleansIdentity.Okta.Http;

/// <summary>A kind of call.</summary>
/// <param name="Bucket">The rate limit that it counts against: Okta has one for each path pattern.</param>
/// <param name="IsShrunk">Whether Okta is asked to leave out what is not used of users.</param>
internal sealed record OktaCall(string Bucket, bool IsShrunk = false)
{
    public static readonly OktaCall App = new("apps/{id}");
    public static readonly OktaCall AppUsers = new("apps/{id}/users");
    public static readonly OktaCall AppUser = new("apps/{id}/users/{id}");
    public static readonly OktaCall AppGroups = new("apps/{id}/groups");
    public static readonly OktaCall GroupPushMappings = new("apps/{id}/group-push/mappings");
    public static readonly OktaCall User = new("users/{id}", IsShrunk: true);
    public static readonly OktaCall Users = new("users", IsShrunk: true);
    public static readonly OktaCall Groups = new("groups");
    public static readonly OktaCall Group = new("groups/{id}");
    public static readonly OktaCall GroupUsers = new("groups/{id}/users", IsShrunk: true);
    public static readonly OktaCall Logs = new("logs");
}
