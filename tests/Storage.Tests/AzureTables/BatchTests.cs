using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Lanes;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Storage.Tests.AzureTables;

/// <summary>What fits into one transaction, and what must wait for its outcome.</summary>
public sealed class BatchTests
{
    private readonly LaneIndex _index = new();

    public BatchTests() => _index.Apply(1, new IndexChange(RecordKinds.User, LaneDecision.Next(Put("old", 0, "name"), Put("old", 0, "name").Change!, 1), IsDelete: false));

    [Fact]
    public void TryAdd_CommitOnARowOfTheBatch_WaitsForTheNext()
    {
        var batch = new Batch("acme", _index, 100);
        Assert.True(Add(batch, Put("a", 0, "first")));
        Assert.True(Add(batch, Put("old", 1, "renamed")));

        Assert.False(Add(batch, Put("a", 1, "first")));
        Assert.False(Add(batch, Put("b", 0, "first")));
        Assert.False(Add(batch, Put("b", 0, "name")));
        Assert.True(Add(batch, Put("b", 0, "second")));
        Assert.Equal([2, 3, 4], batch.Writes.Select(write => write.Position));
    }

    // "A transaction can include at most 100 entities, and its total payload may be no more than 4 MiB in size."
    [Theory]
    [InlineData(0)]
    [InlineData(150_000)]
    public void TryAdd_ManyCommits_StaysWithinATransaction(int size)
    {
        var batch = new Batch("acme", _index, 1_000);
        var number = 0;
        while (Add(batch, Put($"n{number}", 0, $"n{number}", size)))
        {
            number++;
        }

        Assert.InRange(batch.Actions.Count, 20, 99);
        Assert.InRange(number * size * 4L / 3, 0, 4 * 1024 * 1024);
    }

    [Fact]
    public void TryAdd_RefusedCommits_TakeNoRows()
    {
        var batch = new Batch("acme", _index, 100);
        Assert.True(Add(batch, Put("b", 0, "name")));
        Assert.True(Add(batch, Put("old", 7, "name")));
        Assert.True(Add(batch, Put("nobody", 3, "x")));

        Assert.Equal([LaneReply.Taken("userName", "old"), LaneReply.Stale], batch.Answers.Select(answer => answer.Reply));
        Assert.Single(batch.Questions);
        Assert.Empty(batch.Actions);
    }

    [Fact]
    public void TryAdd_WhoeverJoinsIsComingOrGoing_WaitsForTheNext()
    {
        var batch = new Batch("acme", _index, 100);
        Assert.True(Add(batch, Put("new", 0, "new")));
        Assert.True(Add(batch, Join("g", "old")));

        Assert.False(Add(batch, Join("h", "new")));
        Assert.False(Add(batch, Delete("old", 1)));
        Assert.True(Add(batch, Put("old", 1, "renamed")));
        Assert.True(Add(batch, Join("h", "old")));

        batch = new Batch("acme", _index, 100);
        Assert.True(Add(batch, Delete("old", 1)));
        Assert.False(Add(batch, Join("g", "old")));
    }

    private static LaneCommit Delete(string id, long expected) => Put(id, expected, id) with { Change = new LaneChange(RecordKinds.User, id, expected, IsDelete: true, [], default) };

    private static LaneCommit Join(string group, string user) => Put(group, 0, group) with
    {
        Change = new LaneChange(RecordKinds.Group, group, 0, IsDelete: false, [], default),
        Members = new LaneMembers([user], [], new Payload(MemberIds.Pack(new MemberDelta([user], [])), null)),
    };

    private static bool Add(Batch batch, LaneCommit commit) => batch.TryAdd(new PendingCommit(commit));

    private static LaneCommit Put(string id, long expected, string userName, int size = 0) => new(
        Guid.CreateVersion7(),
        new LaneChange(
            RecordKinds.User, id, expected, IsDelete: false, [new LaneKey("userName", KeyHash.Of("userName", userName, isUnique: true))], new Payload(new byte[size], null)),
        new LaneEvent("user.updated", DateTimeOffset.UnixEpoch, RecordKinds.User, id, expected + 1, new EventOrigin("scim", "token", "correlation"), default));
}
