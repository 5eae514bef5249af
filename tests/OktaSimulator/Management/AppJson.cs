using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Directories;

namespace OrleansIdentity.OktaSimulator.Management;

/// <summary>Things of the directory as the API shows them.</summary>
internal static class AppJson
{
    public static JsonObject App(DirectoryApp app) => new()
    {
        ["id"] = app.Id,
        ["name"] = app.SignOnMode == "OPENID_CONNECT" ? "oidc_client" : "acme_saml",
        ["label"] = app.Label,
        ["status"] = "ACTIVE",
        ["signOnMode"] = app.SignOnMode,
        ["features"] = new JsonArray(),
        ["visibility"] = new JsonObject { ["autoSubmitToolbar"] = false },
        ["_links"] = new JsonObject(),
    };

    public static JsonObject User(DirectoryUser user) => new()
    {
        ["id"] = user.Id,
        ["status"] = user.Status,
        ["created"] = SystemEvents.Time(user.Created),
        ["activated"] = SystemEvents.Time(user.Created),
        ["statusChanged"] = SystemEvents.Time(user.StatusChanged),
        ["lastLogin"] = null,
        ["lastUpdated"] = SystemEvents.Time(user.LastUpdated),
        ["passwordChanged"] = null,
        ["type"] = new JsonObject { ["id"] = "otydefault" },
        ["profile"] = user.Profile.DeepClone(),
        ["_links"] = new JsonObject(),
    };

    public static JsonObject Assignment(Assignment assignment, DirectoryUser user, DirectoryUser? embedded)
    {
        var json = new JsonObject
        {
            ["id"] = user.Id,
            ["externalId"] = assignment.ExternalId,
            ["created"] = SystemEvents.Time(assignment.Created),
            ["lastUpdated"] = SystemEvents.Time(assignment.Created),
            ["scope"] = assignment.Scope,
            ["status"] = assignment.Status,
            ["statusChanged"] = SystemEvents.Time(assignment.Created),
            ["passwordChanged"] = null,
            ["syncState"] = assignment.SyncState,
            ["credentials"] = new JsonObject { ["userName"] = user.Login },
            ["profile"] = user.Profile.DeepClone(),
            ["_links"] = new JsonObject(),
        };
        if (embedded is not null)
        {
            json["_embedded"] = new JsonObject { ["user"] = User(embedded) };
        }

        return json;
    }

    public static JsonObject Group(DirectoryGroup group, DateTimeOffset now) => new()
    {
        ["id"] = group.Id,
        ["created"] = SystemEvents.Time(now),
        ["lastUpdated"] = SystemEvents.Time(now),
        ["lastMembershipUpdated"] = SystemEvents.Time(now),
        ["objectClass"] = new JsonArray("okta:user_group"),
        ["type"] = "OKTA_GROUP",
        ["profile"] = new JsonObject { ["name"] = group.Name, ["description"] = null },
    };
}
