using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OrleansIdentity.OktaSimulator.Directories;

namespace OrleansIdentity.OktaSimulator.Management.Lists;

/// <summary>The System Log: the last seven days unless asked, oldest first; without an end it is a poll, and there is always a next page.</summary>
internal static class LogLists
{
    public static Task EventsAsync(SimulatedOrg org, HttpContext http)
    {
        var query = http.Request.Query;
        if (Conditions.Read(query["filter"].ToString(), "or") is not { } types || types.Any(one => one.Attribute != "eventType"))
        {
            return org.Errors.WriteAsync(http, 400, "E0000053", "Invalid filter");
        }

        var since = Time(query["since"].ToString()) ?? org.Clock.GetUtcNow().AddDays(-7);
        var until = Time(query["until"].ToString());
        var found = org.Directory.Log
            .Select((happened, position) => (Event: happened, Key: position.ToString("d10", CultureInfo.InvariantCulture)))
            .Where(one => one.Event.Published >= since && (until is null || one.Event.Published < until))
            .Where(one => types.Count == 0 || types.Any(type => type.Value == one.Event.Type));
        return PageWriter.WriteAsync(
            org, http, found, one => one.Key, one => (JsonObject)one.Event.Json.DeepClone(), standard: 100, most: 1_000, least: 0, isPoll: until is null);
    }

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
