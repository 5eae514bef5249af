using System.Globalization;
using System.Text.Json.Nodes;

namespace OrleansIdentity.OktaSimulator.Directories;

/// <summary>An entry of the System Log.</summary>
/// <param name="Uuid">Its id.</param>
/// <param name="Type">Its type.</param>
/// <param name="Published">When it happened.</param>
/// <param name="Json">What the log shows and a hook delivers.</param>
public sealed record SystemEvent(string Uuid, string Type, DateTimeOffset Published, JsonObject Json);

/// <summary>Writes entries of the System Log.</summary>
internal sealed class SystemEvents(OktaIds ids, TimeProvider time)
{
    public SystemEvent Create(string type, params JsonObject[] targets)
    {
        var (uuid, now) = (ids.NewUuid(), time.GetUtcNow());
        var json = new JsonObject
        {
            ["uuid"] = uuid,
            ["published"] = Time(now),
            ["eventType"] = type,
            ["version"] = "0",
            ["displayMessage"] = type,
            ["severity"] = "INFO",
            ["client"] = new JsonObject { ["ipAddress"] = "203.0.113.7", ["zone"] = "null" },
            ["device"] = null,
            ["actor"] = Target("00uadmin", "User", "admin@okta.example", "Org Admin"),
            ["outcome"] = new JsonObject { ["result"] = "SUCCESS", ["reason"] = null },
            ["target"] = new JsonArray([.. targets]),
            ["transaction"] = new JsonObject { ["type"] = "WEB", ["id"] = ids.New("", 22), ["detail"] = new JsonObject() },
            ["debugContext"] = new JsonObject { ["debugData"] = new JsonObject() },
            ["legacyEventType"] = null,
            ["authenticationContext"] = new JsonObject { ["authenticationStep"] = 0 },
            ["securityContext"] = new JsonObject(),
            ["request"] = new JsonObject { ["ipChain"] = new JsonArray() },
        };
        return new SystemEvent(uuid, type, now, json);
    }

    public static JsonObject Target(string id, string type, string alternateId, string? displayName) => new()
    {
        ["id"] = id, ["type"] = type, ["alternateId"] = alternateId, ["displayName"] = displayName, ["detailEntry"] = null,
    };

    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
