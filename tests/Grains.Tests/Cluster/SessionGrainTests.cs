using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Tests.Cluster;

public sealed class SessionGrainTests(GrainCluster cluster) : ClusterTests(cluster)
{
    [Fact]
    public async Task Session_UntilWhateverEndsIt_IsLive()
    {
        var id = await CreatedAsync("ann");
        Func<Task>[] endings =
        [
            () => User(id).EndSessionAsync(new EndSession(Origin, Deadline, "s")),
            () => User(id).EndAllSessionsAsync(new EndAllSessions(Origin, Deadline)),
            () => User(id).SetPasswordAsync(new SetPassword(Origin, Deadline, "hash")),
            () => User(id).SetRoleAsync(new SetRole(Origin, Deadline, Roles.Hr)),
            () => User(id).PatchAsync(Patch("active", false)),
        ];
        foreach (var end in endings)
        {
            var reply = await StartAsync(id, "s");
            Assert.Equal((await User(id).ReadAccountAsync()).Account!.Role, (await User(id).CheckSessionAsync("s", reply.Epoch)).Role);
            Assert.Equal(SessionCheck.Over, await User(id).CheckSessionAsync("s", reply.Epoch + 1));
            Assert.Equal(SessionCheck.Over, await User(id).CheckSessionAsync("other", reply.Epoch));

            await end();
            Assert.Equal(SessionCheck.Over, await User(id).CheckSessionAsync("s", reply.Epoch));
        }

        Assert.Equal("account-deactivated", (await User(id).StartSessionAsync(Start("t"))).Refusal!.Id);
        Assert.Empty(await User(id).ReadSessionsAsync());
    }

    [Fact]
    public async Task Session_OfADeletedUser_IsOver()
    {
        var id = await CreatedAsync("ann");
        var reply = await StartAsync(id, "s");
        await User(id).DeleteAsync(new DeleteResource(Origin, Deadline, null));
        Assert.Equal(SessionCheck.Over, await User(id).CheckSessionAsync("s", reply.Epoch));
        Assert.Equal("resource-not-found", (await User(id).StartSessionAsync(Start("t"))).Refusal!.Id);
    }

    [Fact]
    public async Task SignIn_IsOneEventAndShowsNothingToScim()
    {
        var id = await CreatedAsync("ann");
        var before = await User(id).ReadAsync();
        await StartAsync(id, "s");
        Assert.Equal([EventTypes.UserCreated, EventTypes.SignInSucceeded], (await EventsAsync(id)).Select(one => one.Data.Type));
        var after = await User(id).ReadAsync();
        Assert.Equal((before.Version, Document(before).ToJsonString()), (after.Version, Document(after).ToJsonString()));
    }

    [Fact]
    public async Task CheckSession_WhileADeactivationIsUnderWay_AnswersAndAfterItIsOver()
    {
        var id = await CreatedAsync("ann");
        var reply = await StartAsync(id, "s");
        var (gate, reached) = (new TaskCompletionSource(), new TaskCompletionSource());
        Store.BeforeCommit = _ =>
        {
            reached.SetResult();
            return gate.Task;
        };

        var deactivating = User(id).PatchAsync(Patch("active", false));
        await reached.Task;
        Assert.True((await User(id).CheckSessionAsync("s", reply.Epoch)).IsLive);
        gate.SetResult();
        Assert.Null((await deactivating).Error);
        Assert.False((await User(id).CheckSessionAsync("s", reply.Epoch)).IsLive);
    }

    [Fact]
    public async Task CheckSession_OutcomeOfTheDeactivationUnknown_IsFoundOutFirst()
    {
        var id = await CreatedAsync("ann");
        var reply = await StartAsync(id, "s");
        Store.AfterCommit = _ => throw new StoreUnavailableException("The answer got lost.");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => User(id).PatchAsync(Patch("active", false)));
        Store.AfterCommit = _ => Task.CompletedTask;
        Assert.False((await User(id).CheckSessionAsync("s", reply.Epoch)).IsLive);
    }

    [Fact]
    public async Task LinkOkta_OneOktaUserForTwoAccounts_IsTaken()
    {
        var (one, other) = (await CreatedAsync("one"), await CreatedAsync("other"));
        Assert.True((await User(one).LinkOktaAsync(new LinkOkta(Origin, Deadline, "00u1"))).Changed);
        Assert.Equal("value-taken", (await User(other).LinkOktaAsync(new LinkOkta(Origin, Deadline, "00u1"))).Refusal!.Id);
    }

    private async Task<SessionReply> StartAsync(string id, string session)
    {
        var reply = await User(id).StartSessionAsync(Start(session));
        Assert.Null(reply.Refusal);
        return reply;
    }

    private static StartSession Start(string session) =>
        new(Origin, Deadline, session, SignInMethods.Password, ["pwd"], new SignInPlace("192.0.2.1", "Browser/1"));
}
