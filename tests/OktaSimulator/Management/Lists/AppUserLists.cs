using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OrleansIdentity.OktaSimulator.Directories;

namespace OrleansIdentity.OktaSimulator.Management.Lists;

/// <summary>Lists of an app.</summary>
internal static class AppUserLists
{
    public static Task AssignmentsAsync(SimulatedOrg org, HttpContext http, DirectoryApp app)
    {
        var isExpanded = http.Request.Query["expand"] == "user";
        var prefix = http.Request.Query["q"].ToString();

        // Whose page it is not on need not be looked up: an org may have a hundred thousand.
        var found = org.Directory.AssignmentsOf(app.Id).Where(assignment => prefix.Length == 0 || Matches(Person(assignment), prefix, app));
        return PageWriter.WriteAsync(
            org,
            http,
            found,
            assignment => assignment.UserId,
            assignment => AppJson.Assignment(assignment, Person(assignment), isExpanded ? org.Directory.FindIndexed(assignment.UserId, org.Options.IndexLag) : null),
            standard: 50,
            most: 500);

        // Who was deleted since the list was begun had been unassigned before, and is shown as nobody would know.
        DirectoryUser Person(Assignment assignment) =>
            org.Directory.FindUser(assignment.UserId) ?? new DirectoryUser(assignment.UserId, DirectoryStatus.Deprovisioned, [], assignment.Created, assignment.Created);
    }

    public static Task GroupsAsync(SimulatedOrg org, HttpContext http, DirectoryApp app)
    {
        var groups = org.Directory.GroupsOf(app.Id).Select((id, priority) => (Id: id, Priority: priority)).OrderBy(group => group.Id, StringComparer.Ordinal);
        return PageWriter.WriteAsync(
            org,
            http,
            groups,
            group => group.Id,
            group => new JsonObject
            {
                ["id"] = group.Id, ["lastUpdated"] = SystemEvents.Time(org.Clock.GetUtcNow()), ["priority"] = group.Priority, ["profile"] = new JsonObject(), ["_links"] = new JsonObject(),
            },
            standard: 20,
            most: 200,
            least: 20);
    }

    public static Task MappingsAsync(SimulatedOrg org, HttpContext http, DirectoryApp app)
    {
        if (OrgPipeline.CallerOf(http).Scopes?.Contains("okta.groups.read") == false)
        {
            return org.Errors.NotPermittedAsync(http);
        }

        var groups = org.Directory.PushedGroupsOf(app.Id).Order(StringComparer.Ordinal);
        return PageWriter.WriteAsync(
            org,
            http,
            groups,
            group => group,
            group => new JsonObject
            {
                ["id"] = $"gPm{group.AsSpan(3)}",
                ["sourceGroupId"] = group,
                ["targetGroupId"] = $"00gT{group.AsSpan(4)}",
                ["status"] = "ACTIVE",
                ["errorSummary"] = null,
                ["lastPush"] = SystemEvents.Time(org.Clock.GetUtcNow()),
            },
            standard: 100,
            most: 1_000);
    }

    // OIDC apps search user name and e-mail only.
    private static bool Matches(DirectoryUser user, string prefix, DirectoryApp app)
    {
        string[] attributes = app.SignOnMode == "OPENID_CONNECT" ? ["login", "email"] : ["login", "firstName", "lastName", "email"];
        return prefix.Length == 0 || attributes.Any(attribute => user.Text(attribute).StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
    }
}
