using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Okta.Apps;
using OrleansIdentity.Okta.Json;
using OrleansIdentity.Okta.Paging;
using OrleansIdentity.Okta.Results;
using OrleansIdentity.Okta.Tests.Support;
using OrleansIdentity.Okta.Users;

namespace OrleansIdentity.Okta.Tests.Calls;

/// <summary>The calls of §5.1.</summary>
public class CallTests
{
    // The login must be URL-encoded.
    [Theory]
    [InlineData("ann.lee@acme.example")]
    [InlineData("siobhán.o'brien+okta@acme.example")]
    [InlineData("d'arcy&smith=jones%20#1?x@acme.example")]
    [InlineData("ann\"quoted\\@acme.example")]
    public async Task GetUser_ByLogin_IsFound(string login)
    {
        await using var harness = await Harness.StartAsync();
        var user = harness.Org.Directory.CreateUser(login, "First", "Last");

        Assert.Equal(user.Id, Harness.Parse(await harness.Client.GetUserAsync(login)).Id);
    }

    [Fact]
    public async Task GetUser_LoginWithSlash_IsFoundByIdOnly()
    {
        await using var harness = await Harness.StartAsync();
        var user = harness.Org.Directory.CreateUser("a/b@acme.example", "First", "Last");

        Assert.Equal("login-with-slash", (await harness.Client.GetUserAsync(user.Login)).RefusedId());
        Assert.Equal(user.Login, Harness.Parse(await harness.Client.GetUserAsync(user.Id)).Profile.Text("login"));
    }

    // An id of dots would be resolved away, and the call be another one.
    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    public async Task GetAppUser_IdIsAPath_IsNotSent(string id)
    {
        await using var harness = await Harness.StartAsync();

        Assert.Equal("id-invalid", (await harness.Client.GetAppUserAsync(harness.App.Id, id)).RefusedId());
        Assert.Equal("id-invalid", (await harness.Client.GetAppUserAsync(id, "00u1")).RefusedId());
        Assert.Empty(harness.Org.Requests.All);
    }

    [Fact]
    public async Task GetAppUser_NotAssigned_IsNotFound()
    {
        await using var harness = await Harness.StartAsync();
        var user = harness.Org.Directory.CreateUser("ann@acme.example", "Ann", "Lee");

        Assert.IsType<OktaFailure.NotFound>((await harness.Client.GetAppUserAsync(harness.App.Id, user.Id)).Failure);
    }

    [Fact]
    public async Task GetAppUsersPage_WithUsers_HasThePerson()
    {
        await using var harness = await Harness.StartAsync();
        var user = harness.Assign(1, new JsonObject { ["shoeSize"] = 41, ["city"] = "Zürich" })[0];
        harness.Org.Directory.Suspend(user.Id);
        harness.Org.Directory.SetProvisioned(harness.App.Id, user.Id, "ours-1", "PROVISIONED", "OUT_OF_SYNC");

        var found = Assert.Single(Harness.Parse(await harness.Client.GetAppUsersPageAsync(harness.App.Id, new AppUserQuery(5, WithUsers: true))).Items);

        Assert.Equal(("ours-1", AppUserStatus.Provisioned, AppUserScope.User, AppUserSyncState.OutOfSync), (found.ExternalId, found.Status, found.Scope, found.SyncState));
        Assert.Equal(OktaUserStatus.Suspended, found.User!.Status);
        Assert.Equal("Zürich", found.User.Profile.Text("city"));
        Assert.Equal(41, found.User.Profile.Attributes["shoeSize"].GetInt32());
        Assert.Null(found.User.Profile.Text("shoeSize"));
    }

    [Fact]
    public async Task GetAppUsersPage_Prefix_IsAsked()
    {
        await using var harness = await Harness.StartAsync();
        harness.Assign(12);

        var found = Harness.Parse(await harness.Client.GetAppUsersPageAsync(harness.App.Id, new AppUserQuery { Prefix = "user1" }));

        Assert.Equal(3, found.Items.Count);
    }

    // The option that shrinks user lists.
    [Fact]
    public async Task WalkGroupUsers_Accept_AsksForLess()
    {
        await using var harness = await Harness.StartAsync();
        var group = harness.Org.Directory.CreateGroup("Sales");
        foreach (var user in harness.Assign(3))
        {
            harness.Org.Directory.AddToGroup(group.Id, user.Id);
        }

        var list = Harness.Parse(await harness.Client.WalkGroupUsersAsync(group.Id).ToCompleteListAsync(default));

        Assert.Equal(3, list.Items.Count);
        Assert.Contains("okta-response=", harness.Org.Requests.All[^1].Headers["Accept"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task WalkGroups_AssignedAndPushed_AreListed()
    {
        await using var harness = await Harness.StartAsync();
        var groups = Enumerable.Range(0, 3).Select(number => harness.Org.Directory.CreateGroup($"Group {number}")).ToArray();
        harness.Org.Directory.AssignGroup(harness.App.Id, groups[0].Id);
        harness.Org.Directory.PushGroup(harness.App.Id, groups[1].Id);

        var assigned = Harness.Parse(await harness.Client.WalkAppGroupsAsync(harness.App.Id).ToCompleteListAsync(default));
        var pushed = Harness.Parse(await harness.Client.WalkGroupPushMappingsAsync(harness.App.Id).ToCompleteListAsync(default));

        Assert.Equal(groups[0].Id, Assert.Single(assigned.Items).Id);
        Assert.Equal((groups[1].Id, GroupPushStatus.Active), (Assert.Single(pushed.Items).SourceGroupId, pushed.Items[0].Status));
        Assert.Equal("Group 2", Harness.Parse(await harness.Client.GetGroupAsync(groups[2].Id)).Profile.Text("name"));
    }

    // Parse unknown values as "unknown", never throw.
    [Theory]
    [InlineData("\"ACTIVE\"", AppUserStatus.Active)]
    [InlineData("\"active\"", AppUserStatus.Active)]
    [InlineData("\"TELEPORTED\"", AppUserStatus.Unknown)]
    [InlineData("\"1\"", AppUserStatus.Unknown)]
    [InlineData("7", AppUserStatus.Unknown)]
    [InlineData("null", AppUserStatus.Unknown)]
    [InlineData("{\"a\":[1]}", AppUserStatus.Unknown)]
    public void Deserialize_Status_IsReadOrUnknown(string word, AppUserStatus expected)
    {
        var read = JsonSerializer.Deserialize(Encoding.UTF8.GetBytes($$"""{"id":"00u1","status":{{word}},"new":{"x":1},"profile":{"login":"a"} }"""), OktaJson.Default.AppUser);

        Assert.Equal((expected, "a"), (read!.Status, read.Profile.Text("login")));
    }

    [Theory]
    [InlineData("PASSWORD_EXPIRED", OktaUserStatus.PasswordExpired)]
    [InlineData("LOCKED_OUT", OktaUserStatus.LockedOut)]
    [InlineData("DEPROVISIONED", OktaUserStatus.Deprovisioned)]
    public void Deserialize_UserStatus_IsRead(string word, OktaUserStatus expected) =>
        Assert.Equal(expected, JsonSerializer.Deserialize(Encoding.UTF8.GetBytes($$"""{"id":"00u1","status":"{{word}}","profile":null}"""), OktaJson.Default.OktaUser)!.Status);
}
