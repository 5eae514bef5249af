using Azure.Storage.Blobs;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Account;
using OrleansIdentity.Storage.Tests.Conformance;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Storage.Tests.AzureTables;

/// <summary>An index that is made again: from its snapshot and the events behind it, or from the rows.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class SnapshotTests : StoreTests
{
    // Behind the format, the position, the kind and the number of its records.
    private const int FirstId = 22;

    private readonly AzureHarness _harness;

    public SnapshotTests(AzuriteFixture fixture)
        : this(new AzureHarness(fixture.Azurite))
    {
    }

    private SnapshotTests(AzureHarness harness)
        : base(harness) => _harness = harness;

    private BlobClient Snapshot => AzureAccount.Connect(_harness.Options).Blobs.GetBlobClient($"index/{Tenant}");

    [Fact]
    public async Task Close_WritesASnapshotThatTheNextStartReads()
    {
        await FillAsync(0, 50);
        await RestartAsync();
        Assert.True(await Snapshot.ExistsAsync());
        await AssertExactAsync(50);
    }

    [Fact]
    public async Task Snapshot_ThatIsOld_IsBroughtUpToDateByEvents()
    {
        await FillAsync(0, 30);
        await RestartAsync();
        var old = (await Snapshot.DownloadContentAsync()).Value.Content;
        await FillAsync(30, 30);
        await CommittedAsync(Delete(Key("f000"), 1));
        await CommittedAsync(Put(Key("f001"), 1, "renamed"));
        await _harness.Azure.DisposeAsync();
        await Snapshot.UploadAsync(old, overwrite: true);

        await _harness.OpenAsync();
        Assert.Equal(59, (await QueryAsync(count: 0)).Total);
        Assert.Equal("f001", Assert.Single((await QueryAsync("userName eq \"renamed\"")).Records).Key.Id);
        Assert.Equal(0, (await QueryAsync("userName eq \"f001\"")).Total);
        await CommittedAsync(Put(Key("f061"), 0, "f000"));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("broken")]
    [InlineData("empty")]
    public async Task Snapshot_ThatIsOfNoUse_IsReplacedByTheRows(string what)
    {
        await FillAsync(0, 40);
        await CommittedAsync(Delete(Key("f005"), 1));
        await CommittedAsync(Put(Key("f006"), 1, "f005"));
        await _harness.Azure.DisposeAsync();
        var content = (await Snapshot.DownloadContentAsync()).Value.Content.ToArray();
        content[FirstId] ^= 1;
        await (what switch
        {
            "missing" => Snapshot.DeleteAsync(),
            "broken" => Snapshot.UploadAsync(new BinaryData(content), overwrite: true),
            _ => (Task)Snapshot.UploadAsync(BinaryData.Empty, overwrite: true),
        });

        await _harness.OpenAsync();
        await AssertExactAsync(39);
        Assert.Equal(new CommitOutcome.Taken("userName", "f006"), await Store.CommitAsync(Put(Key("new"), 0, "f005")));
        Assert.IsType<CommitOutcome.Stale>(await Store.CommitAsync(Put(Key("f005"), 0, "again")));
    }

    [Fact]
    public async Task Snapshot_AfterEnoughCommits_IsWrittenWithoutAClose()
    {
        _harness.Options.SnapshotEvery = 10;
        await FillAsync(0, 25);

        // The upload runs beside the lane.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await Snapshot.ExistsAsync(patience.Token))
        {
            await Store.ProbeAsync(patience.Token);
        }
    }

    private Task FillAsync(int first, int count) =>
        Task.WhenAll(Enumerable.Range(first, count).Select(number => CommittedAsync(Put(Key($"f{number:d3}"), 0))));

    private async Task AssertExactAsync(int expected)
    {
        var page = await QueryAsync();
        Assert.Equal((expected, expected), (page.Total, page.Records.Count));
        Assert.Equal("f010", Assert.Single((await QueryAsync("emails.value eq \"f010@example.com\"")).Records).Key.Id);
    }
}
