using OrleansIdentity.Grains.Contracts.UsedIds;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Tests.Cluster;

public sealed class UsedIdsGrainTests(GrainCluster cluster) : ClusterTests(cluster)
{
    [Fact]
    public async Task TryUse_OfOneId_SucceedsOnceAtEachTenant()
    {
        var (one, other) = (Grain(), Grain());
        var until = TimeProvider.System.GetUtcNow().AddMinutes(5);
        Assert.Single(await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => one.TryUseAsync("revocation", "id", until))), used => used);
        Assert.False(await one.TryUseAsync("revocation", "id", until));
        Assert.True(await one.TryUseAsync("assertion", "id", until));
        Assert.True(await other.TryUseAsync("revocation", "id", until));
    }

    // What nobody believes any more is forgotten by later uses, so that the store does not grow with them; used is used all the same.
    [Fact]
    public async Task TryUse_LongAfter_HasForgottenAndStillRefuses()
    {
        var grain = Grain();
        var past = TimeProvider.System.GetUtcNow().AddMinutes(-5);
        Assert.True(await grain.TryUseAsync("revocation", "old", past));
        var left = await Cluster.Behind.QueryAsync(new RecordQuery(RecordKey.SystemTenant, RecordKinds.UsedId, null, null, 0, 1_000), CancellationToken.None);
        Assert.DoesNotContain(left.Records, record => string.CompareOrdinal(record.Key.Id, past.AddMinutes(1).UtcTicks.ToString("x16")) < 0);
        Assert.False(await grain.TryUseAsync("revocation", "old", past));
    }

    private IUsedIdsGrain Grain() => Cluster.Grains.GetGrain<IUsedIdsGrain>(Cluster.NewTenant());
}
