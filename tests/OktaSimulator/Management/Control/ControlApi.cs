using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrleansIdentity.OktaSimulator.Scripts;

namespace OrleansIdentity.OktaSimulator.Management.Control;

/// <summary>Drives an org from outside its process: <c>POST /sim/script</c> with lines of the script language, <c>GET /sim/state</c>. On loopback only, like the org itself.</summary>
internal static class ControlApi
{
    public static void Map(WebApplication app, SimulatedOrg org)
    {
        var script = new OrgScript(org);
        app.MapPost("/sim/script", async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var answers = new JsonArray();
            while (await reader.ReadLineAsync(http.RequestAborted) is { } line)
            {
                answers.Add(await script.RunAsync(line, http.RequestAborted));
            }

            await JsonAnswers.WriteAsync(http, answers);
        });
        app.MapGet("/sim/state", http => JsonAnswers.WriteAsync(http, State(org)));
    }

    private static JsonObject State(SimulatedOrg org) => new()
    {
        ["url"] = org.Url.GetLeftPart(UriPartial.Authority),
        ["users"] = new JsonArray([.. org.Directory.Users.Select(AppJson.User)]),
        ["groups"] = new JsonArray([.. org.Directory.Groups.Select(group => new JsonObject { ["id"] = group.Id, ["name"] = group.Name, ["members"] = Ids(org.Directory.MembersOf(group.Id)) })]),
        ["apps"] = new JsonArray([.. org.Directory.Apps.Select(app => new JsonObject { ["id"] = app.Id, ["label"] = app.Label, ["assigned"] = Ids(org.Directory.AssignmentsOf(app.Id).Select(one => one.UserId)) })]),
        ["hooks"] = new JsonArray([.. org.Hooks.All.Select(hook => new JsonObject { ["id"] = hook.Id, ["url"] = hook.Url.AbsoluteUri, ["verified"] = hook.IsVerified })]),
        ["deliveries"] = org.Hooks.Attempts.Count,
    };

    private static JsonArray Ids(IEnumerable<string> ids) => new([.. ids.Select(id => (JsonNode)id)]);
}
