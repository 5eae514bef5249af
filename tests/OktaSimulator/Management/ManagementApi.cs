using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrleansIdentity.OktaSimulator.Directories;
using OrleansIdentity.OktaSimulator.Management.Lists;

namespace OrleansIdentity.OktaSimulator.Management;

/// <summary>The calls of the Management API that provisioning and reconciliation need.</summary>
internal static class ManagementApi
{
    private const string Apps = "okta.apps.read";
    private const string Users = "okta.users.read";
    private const string Groups = "okta.groups.read";
    private const string Logs = "okta.logs.read";

    public static void Map(WebApplication app, SimulatedOrg org)
    {
        var directory = org.Directory;
        Get("/api/v1/apps/{appId}", Apps, http => App(http) is { } found ? OneAsync(http, AppJson.App(found)) : MissingAsync(http, "appId", "AppInstance"));
        Get("/api/v1/apps/{appId}/users", Apps, http => App(http) is { } found ? AppUserLists.AssignmentsAsync(org, http, found) : MissingAsync(http, "appId", "AppInstance"));
        Get("/api/v1/apps/{appId}/users/{userId}", Apps, http =>
            directory.AssignmentsOf(Of(http, "appId")).FirstOrDefault(one => one.UserId == Of(http, "userId")) is { } found && directory.FindUser(found.UserId) is { } user
                ? OneAsync(http, AppJson.Assignment(found, user, null))
                : MissingAsync(http, "userId", "AppUser"));
        Get("/api/v1/apps/{appId}/groups", Apps, http => App(http) is { } found ? AppUserLists.GroupsAsync(org, http, found) : MissingAsync(http, "appId", "AppInstance"));
        Get("/api/v1/apps/{appId}/group-push/mappings", Apps, http =>
            App(http) is { } found ? AppUserLists.MappingsAsync(org, http, found) : MissingAsync(http, "appId", "AppInstance"));
        Get("/api/v1/users", Users, http => UserLists.UsersAsync(org, http));
        Get("/api/v1/users/{user}", Users, http => UserAsync(org, http));
        Get("/api/v1/groups", Groups, http =>
            PageWriter.WriteAsync(org, http, directory.Groups, group => group.Id, group => AppJson.Group(group, org.Clock.GetUtcNow()), standard: 10_000, most: 10_000));
        Get("/api/v1/groups/{groupId}", Groups, http =>
            directory.FindGroup(Of(http, "groupId")) is { } found ? OneAsync(http, AppJson.Group(found, org.Clock.GetUtcNow())) : MissingAsync(http, "groupId", "UserGroup"));
        Get("/api/v1/groups/{groupId}/users", Groups, http =>
            directory.FindGroup(Of(http, "groupId")) is { } found ? UserLists.MembersAsync(org, http, found) : MissingAsync(http, "groupId", "UserGroup"));
        Get("/api/v1/logs", Logs, http => LogLists.EventsAsync(org, http));

        void Get(string pattern, string scope, RequestDelegate handle) => app.MapGet(pattern, async http =>
        {
            var caller = OrgPipeline.CallerOf(http);
            if (caller.HasRole && caller.Scopes?.Contains(scope) != false)
            {
                await handle(http);
                return;
            }

            if (caller.HasRole)
            {
                http.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{scope}\"";
            }

            await org.Errors.NotPermittedAsync(http);
        });

        DirectoryApp? App(HttpContext http) => directory.FindApp(Of(http, "appId"));

        Task MissingAsync(HttpContext http, string name, string type) => org.Errors.NotFoundAsync(http, Of(http, name), type);
    }

    private static Task UserAsync(SimulatedOrg org, HttpContext http)
    {
        var wanted = Of(http, "user");
        if (wanted == "me")
        {
            return OrgPipeline.CallerOf(http).Owner is { } owner
                ? OneAsync(http, AppJson.User(new DirectoryUser(
                    "00uadmin", DirectoryStatus.Active, new JsonObject { ["login"] = owner, ["email"] = owner }, org.Clock.GetUtcNow(), org.Clock.GetUtcNow())))
                : org.Errors.NotFoundAsync(http, wanted, "User");
        }

        return org.Directory.FindUser(wanted) is { } user ? OneAsync(http, AppJson.User(user)) : org.Errors.NotFoundAsync(http, wanted, "User");
    }

    private static Task OneAsync(HttpContext http, JsonObject body) => JsonAnswers.WriteAsync(http, body);

    private static string Of(HttpContext http, string name) => http.Request.RouteValues[name]?.ToString() ?? "";
}
