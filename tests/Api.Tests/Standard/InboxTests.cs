using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Settings;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.OktaSimulator.Hooks;
using OrleansIdentity.OktaSimulator.Management.Faults;

namespace OrleansIdentity.Api.Tests.Standard;

/// <summary>What event hooks lead to.</summary>
public sealed class InboxTests : IAsyncLifetime
{
    private StandardWorld _world = null!;

    public async Task InitializeAsync() => _world = await StandardWorld.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task People_WhomHooksName_BecomeAsOktaHasThem()
    {
        var ids = _world.Assign(5);
        await TellAsync();
        await _world.ShouldBeAsOktaAsync();
        Assert.Equal(5, await _world.CountAsync("user.created") - 1);

        _world.Org.Directory.UpdateProfile(ids[0], new JsonObject { ["department"] = "Legal", ["title"] = "Counsel" });
        _world.Org.Directory.Unassign(_world.App.Id, ids[1]);
        _world.Org.Directory.Suspend(ids[2]);
        _world.Org.Directory.Delete(ids[3]);
        _world.Org.Directory.LockOut(ids[4]);
        await TellAsync();
        await _world.ShouldBeAsOktaAsync();
        Assert.Equal("Counsel", (await _world.UserOfAsync(ids[0]))!["title"]!.GetValue<string>());
        Assert.True((await _world.UserOfAsync(ids[4]))!["active"]!.GetValue<bool>());

        var account = (await _world.UserOfAsync(ids[1]))!["id"]!.GetValue<string>();
        _world.Org.Directory.Assign(_world.App.Id, ids[1]);
        _world.Org.Directory.Unsuspend(ids[2]);
        await TellAsync();
        await _world.ShouldBeAsOktaAsync();
        Assert.Equal(account, (await _world.UserOfAsync(ids[1]))!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task TenEvents_OfOnePerson_AreOneRead()
    {
        var id = _world.Assign(1)[0];
        await TellAsync();
        for (var change = 0; change < 10; change++)
        {
            _world.Org.Directory.UpdateProfile(id, new JsonObject { ["title"] = $"Title {change}" });
        }

        _world.Org.Hooks.Weather = new HookWeather(Batch: 1, Duplicates: 0.5, Repeats: 0.5, IsShuffled: true);
        await _world.DeliverAsync();
        var before = _world.Org.Requests.All.Count(request => request.Path.EndsWith($"/users/{id}", StringComparison.Ordinal));
        await _world.DrainAsync();
        Assert.Equal(2, _world.Org.Requests.All.Count(request => request.Path.EndsWith($"/users/{id}", StringComparison.Ordinal)) - before);
        Assert.Equal("Title 9", (await _world.UserOfAsync(id))!["title"]!.GetValue<string>());
        Assert.Equal(1, await _world.CountAsync("user.updated"));
    }

    // Whoever cannot be taken over keeps nobody from it, is shown with the reason, and is taken over when that is gone and somebody asks for it.
    [Fact]
    public async Task Person_ThatCannotBeTakenOver_IsParkedAndReplayed()
    {
        var taken = await ParkAsync();
        var parked = Assert.Single((await _world.Owner.DoAsync("GET", "/inbox"))["items"]!.AsArray())!;
        Assert.Equal(("privileged-account", taken), (parked["reason"]!["id"]!.GetValue<string>(), parked["subject"]!.GetValue<string>()));
        Assert.Equal(1, await _world.CountAsync("sync.parked"));
        Assert.Equal((404, "parked-unknown"), await _world.Owner.RefusalAsync("POST", "/inbox/nobody/replay"));

        _world.Org.Directory.UpdateProfile(taken, new JsonObject { ["login"] = "other@okta.example", ["email"] = "other@okta.example" });
        Assert.Equal(202, (int)(await _world.Owner.SendAsync("POST", $"/inbox/{parked["id"]}/replay")).StatusCode);
        await _world.DrainAsync();
        await _world.ShouldBeAsOktaAsync();
        Assert.Equal(0, (await _world.Owner.DoAsync("GET", "/inbox"))["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task Person_ThatIsParkedAndNamedAgain_IsParkedNoMore()
    {
        var taken = await ParkAsync();
        _world.Org.Directory.UpdateProfile(taken, new JsonObject { ["login"] = "other@okta.example", ["email"] = "other@okta.example" });
        await TellAsync();
        await _world.ShouldBeAsOktaAsync();
        Assert.Equal(0, (await _world.Inbox.ReadStatusAsync()).Parked);
    }

    // Days of it, if need be: nobody is parked for what is Okta's fault, nobody loses access, and nobody has to do anything.
    [Fact]
    public async Task Org_ThatIsDownForThreeDays_ParksNobodyAndIsCaughtUpWith()
    {
        var ids = _world.Assign(3);
        await TellAsync();
        _world.Org.Directory.UpdateProfile(ids[0], new JsonObject { ["title"] = "Later" });
        _world.Org.Directory.Unassign(_world.App.Id, ids[1]);
        await _world.DeliverAsync();
        _world.Org.Faults.Add(new Fault(FaultKind.ServerError, "", Times: 1_000_000));
        for (var hour = 0; hour < 72; hour += 12)
        {
            Assert.NotNull(await _world.DrainAsync());
            _world.Time.Shift += TimeSpan.FromHours(12);
        }

        Assert.Equal(0, await _world.CountAsync("user.deactivated", "sync.parked"));
        _world.Org.Faults.Clear();
        await _world.DrainAsync();
        await _world.ShouldBeAsOktaAsync();
    }

    // An app that was deleted makes everybody "not found", and nobody is.
    [Fact]
    public async Task App_ThatIsNotThereAnyMore_DeactivatesNobody()
    {
        var ids = _world.Assign(2);
        await TellAsync();
        _world.Time.Shift += TimeSpan.FromMinutes(5);
        _world.Org.Directory.UpdateProfile(ids[0], new JsonObject { ["title"] = "Later" });
        await _world.DeliverAsync();
        _world.Org.Directory.DeleteApp(_world.App.Id);
        await _world.DrainAsync();
        Assert.Equal(0, await _world.CountAsync("user.deactivated", "sync.parked"));
    }

    // Whatever the process was about when it died: the same effect, once.
    [Theory]
    [InlineData(RecordKinds.User, false)]
    [InlineData(RecordKinds.User, true)]
    [InlineData(RecordKinds.Hook, false)]
    [InlineData(RecordKinds.Hook, true)]
    public async Task Process_ThatDiesWhileItWorks_HasItsEffectOnce(string at, bool isWritten)
    {
        _world.Assign(4);
        await _world.DeliverAsync();
        var count = 0;
        Task DieAtTheSecond(Commit commit) => commit.Change?.Key.Kind == at && Interlocked.Increment(ref count) >= 2 ? throw new StoreUnavailableException("Told to die.") : Task.CompletedTask;
        if (isWritten)
        {
            _world.Store.AfterCommit = DieAtTheSecond;
        }
        else
        {
            _world.Store.BeforeCommit = DieAtTheSecond;
        }

        await _world.DrainAsync();
        await _world.RestartAsync();
        await _world.DrainAsync();
        await _world.ShouldBeAsOktaAsync();
        var created = await _world.Behind.ReadEventsAsync(_world.Tenant.Slug, 0, 1_000, null, default);
        Assert.Equal(4, created.Count(one => one.Data is { Type: "user.created", Origin.Source: "hook" }));
        Assert.Equal(0, (await _world.Inbox.ReadStatusAsync()).Waiting);
    }

    private async Task<string> ParkAsync()
    {
        // The owner's own address: an account of that role is not joined by it.
        var person = _world.Org.Directory.CreateUser(_world.Owner.Person.Name, "Olga", "Owner");
        _world.Org.Directory.Assign(_world.App.Id, person.Id);
        _world.Assign(2);
        await _world.DeliverAsync();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await _world.DrainAsync();
            _world.Time.Shift += TimeSpan.FromMinutes(30);
        }

        Assert.Null(await _world.DrainAsync());
        Assert.Equal(2, (await _world.UsersAsync()).Values.Count(user => user["externalId"] is not null));
        return person.Id;
    }

    private async Task TellAsync()
    {
        await _world.DeliverAsync();
        Assert.Null(await _world.DrainAsync());
    }
}
