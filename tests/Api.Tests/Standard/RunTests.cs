using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrleansIdentity.Api.Standard.Orgs;
using OrleansIdentity.Api.Standard.Runs;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Api.Tests.Settings;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.DueTimes;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.OktaSimulator.Management;
using OrleansIdentity.OktaSimulator.Management.Faults;

namespace OrleansIdentity.Api.Tests.Standard;

/// <summary>Runs that compare all: rules.md, Standard.</summary>
public sealed class RunTests : IAsyncLifetime
{
    private StandardWorld _world = null!;

    public async Task InitializeAsync() => _world = await StandardWorld.StartAsync(org: new SimulatedOrgOptions { RateLimit = 1_000_000, CursorLife = TimeSpan.FromHours(1) });

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Run_MakesUsersWhatOktaHas_AndASecondOneFindsNothingToDo()
    {
        var ids = _world.Assign(450);
        var first = await _world.SyncAsync();
        Assert.Equal(("ended", "completed", 450, 0), (Text(first, "phase"), Text(first, "outcome"), Count(first, "created"), Count(first, "problems")));
        await _world.ShouldBeAsOktaAsync();

        _world.Org.Directory.UpdateProfile(ids[0], new JsonObject { ["department"] = "Legal" });
        _world.Org.Directory.Unassign(_world.App.Id, ids[1]);
        _world.Org.Directory.Suspend(ids[2]);
        var second = await _world.SyncAsync();
        Assert.Equal((1, 2, 447, 0), (Count(second, "updated"), Count(second, "deactivated"), Count(second, "unchanged"), Count(second, "problems")));
        await _world.ShouldBeAsOktaAsync();
        var drift = await _world.DriftAsync(second);
        var different = Assert.Single(drift, row => Text(row, "kind") == "different");
        Assert.Equal(("repaired", ids[0]), (Text(different, "outcome"), Text(different, "oktaId")));
        Assert.Contains(different["changes"]!.AsArray(), change => change!["path"]!.GetValue<string>().EndsWith("department", StringComparison.Ordinal)
            && change["before"]!.GetValue<string>() == "Support" && change["after"]!.GetValue<string>() == "Legal");
        Assert.Equal("owner@example.com", Text(Assert.Single(drift, row => Text(row, "kind") == "unlinked"), "userName"));
        var csv = await (await _world.Owner.SendAsync("GET", $"/runs/{second["id"]}/drift?format=csv")).Content.ReadAsStringAsync();
        Assert.Contains("different," + ids[0], csv, StringComparison.Ordinal);
    }

    // Who is as Okta has the person costs neither an activation nor a write.
    [Fact]
    public async Task Run_OfAQuietNight_WakesAndWritesNoUser()
    {
        _world.Assign(450);
        await _world.SyncAsync();
        await _world.RestartAsync();
        var commits = new List<Commit>();
        _world.Store.BeforeCommit = commit =>
        {
            commits.Add(commit);
            return Task.CompletedTask;
        };
        var requests = _world.Org.Requests.All.Count;
        await BeginNightAsync();
        await _world.WorkAsync();

        Assert.DoesNotContain(commits, commit => commit.Change?.Key.Kind == RecordKinds.User);
        var statistics = await _world.Product.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        Assert.DoesNotContain(statistics, one => one.GrainId.Type.ToString() == "user");
        Assert.Equal(3, _world.Org.Requests.All.Count - requests);

        // Pages go with the end of the run.
        Assert.Equal(0, (await _world.Behind.QueryAsync(new RecordQuery(RecordKey.WorkOf(_world.Tenant.Slug), RecordKinds.SyncPage, null, null, 0, 0), default)).Total);
    }

    [Fact]
    public async Task Rehearsal_ShowsWhatWouldChange_AndChangesNothing()
    {
        var ids = _world.Assign(5);
        await _world.SyncAsync();
        _world.Org.Directory.UpdateProfile(ids[0], new JsonObject { ["title"] = "Boss" });
        _world.Org.Directory.Unassign(_world.App.Id, ids[1]);
        _world.Assign(1, "new");
        var before = (await _world.UsersAsync()).Values.Select(user => user.ToJsonString()).Order(StringComparer.Ordinal).ToArray();

        var run = await _world.SyncAsync(rehearsal: true);
        Assert.Equal(("completed", true, 1, 1, 1), (Text(run, "outcome"), run["rehearsal"]!.GetValue<bool>(), Count(run, "created"), Count(run, "updated"), Count(run, "deactivated")));
        Assert.Equal(before, (await _world.UsersAsync()).Values.Select(user => user.ToJsonString()).Order(StringComparer.Ordinal));
        var drift = (await _world.DriftAsync(run)).Where(row => Text(row, "kind") != "unlinked").ToArray();
        Assert.Equal(["different", "extra", "missing"], drift.Select(row => Text(row, "kind")).Order(StringComparer.Ordinal));
        Assert.All(drift, row => Assert.Equal("wouldBeRepaired", Text(row, "outcome")));

        await _world.SyncAsync();
        await _world.ShouldBeAsOktaAsync();
    }

