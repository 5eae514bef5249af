using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using OrleansIdentity.Okta.Tests.Support;
using OrleansIdentity.OktaSimulator.Hooks;

namespace OrleansIdentity.Okta.Tests.Hooks;

/// <summary>The simulator's event hooks are what §4 says of Okta's: the receiver is tested with them.</summary>
public class HookTests
{
    private const string Secret = "a secret that only the two know";

    [Fact]
    public async Task Verify_ChallengeIsAnswered_Delivers()
    {
        await using var harness = await StartAsync();
        await using var receiver = await ReceiverAsync();
        var hook = harness.Org.Hooks.Add(receiver.Url, Secret);

        Assert.True(await harness.Org.Hooks.VerifyAsync(hook));
        harness.Assign(1);
        await harness.Org.Hooks.DeliverAsync();

        Assert.Equal(["GET", "POST"], receiver.Visits.Select(visit => visit.Method));
        Assert.All(receiver.Visits, visit => Assert.Equal((Secret, "Okta-Integrations"), (visit.Headers["Authorization"], visit.Headers["User-Agent"])));
        var body = JsonNode.Parse(receiver.Visits[1].Body)!;
        Assert.Equal("com.okta.event_hook", (string?)body["eventType"]);
        Assert.Equal($"{harness.Url}/api/v1/eventHooks/{hook.Id}", (string?)body["source"]);
        Assert.Equal(
            ["user.lifecycle.create", "user.lifecycle.activate", "application.user_membership.add"],
            body["data"]!["events"]!.AsArray().Select(one => (string?)one!["eventType"]));
        Assert.Equal(["AppUser", "AppInstance", "User"], body["data"]!["events"]![2]!["target"]!.AsArray().Select(target => (string?)target!["type"]));
    }

    [Theory]
    [InlineData(200, "text/plain", "{0}")]
    [InlineData(204, "application/json", "")]
    [InlineData(200, "application/json", "{{\"verification\":\"other\"}}")]
    [InlineData(401, "application/json", "{{\"verification\":\"{0}\"}}")]
    public async Task Verify_WrongAnswer_DeliversNothing(int status, string type, string body)
    {
        await using var harness = await StartAsync();
        await using var receiver = await Listener.StartAsync(http =>
        {
            http.Response.StatusCode = status;
            http.Response.ContentType = type;
            return body.Length == 0 ? Task.CompletedTask : http.Response.WriteAsync(string.Format(null, body, $"{http.Request.Headers["X-Okta-Verification-Challenge"]}"));
        });
        var hook = harness.Org.Hooks.Add(receiver.Url, Secret);

        Assert.False(await harness.Org.Hooks.VerifyAsync(hook));
        harness.Assign(1);
        await harness.Org.Hooks.DeliverAsync();

        Assert.Single(receiver.Visits);
    }

    // At most one retry; on 5xx, never on 4xx; with the same eventId. What fails is in the System Log.
    [Theory]
    [InlineData(200, 1, 0)]
    [InlineData(204, 1, 0)]
    [InlineData(400, 1, 1)]
    [InlineData(302, 1, 0)]
    [InlineData(500, 2, 1)]
    public async Task Deliver_Status_DecidesAboutTheRetry(int status, int attempts, int failed)
    {
        await using var harness = await StartAsync();
        await using var receiver = await ReceiverAsync(status);
        Assert.True(await harness.Org.Hooks.VerifyAsync(harness.Org.Hooks.Add(receiver.Url, Secret)));

        harness.Assign(1);
        await harness.Org.Hooks.DeliverAsync();

        Assert.Equal(attempts, harness.Org.Hooks.Attempts.Count);
        Assert.Single(harness.Org.Hooks.Attempts.Select(attempt => attempt.EventId).Distinct());
        Assert.Equal(failed, harness.Org.Directory.Log.Count(one => one.Type == "event_hook.delivery"));
    }

