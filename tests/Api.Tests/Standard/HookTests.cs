using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Api.Tests.Settings;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Tests.Standard;

/// <summary>The receiver of event hooks.</summary>
public sealed class HookTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private StandardWorld _world = null!;

    public async Task InitializeAsync() => _world = await StandardWorld.StartAsync();

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _world.DisposeAsync();
    }

    // 4.1.
    [Fact]
    public async Task Challenge_WithTheSecret_ComesBackAsJson()
    {
        var answer = await SendAsync(HttpMethod.Get, null, _world.HookSecret, ("X-Okta-Verification-Challenge", "a\"b<c>"));
        Assert.Equal((200, "application/json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal("a\"b<c>", (await answer.Content.ReadFromJsonAsync<JsonObject>())!["verification"]!.GetValue<string>());
        Assert.Equal((401, "hook-secret-invalid"), await ProblemAsync(HttpMethod.Get, null, "wrong", ("X-Okta-Verification-Challenge", "c")));
        Assert.Equal((400, "hook-challenge-missing"), await ProblemAsync(HttpMethod.Get, null, _world.HookSecret));
        Assert.Equal((400, "hook-challenge-missing"), await ProblemAsync(HttpMethod.Get, null, _world.HookSecret, ("X-Okta-Verification-Challenge", new string('x', 2_000))));
    }

    [Fact]
    public async Task Delivery_Forged_ChangesNothing()
    {
        var body = Body("e1", Event("u1", "00u1"));
        foreach (var secret in new[] { null, "", "wrong", $"Bearer {_world.HookSecret}", _world.HookSecret + "x", new string('x', 5_000), _world.Tenant.Token })
        {
            Assert.Equal((401, "hook-secret-invalid"), await ProblemAsync(HttpMethod.Post, body, secret));
        }

        Assert.Equal((400, "hook-org-foreign"), await ProblemAsync(HttpMethod.Post, body.Replace(_world.Org.Url.Authority, "evil.okta.com", StringComparison.Ordinal), _world.HookSecret));
        Assert.Equal(0, await WaitingAsync());
    }

    // Another tenant's secret is none here, and a tenant without one has no hook at all.
    [Fact]
    public async Task Delivery_AtAnotherTenant_IsRefused()
    {
        using var other = await TestTenant.CreateAsync(_world.Product);
        Assert.Equal((404, "hook-unknown"), await ProblemAtAsync(other.Slug));
        Assert.Equal((404, "hook-unknown"), await ProblemAtAsync("nobody-here"));
        using var owner = await SettingsClient.CreateAsync(other);
        await owner.DoAsync("POST", "/provisioning/hook-secrets", new { label = "x" });
        Assert.Equal((401, "hook-secret-invalid"), await ProblemAtAsync(other.Slug));

        (await _world.Product.Operator.PostAsync($"/operator/v1/tenants/{_world.Tenant.Slug}/disable", null)).EnsureSuccessStatusCode();
        Assert.Equal((404, "hook-unknown"), await ProblemAsync(HttpMethod.Post, Body("e1", Event("u1", "00u1")), _world.HookSecret));

        async Task<(int, string)> ProblemAtAsync(string slug)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_world.Product.BaseUrl, $"/t/{slug}/webhooks/okta")) { Content = new StringContent(Body("e1", Event("u1", "00u1"))) };
            request.Headers.TryAddWithoutValidation("Authorization", _world.HookSecret);
            return await SettingsClient.ProblemAsync(await _http.SendAsync(request));
        }
    }

    [Fact]
    public async Task Delivery_OversizedOrMalformed_IsRefused()
    {
        Assert.Equal((413, "body-too-large"), await ProblemAsync(HttpMethod.Post, new string(' ', 1_100_000), _world.HookSecret));
        foreach (var malformed in new[] { "", "{", "[]", "1", new string('[', 100), "{\"eventType\":\"\\ud800\"}" })
        {
            Assert.Equal((400, "hook-malformed"), await ProblemAsync(HttpMethod.Post, malformed, _world.HookSecret));
        }

        Assert.Equal(0, await WaitingAsync());
    }

    // 4.3, 4.4: previews, failures, other apps and events that are of no interest are answered 200 and ignored.
    [Fact]
    public async Task Delivery_OfNoInterest_IsAnswered200AndIgnored()
    {
        var preview = Event("u1", "00u1");
        preview["target"] = null;
        preview["actor"] = null;
        var failed = Event("u2", "00u1");
        failed["outcome"] = new JsonObject { ["result"] = "FAILURE" };
        var spelt = Event("u3", "00u1");
        spelt["outcome"] = new JsonObject { ["result"] = "Success" };
        var foreign = Event("u4", "00u1", "application.user_membership.add", ("AppInstance", "0oaOTHER"));
        var locked = Event("u5", "00u1", "user.account.lock");
        var nobody = Event("u6", "00u1");
        nobody["target"]![0]!["type"] = "UserGroup";
        foreach (var one in new[] { preview, failed, spelt, foreign, locked, nobody })
        {
            Assert.Equal(200, (int)(await PostAsync(Body($"e-{one["uuid"]}", one))).StatusCode);
        }

        Assert.Equal(200, (int)(await PostAsync("{}")).StatusCode);
        Assert.Equal(0, await WaitingAsync());

        // Wherever in the array the targets are, they are told by their type.
        var own = Event("u7", "00u1", "application.user_membership.add", ("AppInstance", _world.App.Id));
        var targets = own["target"]!.AsArray();
        var first = targets[0]!;
        targets.RemoveAt(0);
        targets.Add(first);
        Assert.Equal(200, (int)(await PostAsync(Body("e7", own))).StatusCode);
        Assert.Equal(1, await WaitingAsync());
    }

    [Fact]
    public async Task Delivery_ComingAgain_IsKeptOnce()
    {
        var body = Body("e1", Event("u1", "00u1"), Event("u2", "00u2"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync(body)));
        Assert.All(answers, answer => Assert.Equal(200, (int)answer.StatusCode));

        // Another hook, or somebody who fills a gap, repeats the events in a delivery of another id.
        Assert.Equal(200, (int)(await PostAsync(Body("e2", Event("u2", "00u2"), Event("u1", "00u1")))).StatusCode);
        Assert.Equal(1, await WaitingAsync());
        Assert.Equal(200, (int)(await PostAsync(Body("e3", Event("u2", "00u2"), Event("u3", "00u3")))).StatusCode);
        Assert.Equal(2, await WaitingAsync());
    }

    [Fact]
    public async Task Delivery_IsOneCommitAndDurableBeforeItIsAnswered()
    {
        await PostAsync(Body("e0", Event("u0", "00u0")));
        var commits = new List<Commit>();
        _world.Store.BeforeCommit = commit =>
        {
            commits.Add(commit);
            return Task.CompletedTask;
        };
        Assert.Equal(200, (int)(await PostAsync(Body("e1", [.. Enumerable.Range(0, 100).Select(number => Event($"n{number}", $"00u{number}"))]))).StatusCode);
        Assert.Single(commits);

        _world.Store.BeforeCommit = _ => throw new StoreUnavailableException("Told to be down.");
        Assert.Equal((503, "unavailable"), await ProblemAsync(HttpMethod.Post, Body("e2", Event("u2", "00u2")), _world.HookSecret));
        _world.Store.BeforeCommit = _ => Task.CompletedTask;

        // Okta's one retry is a delivery like any other.
        Assert.Equal(200, (int)(await PostAsync(Body("e2", Event("u2", "00u2")))).StatusCode);
        Assert.Equal(3, await WaitingAsync());
    }

    [Fact]
    public async Task Secrets_TwoMayBeLive_AndARevokedOneIsRefusedAtOnce()
    {
        var second = await _world.Owner.DoAsync("POST", "/provisioning/hook-secrets", new { label = "next" });
        Assert.Equal((409, "hook-secret-limit"), await _world.Owner.RefusalAsync("POST", "/provisioning/hook-secrets", new { label = "third" }));
        var body = Body("e1", Event("u1", "00u1"));
        Assert.Equal(200, (int)(await SendAsync(HttpMethod.Post, body, second["secret"]!.GetValue<string>())).StatusCode);

        var first = (await _world.Owner.DoAsync("GET", "/provisioning"))["hookSecrets"]!.AsArray()[0]!["id"]!.GetValue<string>();
        Assert.Equal(HttpStatusCode.NoContent, (await _world.Owner.SendAsync("DELETE", $"/provisioning/hook-secrets/{first}")).StatusCode);
        Assert.Equal((401, "hook-secret-invalid"), await ProblemAsync(HttpMethod.Post, body, _world.HookSecret));
        var log = string.Concat((await _world.Tenant.EventsAsync()).Select(one => one.ToJsonString()));
        Assert.DoesNotContain(_world.HookSecret, log, StringComparison.Ordinal);
        Assert.DoesNotContain(second["secret"]!.GetValue<string>(), log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delivery_WhileProvisionedByScim_IsAnswered200AndIgnored()
    {
        await _world.Owner.DoAsync("POST", "/move/start");
        await _world.Owner.DoAsync("POST", "/move/finish");
        Assert.Equal(200, (int)(await PostAsync(Body("e1", Event("u1", "00u1")))).StatusCode);
        Assert.Equal(0, await WaitingAsync());
    }

    private static JsonObject Event(string uuid, string oktaId, string type = "user.account.update_profile", params (string Type, string Id)[] more) => new()
    {
        ["uuid"] = uuid,
        ["eventType"] = type,
        ["outcome"] = new JsonObject { ["result"] = "SUCCESS" },
        ["target"] = new JsonArray(
        [
            new JsonObject { ["id"] = oktaId, ["type"] = "User", ["alternateId"] = "unknown" },
            .. more.Select(one => new JsonObject { ["id"] = one.Id, ["type"] = one.Type }),
        ]),
    };

    private string Body(string eventId, params JsonObject[] events) => new JsonObject
    {
        ["eventType"] = "com.okta.event_hook",
        ["source"] = $"{_world.Org.Url}api/v1/eventHooks/who1",
        ["eventId"] = eventId,
        ["data"] = new JsonObject { ["events"] = new JsonArray([.. events.Select(one => one.DeepClone())]) },
    }.ToJsonString();

    private async Task<long> WaitingAsync() => (await _world.Inbox.ReadStatusAsync()).Waiting;

    private Task<HttpResponseMessage> PostAsync(string body) => SendAsync(HttpMethod.Post, body, _world.HookSecret);

    private async Task<(int Status, string Id)> ProblemAsync(HttpMethod method, string? body, string? secret, params (string Name, string Value)[] headers) =>
        await SettingsClient.ProblemAsync(await SendAsync(method, body, secret, headers));

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string? body, string? secret, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, _world.HookUrl) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        if (secret is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", secret);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return _http.SendAsync(request);
    }
}
