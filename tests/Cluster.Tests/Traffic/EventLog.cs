using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Cluster.Tests.Traffic;

/// <summary>The tenant's log, read to its end: what became of each write.</summary>
internal sealed class EventLog
{
    private readonly List<JsonObject> _events = [];
    private ILookup<string, JsonObject>? _byUser;

    public static async Task<EventLog> ReadAsync(ClusterScript cluster)
    {
        var log = new EventLog();
        using var client = new HttpClient { BaseAddress = cluster.Apis[0] };
        client.DefaultRequestHeaders.Authorization = new("Bearer", cluster.Demo["operatorKey"]!.GetValue<string>());
        for (var after = 0L; ;)
        {
            var page = await client.GetFromJsonAsync<JsonObject>($"/operator/v1/tenants/{cluster.Demo["tenant"]}/events?after={after}&count=1000");
            var events = page!["events"]!.AsArray();
            if (events.Count == 0)
            {
                log._byUser = log._events.ToLookup(one => one["resourceId"]!.GetValue<string>());
                return log;
            }

            log._events.AddRange(events.Select(one => one!.AsObject()));
            after = page["next"]!.GetValue<long>();
        }
    }

    /// <summary>1, 2, 3 … without a gap: no event twice, none lost.</summary>
    public void CheckPositions() =>
        Assert.Equal(Enumerable.Range(1, _events.Count).Select(position => (long)position), _events.Select(one => one["position"]!.GetValue<long>()));

    /// <summary>The user's events tell of every acknowledged write once and in order, and of none that was sent before an acknowledged one after it.</summary>
    public void Check(TracedUser user, JsonObject read)
    {
        var events = _byUser![user.Id!].ToArray();
        Assert.Equal(Enumerable.Range(1, events.Length).Select(version => (long)version), events.Select(one => one["version"]!.GetValue<long>()));
        Assert.Equal($"W/\"{events.Length}\"", read["meta"]!["version"]!.GetValue<string>());

        var marks = events.SelectMany(one => one["changes"]!.AsArray())
            .Where(change => change!["path"]!.GetValue<string>() == "nickName")
            .Select(change => change!["after"]!.GetValue<string>())
            .ToArray();
        Assert.Equal(marks.Distinct(), marks);
        var sent = user.Writes.Select(write => write.Mark).Where(marks.Contains).ToArray();
        Assert.Equal(sent, marks);
        Assert.All(user.Writes.Where(write => write.IsAcknowledged), write => Assert.Contains(write.Mark, marks));
    }
}
