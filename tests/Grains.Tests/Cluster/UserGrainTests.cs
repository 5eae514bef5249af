using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users;

namespace OrleansIdentity.Grains.Tests.Cluster;

public sealed class UserGrainTests(GrainCluster cluster) : ClusterTests(cluster)
{
    [Fact]
    public async Task Command_CommitStillUnderWay_IsNotAnsweredAndNotPublished()
    {
        var id = await CreatedAsync("slow");
        var gate = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        Store.BeforeCommit = _ =>
        {
            reached.SetResult();
            return gate.Task;
        };

        var patching = User(id).PatchAsync(Patch("nickName", "n"));
        await reached.Task;
        var reading = User(id).ReadAsync();
        Assert.False(patching.IsCompleted);
        Assert.False(reading.IsCompleted);
        Assert.Single(await EventsAsync(id));

        gate.SetResult();
        Assert.True((await patching).Changed);
        Assert.Equal("n", Document(await reading)["nickName"]!.GetValue<string>());
    }

    [Fact]
    public async Task Command_OutcomeUnknownAndDurable_IsFoundOutBeforeTheNextAnswer()
    {
        var id = await CreatedAsync("unknown");
        Store.AfterCommit = _ => throw new StoreUnavailableException("The answer got lost.");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => User(id).PatchAsync(Patch("nickName", "n")));
        Store.AfterCommit = _ => Task.CompletedTask;