    // Rule 12: an edit by hand is overwritten by the next sync; what Okta does not supply is left.
    [Fact]
    public async Task Run_OverwritesAnEditByHand_AndLeavesWhatOktaDoesNotSupply()
    {
        var id = _world.Assign(1)[0];
        await _world.SyncAsync();
        var user = (await _world.UserOfAsync(id))!["id"]!.GetValue<string>();
        using var host = await HostProduct.HostClient.MintAsync(_world.Tenant);
        var (status, _, _) = await host.SendAsync("PATCH", $"users/{user}", """{"first_name":"By hand","job_title":"By hand"}""", _world.Owner.Person.Name);
        Assert.Equal(200, status);

        await _world.SyncAsync();
        var after = (await _world.UserOfAsync(id))!;
        Assert.Equal(("Pat", "By hand"), (after["name"]!["givenName"]!.GetValue<string>(), after["title"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Removals_BeyondTheLimit_WaitForAnAdministrator()
    {
        var ids = _world.Assign(120);
        await _world.SyncAsync();
        foreach (var id in ids[..51])
        {
            _world.Org.Directory.Unassign(_world.App.Id, id);
        }

        var run = await _world.SyncAsync();
        Assert.Equal(("awaitingApproval", "sync-too-many-removals"), (Text(run, "phase"), Text(run["status"]!, "id")));
        Assert.Equal(0, await _world.CountAsync("user.deactivated"));
        Assert.Equal((409, "sync-awaits-approval"), await _world.Owner.RefusalAsync("POST", "/runs", new { rehearsal = false }));

        var rejected = await _world.Owner.DoAsync("POST", $"/runs/{run["id"]}/reject");
        Assert.Equal(("rejected", _world.Owner.Person.Id), (Text(rejected, "outcome"), Text(rejected, "decidedBy")));
        Assert.Equal((409, "sync-not-awaiting"), await _world.Owner.RefusalAsync("POST", $"/runs/{run["id"]}/approve"));
        await _world.WorkAsync();
        Assert.Equal(0, await _world.CountAsync("user.deactivated"));

        var again = await _world.SyncAsync();
        await _world.Owner.DoAsync("POST", $"/runs/{again["id"]}/approve");
        await _world.WorkAsync();
        Assert.Equal(51, await _world.CountAsync("user.deactivated"));
        await _world.ShouldBeAsOktaAsync();
    }

    [Fact]
    public async Task Removals_UpToTheLimit_NeedNobody()
    {
        var ids = _world.Assign(120);
        await _world.SyncAsync();
        foreach (var id in ids[..50])
        {
            _world.Org.Directory.Unassign(_world.App.Id, id);
        }

        Assert.Equal(("completed", 50), (Text(await _world.SyncAsync(), "outcome"), await _world.CountAsync("user.deactivated")));
    }

    // A list that lost its end on the way looks like a short one. Nobody is deactivated for it, and it is read anew by itself.
    [Theory]
    [InlineData(FaultKind.PartialList, 90)]
    [InlineData(FaultKind.PartialList, 260)]
    [InlineData(FaultKind.EmptyList, 120)]
    [InlineData(FaultKind.NoLinks, 120)]
    [InlineData(FaultKind.LoopingNext, 220)]
    [InlineData(FaultKind.CutJson, 120)]
    [InlineData(FaultKind.ExpiredCursor, 220)]
    public async Task List_ThatIsNotWhole_DeactivatesNobodyAndTheRunRecovers(FaultKind fault, int people)
    {
        using var stopped = _world.Time.Stop();
        _world.Assign(people);
        await _world.SyncAsync();
        _world.Org.Faults.Add(new Fault(fault, $"/apps/{_world.App.Id}/users", Times: fault == FaultKind.CutJson ? 3 : 1) { After = fault is FaultKind.ExpiredCursor ? 1 : 0 });
        var run = await _world.SyncAsync();
        if (fault == FaultKind.EmptyList)
        {
            Assert.Equal("sync-list-incomplete", Text(run["status"]!, "id"));
        }

        for (var attempt = 0; Text(run, "phase") != "ended" && attempt < 20; attempt++)
        {
            Assert.Equal("walking", Text(run, "phase"));
            Assert.NotNull(run["status"]);
            _world.Time.Shift += TimeSpan.FromMinutes(20);
            await _world.WorkAsync();
            run = await _world.Owner.DoAsync("GET", $"/runs/{run["id"]}");
        }

        Assert.Equal("completed", Text(run, "outcome"));
        Assert.Null(run["status"]);
        Assert.Equal(0, await _world.CountAsync("user.deactivated"));
    }

    // Whoever looks at the notes between a run's note and its beginning finds nothing to do, and takes the note away.
    [Fact]
    public async Task Run_WhoseNoteIsLookedAtTooSoon_IsGoneOnWithAllTheSame()
    {
        _world.Assign(3);
        var schedule = _world.Product.Services.GetRequiredService<NightSchedule>();
        await schedule.NotedAsync(_world.Tenant.Slug, async () =>
        {
            _world.Time.Shift += NightSchedule.Moment;
            await _world.FollowNotesAsync();
            return await _world.Runs.StartAsync(new StartRun("20260101-000000-test", RunTrigger.Manual, IsRehearsal: false, new EventOrigin("settings", "test", "")));
        });
        await _world.FollowNotesAsync();
        Assert.Equal((RunPhase.Ended, 3), Assert.Single(await _world.Runs.ListAsync()) is var run ? (run.Phase, run.Counts.Created) : default);
    }

    [Fact]
    public async Task Run_NotedTwice_TakesEachStepOnce()
    {
        _world.Assign(3);
        await _world.Owner.DoAsync("POST", "/runs", new { rehearsal = false });
        var worker = _world.Product.Services.GetRequiredService<SyncWorker>();
        int Lists() => _world.Org.Requests.All.Count(request => request.Path.EndsWith($"/apps/{_world.App.Id}/users", StringComparison.Ordinal));
        var before = Lists();
        DueNote Note(string id) => new(_world.Time.GetUtcNow(), id, _world.Tenant.Slug, "");
        var seconds = 0;
        _world.Store.BeforeCommit = async commit =>
        {
            if (commit.Change?.Key.Kind == RecordKinds.User && Interlocked.Increment(ref seconds) == 1)
            {
                await worker.FollowAsync(Note("run-second"), default);
            }
        };
        await worker.FollowAsync(Note("run-first"), default);
        Assert.Equal(3, Assert.Single(await _world.Runs.ListAsync()).Counts.Created);
        Assert.Equal(1, Lists() - before);
    }

    [Fact]
    public async Task Person_WhomSeveralAccountsFit_IsLeftAndSaid()
    {
        using var host = await HostProduct.HostClient.MintAsync(_world.Tenant);
        foreach (var email in new[] { "one@okta.example", "two@okta.example" })
        {
            Assert.Equal(201, (await host.SendAsync("POST", "users", $$"""{"email":"{{email}}"}""", _world.Owner.Person.Name)).Status);
        }

        var user = _world.Org.Directory.CreateUser("one@okta.example", "Twin", "Two", new JsonObject { ["email"] = "two@okta.example" });
        _world.Org.Directory.Assign(_world.App.Id, user.Id);
        var users = (await _world.UsersAsync()).Count;
        var run = await _world.SyncAsync();
        Assert.Equal((0, 0, 1), (Count(run, "created"), Count(run, "updated"), Count(run, "problems")));
        Assert.Equal("account-ambiguous", Text((await _world.DriftAsync(run)).Single(row => row["oktaId"]?.GetValue<string>() == user.Id)["reason"]!, "id"));
        Assert.Equal(users, (await _world.UsersAsync()).Count);
    }

    [Fact]
    public async Task Token_RevokedInTheMiddle_PausesTheRunUntilThereIsAnother()
    {
        using var stopped = _world.Time.Stop();
        _world.Assign(450);
        await _world.SyncAsync();
        _world.Org.Faults.Add(new Fault(FaultKind.ServerError, "/users", Times: 3) { After = 1 });
        var run = await _world.SyncAsync();
        Assert.Equal("okta-server-error", Text(run["status"]!, "id"));
        _world.Org.Tokens.RevokeAll();
        _world.Time.Shift += TimeSpan.FromMinutes(20);
        await _world.WorkAsync();
        run = await _world.Owner.DoAsync("GET", $"/runs/{run["id"]}");
        Assert.Equal(("walking", "okta-token-invalid"), (Text(run, "phase"), Text(run["status"]!, "id")));

        await _world.Owner.DoAsync("PUT", "/provisioning", new { okta = new { org = _world.Org.Url.ToString(), appId = _world.App.Id, apiToken = _world.Org.Tokens.CreateApiToken() } });
        _world.Time.Shift += TimeSpan.FromMinutes(20);
        await _world.WorkAsync();
        run = await _world.Owner.DoAsync("GET", $"/runs/{run["id"]}");
        Assert.Equal(("completed", 450), (Text(run, "outcome"), Count(run, "assigned")));
        Assert.Equal(0, await _world.CountAsync("user.deactivated"));
    }

    // 03:00 UTC by a note that outlives the process; nights that nobody was there for are made up for by one run.
    [Fact]
    public async Task Nights_ThatWereMissed_AreMadeUpForByOneRun()
    {
        _world.Assign(3);
        await _world.FollowNotesAsync();
        Assert.Empty(await _world.Runs.ListAsync());

        await _world.RestartAsync();
        _world.Time.Shift += TimeSpan.FromDays(4);
        await _world.FollowNotesAsync();
        var run = Assert.Single(await _world.Runs.ListAsync());
        Assert.EndsWith("-night", run.Id, StringComparison.Ordinal);
        Assert.Equal(3, run.Counts.Created);
        await _world.FollowNotesAsync();
        Assert.Single(await _world.Runs.ListAsync());

        // One that somebody asks for, and the next night: the latest is the latest whatever its id, for a process that has just begun too.
        await _world.SyncAsync();
        await _world.RestartAsync();
        Assert.Equal([RunTrigger.Manual, RunTrigger.Night], (await _world.Runs.ListAsync()).Select(one => one.Trigger));
        _world.Time.Shift += TimeSpan.FromDays(1);
        await _world.FollowNotesAsync();
        Assert.Equal(3, (await _world.Runs.ListAsync()).Length);
    }

    // An org that is down for days: one event says so, and the run is there when it is back.
    [Fact]
    public async Task Org_ThatIsDownForThreeDays_IsSaidOnceAndCaughtUpWith()
    {
        using var stopped = _world.Time.Stop();
        _world.Assign(3);
        _world.Org.Faults.Add(new Fault(FaultKind.ServerError, "", Times: 1_000_000));
        var run = await _world.SyncAsync();
        for (var hour = 0; hour < 72; hour += 12)
        {
            _world.Time.Shift += TimeSpan.FromHours(12);
            await _world.WorkAsync();
        }

        Assert.Equal(1, await _world.CountAsync("sync.paused"));
        Assert.Equal("okta-server-error", Text((await _world.Owner.DoAsync("GET", $"/runs/{run["id"]}"))["status"]!, "id"));
        _world.Org.Faults.Clear();
        _world.Time.Shift += TimeSpan.FromHours(1);
        await _world.WorkAsync();
        await _world.ShouldBeAsOktaAsync();
        Assert.Null((await _world.Owner.DoAsync("GET", $"/runs/{run["id"]}"))["status"]);
    }

    [Fact]
    public async Task Run_OfATenantThatIsDisabled_EndsAsItIs()
    {
        _world.Assign(3);
        await _world.Owner.DoAsync("POST", "/runs", new { rehearsal = false });
        (await _world.Product.Operator.PostAsync($"/operator/v1/tenants/{_world.Tenant.Slug}/disable", null)).EnsureSuccessStatusCode();
        await _world.WorkAsync();
        Assert.Equal(RunOutcome.Stopped, Assert.Single(await _world.Runs.ListAsync()).Outcome);
        Assert.DoesNotContain((await _world.UsersAsync()).Values, user => user["externalId"] is not null);
    }

    [Theory]
    [InlineData("hr", 403)]
    [InlineData("viewer", 403)]
    [InlineData("admin", 200)]
    public async Task Calls_AreForOwnersAndAdminsOfThisTenant(string role, int status)
    {
        using var tenant = await TestTenant.CreateAsync(_world.Product);
        using var client = await SettingsClient.CreateAsync(tenant, role);
        foreach (var path in new[] { "/provisioning", "/runs", "/inbox", "/move" })
        {
            Assert.Equal(status, (int)(await client.SendAsync("GET", path)).StatusCode);
        }

        // Another tenant's run is not there, and its session is nobody.
        var run = await _world.SyncAsync();
        Assert.Equal(status == 200 ? 404 : 403, (int)(await client.SendAsync("GET", $"/runs/{run["id"]}")).StatusCode);
        Assert.Equal(status == 200 ? 404 : 403, (int)(await client.SendAsync("GET", $"/runs/{run["id"]}/drift")).StatusCode);
        Assert.Equal(status == 200 ? 404 : 403, (int)(await client.SendAsync("POST", $"/runs/{run["id"]}/approve")).StatusCode);
        Assert.Equal(status == 200 ? 409 : 403, (int)(await client.SendAsync("POST", "/runs", new { rehearsal = true })).StatusCode);
        using var anyone = new HttpClient();
        anyone.DefaultRequestHeaders.Authorization = new("Bearer", await client.Person.SignInAsync());
        Assert.Equal(401, (int)(await anyone.GetAsync(new Uri(_world.Product.BaseUrl, $"/t/{_world.Tenant.Slug}{SettingsClient.Root}/runs"))).StatusCode);
    }

    [Fact]
    public async Task Credential_IsNeverShown()
    {
        var token = _world.Org.Tokens.CreateApiToken();
        var answer = await _world.Owner.SendAsync("PUT", "/provisioning", new { okta = new { org = _world.Org.Url.ToString(), appId = _world.App.Id, apiToken = token } });
        Assert.DoesNotContain(token, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(token, string.Concat((await _world.Tenant.EventsAsync()).Select(one => one.ToJsonString())), StringComparison.Ordinal);
        var stored = await _world.Behind.LoadAsync(new RecordKey(_world.Tenant.Slug, RecordKinds.Tenant, _world.Tenant.Slug), default);
        Assert.DoesNotContain(token, System.Text.Encoding.UTF8.GetString(stored!.Document.Span), StringComparison.Ordinal);

        // What was sealed for one tenant opens for no other.
        var box = _world.Product.Services.GetRequiredService<CredentialBox>();
        Assert.Equal("secret", box.Open("one", box.Seal("one", "secret")));
        Assert.Null(box.Open("two", box.Seal("one", "secret")));

        var checks = (await _world.Owner.DoAsync("POST", "/provisioning/test"))["checks"]!.AsArray();
        Assert.Contains(checks, check => Text(check!, "id") == "credential" && Text(check!, "result") == "passed");
        Assert.Equal((400, "token-malformed"), await _world.Owner.RefusalAsync("PUT", "/provisioning", new { okta = new { org = _world.Org.Url.ToString(), appId = "0oa1", apiToken = "a b\nc" } }));
        Assert.Equal((400, "credential-missing"), await _world.Owner.RefusalAsync("PUT", "/provisioning", new { okta = new { org = _world.Org.Url.ToString(), appId = "0oa1" } }));
        Assert.Equal((400, "app-id-invalid"), await _world.Owner.RefusalAsync("PUT", "/provisioning", new { okta = new { org = _world.Org.Url.ToString(), appId = "../x", apiToken = "abc" } }));
    }

    [Theory]
    [InlineData("credential")]
    [InlineData("app")]
    public async Task Access_ThatOktaDoesNotTake_IsNotSaved(string wrong)
    {
        var before = (await _world.Owner.DoAsync("GET", "/provisioning")).ToJsonString();
        var okta = new
        {
            org = _world.Org.Url.ToString(),
            appId = wrong == "app" ? "0oaNOSUCHAPP" : _world.App.Id,
            apiToken = wrong == "credential" ? "00revoked" : _world.Org.Tokens.CreateApiToken(),
        };
        var answer = await _world.Owner.SendAsync("PUT", "/provisioning", new { okta });
        var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal((422, "provisioning-check-failed"), ((int)answer.StatusCode, Text(problem, "id")));
        Assert.Contains(problem["checks"]!.AsArray(), check => Text(check!, "id") == wrong && Text(check!, "result") == "failed");
        Assert.DoesNotContain(okta.apiToken, problem.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(before, (await _world.Owner.DoAsync("GET", "/provisioning")).ToJsonString());
    }

    private async Task BeginNightAsync()
    {
        _world.Time.Shift += TimeSpan.FromDays(1);
        await _world.FollowNotesAsync();
    }

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();

    private static int Count(JsonNode run, string member) => run["counts"]![member]!.GetValue<int>();
}
