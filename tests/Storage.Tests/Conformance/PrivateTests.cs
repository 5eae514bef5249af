using System.Text;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Storage.Tests.Conformance;

/// <summary>What belongs to a record and no representation shows, and what must hold after a commit.</summary>
public abstract class PrivateTests(StoreHarness harness) : StoreTests(harness)
{
    private static readonly IndexKey Owner = new("account.owner", "active", Unique: false);

    [Fact]
    public async Task Put_WithPrivate_IsReadBackAndGoesWithTheNextPut()
    {
        await CommittedAsync(WithPrivate(Put(Key("a"), 0), "{\"epoch\":1}"));
        await RestartAsync();
        Assert.Equal("{\"epoch\":1}", Text((await Store.LoadAsync(Key("a"), default))!.Private));
        Assert.Equal("{\"epoch\":1}", Text(Assert.Single((await QueryAsync()).Records).Private));
        Assert.Equal("{\"epoch\":1}", Text(Assert.Single((await QueryAsync("userName eq \"a\"")).Records).Private));

        await CommittedAsync(Put(Key("a"), 1));
        Assert.True((await Store.LoadAsync(Key("a"), default))!.Private.IsEmpty);
    }

    [Fact]
    public async Task Put_WithTheMostPrivate_IsReadBack()
    {
        var text = $"\"{new string('x', PutRecord.MaxPrivateBytes - 2)}\"";
        await CommittedAsync(WithPrivate(Put(Key("a"), 0), text));
        Assert.Equal(text, Text((await Store.LoadAsync(Key("a"), default))!.Private));
    }

    [Fact]
    public async Task Query_ByWhatIsPrivate_FindsNothing()
    {
        await CommittedAsync(WithPrivate(Put(Key("a"), 0), "{\"displayName\":\"hidden\"}"));
        Assert.Equal(0, (await QueryAsync("displayName eq \"hidden\"")).Total);
    }

    [Fact]
    public async Task Guard_TheLastHolderGivesItUp_IsRefusedAndLeavesNothing()
    {
        await CommittedAsync(Holding(Put(Key("a"), 0)));
        await CommittedAsync(Put(Key("b"), 0));

        Assert.IsType<CommitOutcome.Refused>(await Store.CommitAsync(Guarded(Put(Key("a"), 1))));
        Assert.IsType<CommitOutcome.Refused>(await Store.CommitAsync(Guarded(Delete(Key("a"), 1))));

        Assert.Equal(1, await VersionAsync(Key("a")));
        Assert.Equal(2, (await EventsAsync()).Count);
    }

    [Fact]
    public async Task Guard_AnotherHolderOfTheSameTenant_LetsItGo()
    {
        await CommittedAsync(Holding(Put(Key("a"), 0)));
        await CommittedAsync(Holding(Put(Key("elsewhere", "globex"), 0)));
        Assert.IsType<CommitOutcome.Refused>(await Store.CommitAsync(Guarded(Put(Key("a"), 1))));

        await CommittedAsync(Holding(Put(Key("b"), 0)));
        await CommittedAsync(Guarded(Put(Key("a"), 1)));
        Assert.IsType<CommitOutcome.Refused>(await Store.CommitAsync(Guarded(Delete(Key("b"), 1))));
    }

    [Fact]
    public async Task Guard_AllHoldersGiveItUpAtOnce_OneKeepsIt()
    {
        var keys = Enumerable.Range(0, 20).Select(number => Key($"o{number:d2}")).ToArray();
        foreach (var key in keys)
        {
            await CommittedAsync(Holding(Put(key, 0)));
        }

        var outcomes = await Task.WhenAll(keys.Select(key => Store.CommitAsync(Guarded(Put(key, 1))).AsTask()));

        Assert.Equal(19, outcomes.OfType<CommitOutcome.Committed>().Count());
        Assert.Single(outcomes.OfType<CommitOutcome.Refused>());
    }

    private static Commit WithPrivate(Commit commit, string text) =>
        commit with { Change = ((PutRecord)commit.Change!) with { Private = Encoding.UTF8.GetBytes(text) } };

    private static Commit Holding(Commit commit) =>
        commit with { Change = ((PutRecord)commit.Change!) with { Keys = [.. ((PutRecord)commit.Change!).Keys, Owner] } };

    private static Commit Guarded(Commit commit) => commit with { Guard = new KeyGuard(Owner) };

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
