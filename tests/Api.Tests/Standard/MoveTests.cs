using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Api.Tests.SignIn;

namespace OrleansIdentity.Api.Tests.Standard;

/// <summary>One method at a time, and the way from Standard to SCIM.</summary>
public sealed class MoveTests : IAsyncLifetime
{
    private StandardWorld _world = null!;

    public async Task InitializeAsync() => _world = await StandardWorld.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Methods_WorkOneAtATime()
    {
        (await _world.Tenant.Scim.GetAsync("Users")).ShouldBeError(403);
        (await _world.Tenant.Scim.PostAsync("Users", ScimClient.User("x@okta.example"))).ShouldBeError(403);
        Assert.Equal((409, "move-required"), await _world.Owner.RefusalAsync("PUT", "/provisioning", new { method = "scim" }));
        Assert.Equal((409, "move-impossible"), await _world.Owner.RefusalAsync("POST", "/move/finish"));

        await _world.Owner.DoAsync("POST", "/move/start");
        Assert.Equal(200, (await _world.Tenant.Scim.GetAsync("Users")).Status);
        Assert.Equal((409, "move-under-way"), await _world.Owner.RefusalAsync("PUT", "/provisioning", new { method = "none" }));
        _world.Assign(1);
        await _world.DeliverAsync();
        await _world.DrainAsync();
        await _world.ShouldBeAsOktaAsync();

        await _world.Owner.DoAsync("POST", "/move/finish");
        Assert.Equal((409, "standard-not-in-force"), await _world.Owner.RefusalAsync("POST", "/runs", new { rehearsal = false }));
        await _world.Owner.DoAsync("POST", "/move/back");
        (await _world.Tenant.Scim.GetAsync("Users")).ShouldBeError(403);
        Assert.Equal("completed", (await _world.SyncAsync())["outcome"]!.GetValue<string>());
    }

    // What came in by hooks and was not looked into when the method changed is not looked into any more.
    [Fact]
    public async Task Inbox_OfATenantThatHasMoved_ChangesNobody()
    {
        _world.Assign(2);
        await _world.DeliverAsync();
        await _world.Owner.DoAsync("POST", "/move/start");
        await _world.Owner.DoAsync("POST", "/move/finish");
        Assert.Null(await _world.DrainAsync());
        Assert.DoesNotContain((await _world.UsersAsync()).Values, user => user["externalId"] is not null);
    }

    [Fact]
    public async Task Push_AfterTheMove_FindsEveryAccount_WithItsSessionAndHistory()
    {
        var ids = _world.Assign(6);
        await _world.SyncAsync();
        var before = (await _world.UsersAsync()).Where(user => user.Value["externalId"] is not null).ToDictionary(user => user.Value["externalId"]!.GetValue<string>(), user => user.Key);

        // One of them signs in; another has another name at the SCIM app than at the Standard app.
        var session = await _world.SignInAsync(before[ids[0]], "p1@okta.example");
        await _world.Owner.DoAsync("POST", "/move/start");

        // As Okta pushes: a look-up by user name, then a create where nothing is found.
        foreach (var id in ids)
        {
            var person = _world.Org.Directory.FindUser(id)!;
            var name = id == ids[1] ? "renamed@okta.example" : person.Login;
            var found = await _world.Tenant.Scim.GetAsync($"Users?filter={Uri.EscapeDataString($"userName eq \"{name}\"")}");
            var body = ScimClient.User(name, ("externalId", id), ("name", new JsonObject { ["givenName"] = "Pat", ["familyName"] = person.Text("lastName") }), ("active", true));
            var answer = found.Body!["totalResults"]!.GetValue<int>() == 1 && id != ids[2]
                ? await _world.Tenant.Scim.PutAsync($"Users/{found.Body["Resources"]![0]!["id"]}", body)
                : await _world.Tenant.Scim.PostAsync("Users", body);
            Assert.Equal((answer.Status is 200 or 201, before[id]), (true, answer.Body!["id"]!.GetValue<string>()));
        }

        await _world.Owner.DoAsync("POST", "/move/finish");
        var after = (await _world.UsersAsync()).Where(user => user.Value["externalId"] is not null).ToDictionary(user => user.Value["externalId"]!.GetValue<string>(), user => user.Key);
        Assert.Equal(before.OrderBy(one => one.Key, StringComparer.Ordinal), after.OrderBy(one => one.Key, StringComparer.Ordinal));
        Assert.Equal(200, await session.StatusAsync());
        Assert.Equal("user.created", (await _world.Tenant.EventsAsync(before[ids[0]]))[0]["type"]!.GetValue<string>());
        Assert.Equal(6, (await _world.Tenant.EventsAsync()).Count(one => one["type"]!.GetValue<string>() == "user.created" && one["source"]!.GetValue<string>() == "sync"));
    }

    // An address opens neither an account of somebody else in Okta nor one of an owner.
    [Fact]
    public async Task Create_DuringTheMove_JoinsNoAccountOfSomebodyElse()
    {
        var ids = _world.Assign(1);
        await _world.SyncAsync();
        await _world.Owner.DoAsync("POST", "/move/start");
        (await _world.Tenant.Scim.PostAsync("Users", ScimClient.User("p1@okta.example", ("externalId", "00uSOMEBODYELSE")))).ShouldBeError(409, "uniqueness");
        (await _world.Tenant.Scim.PostAsync("Users", ScimClient.User(_world.Owner.Person.Name, ("externalId", "00uATTACKER")))).ShouldBeError(409, "uniqueness");
        var stranger = await _world.Tenant.Scim.PostAsync("Users", ScimClient.User("stranger@okta.example", ("externalId", "00uNEW")));
        Assert.Equal(201, stranger.Status);
        Assert.Equal("00uNEW", stranger.Body!["externalId"]!.GetValue<string>());

        // An account that nobody in Okta has yet is joined by its address, once.
        await _world.Owner.DoAsync("POST", "/move/finish");
        (await _world.Tenant.Scim.PostAsync("Users", ScimClient.User("p1@okta.example", ("externalId", ids[0])))).ShouldBeError(409, "uniqueness");
    }

    [Fact]
    public async Task Report_NamesWhoWouldNotBeMatched_AndWhy()
    {
        Assert.Equal(("standard", true), (((await _world.Owner.DoAsync("GET", "/move"))["stage"]!.GetValue<string>()), (await _world.Owner.DoAsync("GET", "/move"))["runId"] is null));
        _world.Assign(3);
        await _world.SyncAsync();
        var owner = _world.Org.Directory.CreateUser(_world.Owner.Person.Name, "Olga", "Owner");
        _world.Org.Directory.Assign(_world.App.Id, owner.Id);
        _world.Assign(1, "new");
        await _world.SyncAsync(rehearsal: true);

        var report = await _world.Owner.DoAsync("GET", "/move");
        var unmatched = report["unmatched"]!.AsArray();
        Assert.Equal(3, report["matched"]!.GetValue<int>());
        Assert.Contains(unmatched, row => row!["userName"]!.GetValue<string>() == "new1@okta.example" && row["kind"]!.GetValue<string>() == "missing");
        Assert.Contains(unmatched, row => row!["oktaId"]?.GetValue<string>() == owner.Id && row["reason"]!["id"]!.GetValue<string>() == "privileged-account");
        Assert.Contains(unmatched, row => row!["kind"]!.GetValue<string>() == "unlinked");
    }
}