    [Fact]
    public async Task Preview_Always_HasNoTargetAndNoActor()
    {
        await using var harness = await StartAsync();
        await using var receiver = await ReceiverAsync();
        var hook = harness.Org.Hooks.Add(receiver.Url, Secret);
        harness.Assign(1);

        Assert.Equal(200, await harness.Org.Hooks.PreviewAsync(hook));

        var sample = JsonNode.Parse(receiver.Visits[^1].Body)!["data"]!["events"]![0]!;
        Assert.True(sample.AsObject().ContainsKey("target"));
        Assert.Null(sample["target"]);
        Assert.Null(sample["actor"]);
        Assert.Equal("Success", (string?)sample["outcome"]!["result"]);
    }

    // Duplicates repeat the eventId; repeats come in deliveries of their own and share only the uuid.
    [Fact]
    public async Task Deliver_RoughWeather_LosesDoublesAndShuffles()
    {
        await using var harness = await StartAsync();
        await using var receiver = await ReceiverAsync();
        Assert.True(await harness.Org.Hooks.VerifyAsync(harness.Org.Hooks.Add(receiver.Url, Secret)));
        harness.Org.Hooks.Weather = new HookWeather(Loss: 0.2, Duplicates: 0.3, Repeats: 0.2, IsShuffled: true, Batch: 5);

        harness.Assign(50);
        await harness.Org.Hooks.DeliverAsync();

        var attempts = harness.Org.Hooks.Attempts;
        var once = attempts.DistinctBy(attempt => attempt.EventId).SelectMany(attempt => attempt.Uuids).ToArray();
        var log = harness.Org.Directory.Log.Where(one => HookEvents.IsEligible(one.Type)).Select(one => one.Uuid).ToList();
        Assert.InRange(once.Distinct().Count(), 90, log.Count - 1);
        Assert.True(once.Length > once.Distinct().Count());
        Assert.True(attempts.Count > attempts.DistinctBy(attempt => attempt.EventId).Count());
        Assert.NotEqual(once.Distinct().Order(Comparer<string>.Create((a, b) => log.IndexOf(a).CompareTo(log.IndexOf(b)))), once.Distinct());
        Assert.All(attempts, attempt => Assert.InRange(attempt.Uuids.Count, 1, 5));
    }

    // Time-out 3 s, and one retry after it.
    [Fact]
    public async Task Deliver_NoAnswerInTime_IsRetriedOnce()
    {
        var time = new FakeTimeProvider();
        await using var harness = await Harness.StartAsync(org => org with { Time = time });
        await using var receiver = await Listener.StartAsync(async http =>
        {
            if (http.Request.Method == "GET")
            {
                await http.Response.WriteAsJsonAsync(new { verification = http.Request.Headers["X-Okta-Verification-Challenge"].ToString() });
                return;
            }

            var gone = new TaskCompletionSource();
            http.RequestAborted.Register(gone.SetResult);
            time.Advance(TimeSpan.FromSeconds(3));
            await gone.Task;
        });
        Assert.True(await harness.Org.Hooks.VerifyAsync(harness.Org.Hooks.Add(receiver.Url, Secret)));

        harness.Assign(1);
        await harness.Org.Hooks.DeliverAsync();

        Assert.Equal([null, null], harness.Org.Hooks.Attempts.Select(attempt => attempt.Status));
    }

    // A clock that stands still: the three seconds that Okta waits never pass by themselves.
    private static Task<Harness> StartAsync() => Harness.StartAsync(org => org with { Time = new FakeTimeProvider() });

    private static Task<Listener> ReceiverAsync(int status = 200) => Listener.StartAsync(http =>
    {
        if (http.Request.Method == "GET")
        {
            return http.Response.WriteAsJsonAsync(new { verification = http.Request.Headers["X-Okta-Verification-Challenge"].ToString() });
        }

        http.Response.StatusCode = status;
        return Task.CompletedTask;
    });
}
