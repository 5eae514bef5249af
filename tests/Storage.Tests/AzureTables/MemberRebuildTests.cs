using Azure.Storage.Blobs;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Account;
using OrleansIdentity.Storage.Tests.Conformance;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Storage.Tests.AzureTables;

/// <summary>Members that are made again: from a snapshot, from the events behind it, or from the events alone.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class MemberRebuildTests : StoreTests
{
    private readonly AzureHarness _harness;

    public MemberRebuildTests(AzuriteFixture fixture)
        : this(new AzureHarness(fixture.Azurite))
    {
    }

    private MemberRebuildTests(AzureHarness harness)
        : base(harness) => _harness = harness;

    private BlobContainerClient Container => AzureAccount.Connect(_harness.Options).Blobs;

    private BlobClient Snapshot => Container.GetBlobClient($"index/{Tenant}");

    [Theory]
    [InlineData("new")]
    [InlineData("old")]
    [InlineData("missing")]
    public async Task Start_WithSnapshot_KnowsMembersAndDepartures(string snapshot)
    {
        await UsersAsync("a", "b", "c", "d");
        await CommittedAsync(PutGroup("g", 0, added: ["a", "b", "c"]));
        await CommittedAsync(PutGroup("gone", 0, added: ["a", "d"]));
        await CommittedAsync(Delete(Key("b"), 1));
        await RestartAsync();
        var old = (await Snapshot.DownloadContentAsync()).Value.Content;
        await CommittedAsync(PutGroup("g", 1, added: ["d"], removed: ["a"]));
        await CommittedAsync(PutGroup("h", 0, added: ["a", "d"]));
        await CommittedAsync(Delete(Key("d"), 1));
        await CommittedAsync(Delete(Group("gone"), 1));
        await CommittedAsync(Put(Key("c"), 1, "renamed"));
        await _harness.Azure.DisposeAsync();
        await (snapshot switch
        {
            "old" => Snapshot.UploadAsync(old, overwrite: true),
            "missing" => Snapshot.DeleteAsync(),
            _ => Task.CompletedTask,
        });

        await _harness.OpenAsync();
        Assert.Equal(["c"], await Store.ReadMembersAsync(Group("g"), null, 10, default));
        Assert.Equal(["b", "d"], await Store.ReadDepartedAsync(Group("g"), 10, default));
        Assert.Empty(await Store.ReadMembersAsync(Group("gone"), null, 10, default));
        Assert.Equal([Group("g"), Group("h")], await Store.ListDepartedAsync(10, default));
        Assert.Equal(
            ["a in h", "c in g"], (await Store.ReadMembershipsAsync(Tenant, ["a", "b", "c", "d"], default)).Select(one => $"{one.UserId} in {one.Group.Key.Id}"));
        await CommittedAsync(PutGroup("g", 2, added: ["a"], removed: ["b", "d"]));
        Assert.Equal(["a", "c"], await Store.ReadMembersAsync(Group("g"), null, 10, default));
        Assert.Equal([Group("h")], await Store.ListDepartedAsync(10, default));
    }

    [Fact]
    public async Task Delta_OfAnySize_IsOneTransactionAndSurvives()
    {
        var faults = new Faults();
        string[] ids = [.. Enumerable.Range(0, 20_000).Select(_ => Guid.CreateVersion7().ToString("d")).Order(StringComparer.Ordinal)];
        await using (var store = await _harness.OpenAnotherAsync(handler: faults))
        {
            await Task.WhenAll(ids.Select(id => store.CommitAsync(Put(Key(id), 0)).AsTask()));
            foreach (var (version, delta) in new[] { (0, ids[..1_000]), (1, ids[1_000..]) })
            {
                var before = faults.Transactions;
                Assert.IsType<CommitOutcome.Committed>(await store.CommitAsync(PutGroup("g", version, added: delta)));
                Assert.Equal(before + 1, faults.Transactions);
            }

            // The one that exceeds a row lies in a blob that its event's row points to.
            Assert.Single(Container.GetBlobs(Azure.Storage.Blobs.Models.BlobTraits.None, Azure.Storage.Blobs.Models.BlobStates.None, $"members/{Tenant}/", default));
            Assert.Equal(ids, await store.ReadMembersAsync(Group("g"), null, int.MaxValue, default));
        }

        await Snapshot.DeleteAsync();
        Assert.Equal(ids, await Store.ReadMembersAsync(Group("g"), null, int.MaxValue, default));
    }

    private async Task UsersAsync(params string[] ids)
    {
        foreach (var id in ids)
        {
            await CommittedAsync(Put(Key(id), 0));
        }
    }
}
