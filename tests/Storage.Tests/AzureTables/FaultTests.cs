using System.Net;
using Azure.Data.Tables;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Silo.Storage.AzureTables;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;
using OrleansIdentity.Storage.Tests.Conformance;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Storage.Tests.AzureTables;

/// <summary>What becomes of commits when the network, the service or another lane interferes.</summary>
public sealed class FaultTests(AzuriteFixture fixture) : FaultyStoreTests(fixture)
{
    [Fact]
    public async Task Commit_AnswerLost_IsCommittedOnceAndKnown()
    {
        await using var store = await OpenFaultyAsync();
        Faults.LoseAnswer();
        Assert.Equal(new CommitOutcome.Committed(1), await store.CommitAsync(Put(Key("a"), 0)));
        Faults.LoseAnswer();
        Assert.Equal(new CommitOutcome.Committed(2), await store.CommitAsync(Fact()));
        Assert.Equal(new CommitOutcome.Committed(3), await store.CommitAsync(Delete(Key("a"), 1)));
        Assert.Equal([1, 2, 3], (await EventsAsync()).Select(one => one.Position));
    }

    [Fact]
    public async Task Commit_AnswerLostAndOthersWroteMeanwhile_IsCommittedAtItsPlace()
    {
        await using var store = await OpenFaultyAsync();
        Faults.LoseAnswer(async () =>
        {
            await CommittedAsync(Put(Key("a"), 1));
            await CommittedAsync(Put(Key("b"), 0));
        });
        Assert.Equal(new CommitOutcome.Committed(1), await store.CommitAsync(Put(Key("a"), 0)));
        Assert.Equal(new CommitOutcome.Committed(4), await store.CommitAsync(Put(Key("a"), 2)));
        Assert.Equal(4, (await EventsAsync()).Count);
    }

    [Fact]
    public async Task Commit_WhileAnotherLaneTakesItsPlace_IsDecidedAnew()
    {
        await using var store = await OpenFaultyAsync();
        await store.CommitAsync(Put(Key("a"), 0));

        Faults.Hold(() => CommittedAsync(Put(Key("b"), 0, "wanted")));
        var commits = await Task.WhenAll(store.CommitAsync(Put(Key("c"), 0, "wanted")).AsTask(), store.CommitAsync(Put(Key("d"), 0)).AsTask());
        Assert.Contains(new CommitOutcome.Taken("userName", "b"), commits);
        Assert.Contains(new CommitOutcome.Committed(3), commits);

        Faults.Hold(() => CommittedAsync(Put(Key("a"), 1)));
        Assert.IsType<CommitOutcome.Stale>(await store.CommitAsync(Put(Key("a"), 1)));
        Assert.Equal([1, 2, 3, 4], (await EventsAsync()).Select(one => one.Position));
    }

    [Fact]
    public async Task Read_WhileATransactionIsUnderWay_SeesCommittedStateAlone()
    {
        await using var store = await OpenFaultyAsync();
        await store.CommitAsync(Put(Key("a"), 0));
        var sent = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        Faults.Hold(() =>
        {
            sent.SetResult();
            return released.Task;
        });

        var commit = store.CommitAsync(Put(Key("b"), 0)).AsTask();
        await sent.Task;
        Assert.Equal(1, (await store.QueryAsync(new RecordQuery(Tenant, RecordKinds.User, null, null, 0, 10), default)).Total);
        Assert.Empty((await store.QueryAsync(new RecordQuery(Tenant, RecordKinds.User, Parse("userName eq \"b\""), null, 0, 10), default)).Records);

        released.SetResult();
        Assert.Equal(new CommitOutcome.Committed(2), await commit);
        Assert.Equal(2, (await store.QueryAsync(new RecordQuery(Tenant, RecordKinds.User, null, null, 0, 10), default)).Total);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, 3, 3)]
    [InlineData(HttpStatusCode.InternalServerError, 2, 2)]
    [InlineData(HttpStatusCode.TooManyRequests, 3_600, 10)]
    public async Task Commit_Throttled_WaitsAsLongAsAskedWithinBounds(HttpStatusCode status, int asked, int expected)
    {
        await using var store = await OpenFaultyAsync();
        Faults.Refuse(status, asked);
        Faults.Refuse(status);
        Assert.Equal(new CommitOutcome.Committed(1), await store.CommitAsync(Put(Key("a"), 0)));
        Assert.Equal([TimeSpan.FromSeconds(expected), TimeSpan.FromMilliseconds(100)], Time.Waits);
        Assert.Equal(3, Faults.Transactions);
    }

    [Fact]
    public async Task Commit_NeverAnswered_IsUnknownAndTheLaneGoesOn()
    {
        await using var store = await OpenFaultyAsync();
        for (var attempt = 0; attempt < Harness.Options.MaxAttempts; attempt++)
        {
            Faults.Refuse(HttpStatusCode.ServiceUnavailable);
        }

        var commit = Put(Key("a"), 0);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.CommitAsync(commit));
        Assert.Equal(new CommitOutcome.Committed(1), await store.CommitAsync(commit));
    }

    [Fact]
    public async Task Batch_WithOneCommitThatTheServiceRefuses_FailsThatOneAlone()
    {
        // Whatever is sent first holds the lane, so that the rest makes one batch.
        await using var store = await OpenFaultyAsync();
        var released = new TaskCompletionSource();
        Faults.Hold(() => released.Task);
        var first = store.CommitAsync(Put(Key("first"), 0)).AsTask();
        var healthy = Enumerable.Range(0, 5).Select(number => store.CommitAsync(Put(Key($"h{number}"), 0)).AsTask()).ToArray();
        var commit = Put(Key("poison"), 0);
        var poisoned = store.CommitAsync(commit with { Event = commit.Event with { Type = new string('t', 70_000) } }).AsTask();
        released.SetResult();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => poisoned);
        Assert.All(await Task.WhenAll([first, .. healthy]), outcome => Assert.IsType<CommitOutcome.Committed>(outcome));
        Assert.Equal(6, (await EventsAsync()).Count);
    }

    [Fact]
    public async Task Key_ReservedByARowTheIndexDoesNotKnow_FailsItsCommitAlone()
    {
        var rogue = TableKeys.UniqueKey(RecordKinds.User, KeyHash.Of("userName", CaseFolding.Fold("rogue"), isUnique: true));
        await new TableClient(Harness.Options.ConnectionString, Harness.Options.TableName).AddEntityAsync(new TableEntity(Tenant, rogue) { ["Id"] = "x" });

        var commits = Enumerable.Range(0, 5).Select(number => Store.CommitAsync(Put(Key($"h{number}"), 0)).AsTask()).ToArray();
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Store.CommitAsync(Put(Key("r"), 0, "rogue")));
        Assert.All(await Task.WhenAll(commits), outcome => Assert.IsType<CommitOutcome.Committed>(outcome));
    }
}
