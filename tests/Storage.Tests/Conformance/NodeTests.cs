using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Storage.Tests.Conformance;

/// <summary>What holds between two nodes that use the same data at once.</summary>
public abstract class NodeTests(StoreHarness harness) : StoreTests(harness)
{
    [Fact]
    public async Task Put_TwoHundredOnTwoNodesRaceForOneName_OneWins()
    {
        var other = await OpenOnAnotherNodeAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(
            number => (number % 2 == 0 ? Store : other).CommitAsync(Put(Key($"r{number:d3}"), 0, "race")).AsTask()));

        Assert.Single(outcomes.OfType<CommitOutcome.Committed>());
        var holder = Assert.Single((await QueryAsync()).Records).Key.Id;
        Assert.Equal(199, outcomes.OfType<CommitOutcome.Taken>().Count(taken => taken == new CommitOutcome.Taken("userName", holder)));
        Assert.Single(await EventsAsync());
    }

    [Fact]
    public async Task Put_TwoNodesRaceForOneVersion_OneWins()
    {
        var other = await OpenOnAnotherNodeAsync();
        await CommittedAsync(Put(Key("a"), 0));
        for (var version = 1; version <= 20; version++)
        {
            var outcomes = await Task.WhenAll(Store.CommitAsync(Put(Key("a"), version)).AsTask(), other.CommitAsync(Put(Key("a"), version)).AsTask());
            Assert.Single(outcomes.OfType<CommitOutcome.Committed>());
            Assert.Single(outcomes.OfType<CommitOutcome.Stale>());
        }

        Assert.Equal(21, (await EventsAsync()).Count);
    }

    [Fact]
    public async Task Commit_OnOneNode_IsSeenByEveryLaterReadOnTheOther()
    {
        var nodes = new[] { Store, await OpenOnAnotherNodeAsync() };
        for (var number = 0; number < 20; number++)
        {
            var key = Key($"s{number:d2}");
            Assert.IsType<CommitOutcome.Committed>(await nodes[number % 2].CommitAsync(Put(key, 0)));

            var reader = nodes[(number + 1) % 2];
            Assert.NotNull(await reader.LoadAsync(key, default));
            Assert.Equal(number + 1, (await reader.QueryAsync(new RecordQuery(Tenant, RecordKinds.User, null, null, 0, 0), default)).Total);
            Assert.Equal(1, (await reader.QueryAsync(new RecordQuery(Tenant, RecordKinds.User, Parse($"userName eq \"{key.Id}\""), null, 0, 1), default)).Total);
            Assert.Equal(number + 1, (await reader.ReadEventsAsync(Tenant, number, 10, null, default))[^1].Position);
        }
    }

    [Fact]
    public async Task Commits_OfTwoNodes_AreInOneOrderWithoutGaps()
    {
        var nodes = new[] { Store, await OpenOnAnotherNodeAsync() };
        var writers = Enumerable.Range(0, 8).Select(async writer =>
        {
            var key = Key($"w{writer}");
            for (var version = 0; version < 15; version++)
            {
                Assert.IsType<CommitOutcome.Committed>(await nodes[(writer + version) % 2].CommitAsync(Put(key, version)));
            }
        });
        await Task.WhenAll(writers);

        var events = await EventsAsync();
        Assert.Equal(Enumerable.Range(1, 120).Select(position => (long)position), events.Select(one => one.Position));
        Assert.All(events.GroupBy(one => one.Data.ResourceId), own => Assert.Equal(Enumerable.Range(1, 15).Select(version => (long)version), own.Select(one => one.Data.Version)));
    }

    [Fact]
    public async Task Commit_SentAgainThroughTheOtherNode_IsCommittedOnceAtTheSamePlace()
    {
        var other = await OpenOnAnotherNodeAsync();
        var create = Put(Key("a"), 0);
        var delete = Delete(Key("b"), 1);
        var created = await Store.CommitAsync(create);
        await CommittedAsync(Put(Key("b"), 0));
        var deleted = await Store.CommitAsync(delete);

        Assert.Equal(created, await other.CommitAsync(create));
        Assert.Equal(deleted, await other.CommitAsync(delete));
        Assert.IsType<CommitOutcome.Stale>(await other.CommitAsync(Put(Key("b"), 0)));
        Assert.Equal(3, (await EventsAsync()).Count);
    }
}
