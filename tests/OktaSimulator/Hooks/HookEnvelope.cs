using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Directories;

namespace OrleansIdentity.OktaSimulator.Hooks;

/// <summary>The body of a delivery.</summary>
internal static class HookEnvelope
{
    public static JsonObject Write(string org, string hookId, string eventId, DateTimeOffset time, IEnumerable<JsonObject> events) => new()
    {
        ["eventType"] = "com.okta.event_hook",
        ["eventTypeVersion"] = "1.0",
        ["cloudEventsVersion"] = "0.1",
        ["source"] = $"{org}/api/v1/eventHooks/{hookId}",
        ["eventId"] = eventId,
        ["data"] = new JsonObject { ["events"] = new JsonArray([.. events]) },
        ["eventTime"] = SystemEvents.Time(time),
        ["contentType"] = "application/json",
    };

    /// <summary>The sample event of Okta's preview: nobody did it, to nobody, and the outcome is spelt otherwise.</summary>
    public static JsonObject Sample(SystemEvent like)
    {
        var sample = (JsonObject)like.Json.DeepClone();
        sample["target"] = null;
        sample["actor"] = null;
        sample["outcome"] = new JsonObject { ["result"] = "Success", ["reason"] = null };
        return sample;
    }
}
