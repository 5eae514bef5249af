using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Storage.Tests.Conformance;

/// <summary>What a commit does, refuses, and never half does.</summary>
public abstract class CommitTests(StoreHarness harness) : StoreTests(harness)
{
    [Fact]
    public async Task Put_NewAndExisting_RaisesTheVersionByOne()
    {
        await CommittedAsync(Put(Key("a"), 0));
        await CommittedAsync(Put(Key("a"), 1, active: false));

        var stored = await Store.LoadAsync(Key("a"), default);
        Assert.Equal(2, stored!.Version);
        Assert.Contains("\"active\":false", System.Text.Encoding.UTF8.GetString(stored.Document.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task PutAndDelete_AnotherVersionExpected_AreStaleAndLeaveNothing(long expected)
    {
        await CommittedAsync(Put(Key("a"), 0));
        await CommittedAsync(Put(Key("a"), 1));

        Assert.IsType<CommitOutcome.Stale>(await Store.CommitAsync(Put(Key("a"), expected, "other")));
        Assert.IsType<CommitOutcome.Stale>(await Store.CommitAsync(Delete(Key("a"), expected)));

        Assert.Equal(2, await VersionAsync(Key("a")));
        Assert.Equal(2, (await EventsAsync()).Count);
        Assert.Equal(0, (await QueryAsync("userName eq \"other\"")).Total);
    }

    [Fact]
    public async Task Commit_SentAgain_IsCommittedOnceAtTheSamePlace()
    {
        var create = Put(Key("a"), 0, id: Guid.CreateVersion7());
        var first = await Store.CommitAsync(create);
        await CommittedAsync(Put(Key("b"), 0));
        Assert.Equal(first, await Store.CommitAsync(create));

        var delete = Delete(Key("a"), 1, Guid.CreateVersion7());
        var gone = await Store.CommitAsync(delete);
        Assert.Equal(gone, await Store.CommitAsync(delete));
        Assert.Equal(3, (await EventsAsync()).Count);
    }

    [Fact]
    public async Task Put_TakenName_NamesTheHolderAndLeavesNothing()
    {
        await CommittedAsync(Put(Key("a"), 0, "name"));
        await CommittedAsync(Put(Key("b"), 0, "mine"));

        Assert.Equal(new CommitOutcome.Taken("userName", "a"), await Store.CommitAsync(Put(Key("c"), 0, "NAME")));
        Assert.Equal(new CommitOutcome.Taken("userName", "a"), await Store.CommitAsync(Put(Key("b"), 1, "name")));

        Assert.Equal(1, await VersionAsync(Key("b")));
        Assert.Null(await Store.LoadAsync(Key("c"), default));
        Assert.Equal(2, (await EventsAsync()).Count);
        Assert.Equal(1, (await QueryAsync("emails.value eq \"name@example.com\"")).Total);
    }

    [Fact]
    public async Task Put_TwoHundredRaceForOneName_OneWins()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Store.CommitAsync(Put(Key($"r{number:d3}"), 0, "race")).AsTask()));

        Assert.Single(outcomes.OfType<CommitOutcome.Committed>());
        var holder = Assert.Single((await QueryAsync()).Records).Key.Id;
        Assert.Equal(199, outcomes.OfType<CommitOutcome.Taken>().Count(taken => taken == new CommitOutcome.Taken("userName", holder)));
        Assert.Single(await EventsAsync());
    }

    [Fact]
    public async Task Rename_AndDelete_FreeTheName()
    {
        await CommittedAsync(Put(Key("a"), 0, "old"));
        await CommittedAsync(Put(Key("a"), 1, "new"));
        await CommittedAsync(Put(Key("b"), 0, "old"));
        await CommittedAsync(Delete(Key("b"), 1));
        await CommittedAsync(Put(Key("c"), 0, "old"));

        Assert.Equal("c", Assert.Single((await QueryAsync("userName eq \"old\"")).Records).Key.Id);
        Assert.Equal("c", Assert.Single((await QueryAsync("emails.value eq \"OLD@example.com\"")).Records).Key.Id);
        Assert.Equal("a", Assert.Single((await QueryAsync("userName eq \"new\"")).Records).Key.Id);
    }

    [Fact]
    public async Task Id_OfADeletedRecord_IsNeverUsedAgain()
    {
        await CommittedAsync(Put(Key("a"), 0));
        await CommittedAsync(Delete(Key("a"), 1));

        Assert.Null(await Store.LoadAsync(Key("a"), default));
        foreach (var expected in new[] { 0L, 1L, 2L })
        {
            Assert.IsType<CommitOutcome.Stale>(await Store.CommitAsync(Put(Key("a"), expected)));
        }
    }

    [Fact]
    public async Task Events_AreInOrderWithoutGapsAndSurviveARestart()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => CommittedAsync(number % 3 == 0 ? Fact() : Put(Key($"e{number:d3}"), 0))));
        await CommittedAsync(Put(Key("e001"), 1));
        var before = await EventsAsync();

        await RestartAsync();

        var after = await EventsAsync();
        Assert.Equal(before.Select(Line), after.Select(Line));
        Assert.Equal(Enumerable.Range(1, 101).Select(position => (long)position), after.Select(one => one.Position));
        Assert.Equal([1, 2], (await EventsAsync(resourceId: "e001")).Select(one => one.Data.Version));
        Assert.Equal([51, 52], (await Store.ReadEventsAsync(Tenant, 50, 2, null, default)).Select(one => one.Position));
        await CommittedAsync(Fact());
        Assert.Equal(102, (await EventsAsync())[^1].Position);
    }

    [Fact]
    public async Task Version_OfEveryRecord_IsTheNumberOfItsEvents()
    {
        var writers = Enumerable.Range(0, 8).Select(async writer =>
        {
            var key = Key($"v{writer}");
            for (var version = 0; version < 25; version++)
            {
                await CommittedAsync(Put(key, version, $"v{writer}-{version % 3}"));
            }
        });
        await Task.WhenAll(writers);

        foreach (var record in (await QueryAsync()).Records)
        {
            Assert.Equal(record.Version, (await EventsAsync(resourceId: record.Key.Id)).Count);
        }
    }

    [Fact]
    public async Task Tenants_NeverMeet()
    {
        await CommittedAsync(Put(Key("a", "one"), 0, "name"));
        await CommittedAsync(Put(Key("a", "two"), 0, "name"));
        await CommittedAsync(Put(Key("b", "two"), 0, "more"));

        Assert.Equal(1, (await QueryAsync(tenant: "one")).Total);
        Assert.Equal(2, (await QueryAsync(tenant: "two")).Total);
        Assert.Equal(0, (await QueryAsync("userName eq \"more\"", tenant: "one")).Total);
        Assert.Null(await Store.LoadAsync(Key("b", "one"), default));
        Assert.Equal([1], (await EventsAsync("one")).Select(one => one.Position));
        Assert.Equal([1, 2], (await EventsAsync("two")).Select(one => one.Position));
    }

    [Fact]
    public async Task Probe_OfAnOpenStore_Completes() => await Store.ProbeAsync(default);

    private static string Line(StoredEvent one) =>
        $"{one.Position} {one.CommitId} {one.Data.Type} {one.Data.Time:O} {one.Data.Kind} {one.Data.ResourceId} {one.Data.Version} {one.Data.Origin} "
        + System.Text.Encoding.UTF8.GetString(one.Data.Changes.Span);
}