        Assert.Equal("n", Document(await User(id).ReadAsync())["nickName"]!.GetValue<string>());
        Assert.False((await User(id).PatchAsync(Patch("nickName", "n"))).Changed);
        Assert.Equal([1, 2], (await EventsAsync(id)).Select(one => one.Data.Version));
    }

    [Fact]
    public async Task Command_NotWritten_LeavesTheUserAsItWas()
    {
        var id = await CreatedAsync("refused");
        Store.BeforeCommit = _ => throw new StoreUnavailableException("No room.");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => User(id).PatchAsync(Patch("active", false)));
        Store.BeforeCommit = _ => Task.CompletedTask;

        Assert.True(Document(await User(id).ReadAsync())["active"]!.GetValue<bool>());
        Assert.True((await User(id).PatchAsync(Patch("active", false))).Changed);
        Assert.Equal([1, 2], (await EventsAsync(id)).Select(one => one.Data.Version));
    }

    [Fact]
    public async Task Create_SentAgainAfterAnUnknownOutcome_IsThereOnce()
    {
        var id = Guid.CreateVersion7().ToString();
        Store.AfterCommit = _ => throw new StoreUnavailableException("The answer got lost.");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => User(id).CreateAsync(Create("once")));
        Store.AfterCommit = _ => Task.CompletedTask;

        var again = await User(Guid.CreateVersion7().ToString()).CreateAsync(Create("ONCE"));
        Assert.Equal("uniqueness", again.Error!.ScimType);
        Assert.Contains(id, again.Error.Detail, StringComparison.Ordinal);
        Assert.Single(await EventsAsync(id));
    }

    [Fact]
    public async Task Command_AnotherActivationWroteMeanwhile_IsDecidedAnewOnWhatIsThere()
    {
        var id = await CreatedAsync("fenced");
        await WriteBehindAsync(id, "elsewhere");

        var reply = await User(id).PatchAsync(Patch("title", "Chief"));

        Assert.Equal(3, reply.Version);
        Assert.Equal(("elsewhere", "Chief"), (Document(reply)["nickName"]!.GetValue<string>(), Document(reply)["title"]!.GetValue<string>()));
        Assert.Equal([1, 2, 3], (await EventsAsync(id)).Select(one => one.Data.Version));
    }

    [Fact]
    public async Task Command_AnotherActivationDeletedMeanwhile_IsNotFoundAndNothingComesBack()
    {
        var id = await CreatedAsync("deleted");
        var stored = await Cluster.Behind.LoadAsync(new RecordKey(Tenant, RecordKinds.User, id), default);
        await CommitBehindAsync(new DeleteRecord(stored!.Key, stored.Version), stored.Version + 1);

        Assert.Equal(404, (await User(id).PatchAsync(Patch("title", "Chief"))).Error!.Status);
        Assert.Equal(404, (await User(id).ReadAsync()).Error!.Status);
        Assert.Null(await Cluster.Behind.LoadAsync(stored.Key, default));
    }

    [Fact]
    public async Task Command_AnotherActivationAlwaysFirst_GivesUpWithoutWriting()
    {
        var id = await CreatedAsync("overtaken");
        Store.BeforeCommit = commit => WriteBehindAsync(id, $"n{commit.Event.Version}");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => User(id).PatchAsync(Patch("title", "Chief")));

        Store.BeforeCommit = _ => Task.CompletedTask;
        Assert.Null(Document(await User(id).ReadAsync())["title"]);
    }

    [Fact]
    public async Task Command_AfterItsDeadline_BeginsNothing()
    {
        var id = await CreatedAsync("late");
        var late = Patch("active", false) with { Deadline = TimeProvider.System.GetUtcNow() };

        Assert.Equal(503, (await User(id).PatchAsync(late)).Error!.Status);
        Assert.Single(await EventsAsync(id));
    }

    [Fact]
    public async Task Command_FrozenUntilItsCallerAskedForTheOpposite_DoesNotUndoIt()
    {
        var id = await CreatedAsync("frozen");
        var deadline = TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(200);
        Store.BeforeCommit = async _ =>
        {
            // While the command hangs on this node its caller gives up, and what it asks for next is carried out on another one.
            while (TimeProvider.System.GetUtcNow() < deadline)
            {
                await Task.Yield();
            }

            await WriteBehindAsync(id, "newer");
        };

        var reply = await User(id).PatchAsync(Patch("nickName", "older") with { Deadline = deadline });

        Assert.Equal(503, reply.Error!.Status);
        Assert.Equal("newer", Document(await User(id).ReadAsync())["nickName"]!.GetValue<string>());
    }

    [Fact]
    public async Task Unknown_Users_AreNotKeptInMemory()
    {
        var before = await Cluster.ActivationsAsync("user");
        for (var number = 0; number < 50; number++)
        {
            Assert.Equal(404, (await User(Guid.CreateVersion7().ToString()).ReadAsync()).Error!.Status);
        }

        // Deactivation is asked for at once and carried out in the background: it is what happens in the end that counts.
        while (await Cluster.ActivationsAsync("user") > before)
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Command_Parallel_AreOneAfterTheOther()
    {
        var id = await CreatedAsync("lane");
        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => User(id).PatchAsync(Patch("nickName", $"n{number}"))));

        Assert.Equal(Enumerable.Range(2, 100).Select(version => (long)version), replies.Select(reply => reply.Version).Order());
        Assert.Equal(101, (await EventsAsync(id)).Count);
    }

    /// <summary>What a second activation of the same grain, on a node that this one does not know of, would commit.</summary>
    private async Task WriteBehindAsync(string id, string nickName)
    {
        var stored = (await Cluster.Behind.LoadAsync(new RecordKey(Tenant, RecordKinds.User, id), default))!;
        var elsewhere = UserRecord.From(stored);
        var transition = Assert.IsType<ResourceDecision.Transition>(Lifecycle.Decide(id, elsewhere, Patch("nickName", nickName), TimeProvider.System.GetUtcNow()));
        await CommitBehindAsync(new PutRecord(stored.Key, stored.Version, transition.Next!.Document, transition.Keys), stored.Version + 1);
    }

    private async Task CommitBehindAsync(RecordChange change, long version)
    {
        var data = new EventData(
            EventTypes.UserUpdated, TimeProvider.System.GetUtcNow(), RecordKinds.User, change.Key.Id, version, Origin with { Source = "behind" }, "[]"u8.ToArray());
        Assert.IsType<CommitOutcome.Committed>(await Cluster.Behind.CommitAsync(new Commit(Guid.CreateVersion7(), Tenant, change, data)));
    }
}
