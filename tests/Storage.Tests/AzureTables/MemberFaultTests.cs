using System.Net;
using Azure.Data.Tables;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;
using OrleansIdentity.Storage.Tests.Conformance;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Storage.Tests.AzureTables;

/// <summary>What becomes of members when the network or another lane interferes.</summary>
public sealed class MemberFaultTests(AzuriteFixture fixture) : FaultyStoreTests(fixture)
{
    [Fact]
    public async Task Delta_AnswerLost_IsReflectedOnce()
    {
        await using var store = await OpenFaultyAsync();
        await UsersAsync("a", "b");
        Faults.LoseAnswer();
        Assert.Equal(new CommitOutcome.Committed(3), await store.CommitAsync(PutGroup("g", 0, added: ["a", "b"])));
        Faults.LoseAnswer();
        Assert.Equal(new CommitOutcome.Committed(4), await store.CommitAsync(PutGroup("g", 1, removed: ["a"])));

        Assert.Equal(["b"], await store.ReadMembersAsync(Group("g"), null, 10, default));
        Assert.Equal(["b"], await Store.ReadMembersAsync(Group("g"), null, 10, default));
        Assert.Equal(4, (await EventsAsync()).Count);
    }

    [Fact]
    public async Task Delta_AnswerLostAndUndoneMeanwhile_StaysUndone()
    {
        await using var store = await OpenFaultyAsync();
        await UsersAsync("a", "b");
        Faults.LoseAnswer(() => CommittedAsync(PutGroup("g", 1, added: ["b"], removed: ["a"])));
        Assert.Equal(new CommitOutcome.Committed(3), await store.CommitAsync(PutGroup("g", 0, added: ["a"])));

        Assert.Equal(["b"], await store.ReadMembersAsync(Group("g"), null, 10, default));
        Assert.Empty(await store.ReadMembershipsAsync(Tenant, ["a"], default));
    }

    [Fact]
    public async Task Delta_WhileAnotherLaneDeletesWhoeverJoins_IsMissing()
    {
        await using var store = await OpenFaultyAsync();
        await UsersAsync("a", "b");
        Faults.Hold(() => CommittedAsync(Delete(Key("b"), 1)));

        var outcome = await store.CommitAsync(PutGroup("g", 0, added: ["a", "b"]));

        Assert.Equal(["b"], Assert.IsType<CommitOutcome.Missing>(outcome).Ids);
        Assert.Null(await Store.LoadAsync(Group("g"), default));
        Assert.Empty(await Store.ReadMembersAsync(Group("g"), null, 10, default));
    }

    [Fact]
    public async Task DeleteUser_WhileAnotherLaneMakesItAMember_Departs()
    {
        await using var store = await OpenFaultyAsync();
        await UsersAsync("a");
        Faults.Hold(() => CommittedAsync(PutGroup("g", 0, added: ["a"])));

        Assert.IsType<CommitOutcome.Committed>(await store.CommitAsync(Delete(Key("a"), 1)));

        Assert.Empty(await Store.ReadMembersAsync(Group("g"), null, 10, default));
        Assert.Equal([Group("g")], await Store.ListDepartedAsync(10, default));
    }

    [Fact]
    public async Task DeleteUser_DeparturesListedBeforeItIsWritten_AreListedAfterIt()
    {
        await using var store = await OpenFaultyAsync();
        await UsersAsync("a");
        await CommittedAsync(PutGroup("g", 0, added: ["a"]));
        Faults.Hold(async () => Assert.Empty(await Store.ListDepartedAsync(10, default)));

        Assert.IsType<CommitOutcome.Committed>(await store.CommitAsync(Delete(Key("a"), 1)));

        Assert.Equal([Group("g")], await Store.ListDepartedAsync(10, default));
        Assert.Equal(["a"], await Store.ReadDepartedAsync(Group("g"), 10, default));
    }

    [Fact]
    public async Task DeleteUser_NeverWritten_LeavesNoWork()
    {
        await using var store = await OpenFaultyAsync();
        await UsersAsync("a");
        await CommittedAsync(PutGroup("g", 0, added: ["a"]));
        for (var attempt = 0; attempt < Harness.Options.MaxAttempts; attempt++)
        {
            Faults.Refuse(HttpStatusCode.ServiceUnavailable);
        }

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.CommitAsync(Delete(Key("a"), 1)));

        Assert.Equal(1, await MarksAsync());
        Assert.Empty(await Store.ListDepartedAsync(10, default));
        Assert.Equal(["a"], await Store.ReadMembersAsync(Group("g"), null, 10, default));
    }

    [Fact]
    public async Task ListDeparted_WhenAllIsDone_RemovesTheTenantsMarks()
    {
        await UsersAsync("a", "b");
        await CommittedAsync(PutGroup("g", 0, added: ["a", "b"]));
        await CommittedAsync(Delete(Key("a"), 1));
        await CommittedAsync(Delete(Key("b"), 1));
        Assert.Single(await Store.ListDepartedAsync(10, default));
        Assert.Equal(2, await MarksAsync());

        await CommittedAsync(PutGroup("g", 1, removed: ["a", "b"]));
        Assert.Empty(await Store.ListDepartedAsync(10, default));
        Assert.Equal(0, await MarksAsync());
    }

    private async Task UsersAsync(params string[] ids)
    {
        foreach (var id in ids)
        {
            await CommittedAsync(Put(Key(id), 0));
        }
    }

    private async Task<int> MarksAsync()
    {
        var marks = 0;
        var table = new TableClient(Harness.Options.ConnectionString, Harness.Options.TableName);
        await foreach (var row in table.QueryAsync<TableEntity>(row => row.PartitionKey == TableKeys.Departures))
        {
            marks++;
        }

        return marks;
    }
}
