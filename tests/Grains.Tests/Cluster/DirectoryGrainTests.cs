using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Tests.Cluster;

public sealed class DirectoryGrainTests(GrainCluster cluster) : ClusterTests(cluster)
{
    private IDirectoryGrain Grain => Cluster.Grains.GetGrain<IDirectoryGrain>(Tenant);

    [Fact]
    public async Task ListUsers_DeletedBehindTheWalk_SkipsNobodyAndEndsWhenAllAreSeen()
    {
        var ids = await CreateAsync(25);
        var seen = new List<string>();
        for (var startIndex = 1; ; startIndex += 10)
        {
            var page = await ListAsync(startIndex, 10);
            seen.AddRange(page.Resources.Select(resource => resource.Id));
            if (startIndex + page.Resources.Length > page.Total)
            {
                break;
            }

            // Somebody deletes most of those that were seen: the exact total is now less than where the walk is.
            foreach (var id in seen.TakeLast(8))
            {
                Assert.Null((await User(id).DeleteAsync(new DeleteResource(Origin, Deadline, null))).Error);
            }
        }

        Assert.Equal(ids, seen);
    }

    [Fact]
    public async Task ListUsers_AnotherTokenOrCount_GetsPlainOffsets()
    {
        var ids = await CreateAsync(6);
        await ListAsync(1, 2);
        await User(ids[0]).DeleteAsync(new DeleteResource(Origin, Deadline, null));

        Assert.Equal(ids[2..4], Ids(await ListAsync(3, 2)));
        Assert.Equal(ids[3..5], Ids(await ListAsync(3, 2, caller: "other")));
        Assert.Equal(ids[3..6], Ids(await ListAsync(3, 3)));
        Assert.Equal(5, (await ListAsync(3, 2, caller: "other")).Total);
    }

    [Fact]
    public async Task ListUsers_CreatedDuringTheWalk_ComesAtItsEnd()
    {
        var ids = await CreateAsync(4);
        var first = Ids(await ListAsync(1, 3));
        var added = await CreatedAsync("late");
        var second = Ids(await ListAsync(4, 3));

        Assert.Equal([.. ids, added], first.Concat(second));
    }

    [Fact]
    public async Task ListUsers_ASlowQueryUnderWay_DelaysNoOther()
    {
        await CreateAsync(3);
        var gate = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        Store.BeforeRead = () =>
        {
            Store.BeforeRead = () => Task.CompletedTask;
            reached.SetResult();
            return gate.Task;
        };

        var slow = ListAsync(1, 10, filter: "nickName sw \"x\"");
        await reached.Task;
        Assert.Equal(3, (await ListAsync(1, 10)).Total);
        Assert.False(slow.IsCompleted);

        gate.SetResult();
        Assert.Equal(0, (await slow).Total);
    }

    [Fact]
    public async Task ListUsers_FilterThatCannotBeRead_IsRefused() =>
        Assert.Equal("invalidFilter", (await ListAsync(1, 10, filter: "noSuchThing eq 1")).Error!.ScimType);

    [Fact]
    public async Task ListUsers_ActivatesNoUser()
    {
        await CreateAsync(5);
        var before = await Cluster.ActivationsAsync("user");
        await Cluster.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        Assert.True(await Cluster.ActivationsAsync("user") < before);

        var inMemory = await Cluster.ActivationsAsync("user");
        Assert.Equal(5, (await ListAsync(1, 10, filter: "active eq true")).Resources.Length);
        Assert.Equal(inMemory, await Cluster.ActivationsAsync("user"));
    }

    [Fact]
    public async Task ListTenants_OfATenantsOwnDirectory_IsRefused() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Grain.ListTenantsAsync(null, 10, default));

    [Fact]
    public async Task RecordFact_IsAnEventOfTheTenantAndOfNoRecord()
    {
        await Grain.RecordFactAsync(EventTypes.OperatorCalled, "GET /somewhere", Origin);
        var fact = Assert.Single(await Grain.ReadEventsAsync(0, 10, null, default));
        Assert.Equal((1, "GET /somewhere", 0), (fact.Position, fact.ResourceId, fact.Version));
    }

    private Task<ListReply> ListAsync(int startIndex, int count, string? filter = null, string caller = "token") =>
        Grain.ListUsersAsync(new ListRequest(filter, startIndex, count, caller), default);

    private async Task<string[]> CreateAsync(int count)
    {
        var ids = new List<string>();
        for (var number = 0; number < count; number++)
        {
            ids.Add(await CreatedAsync($"user-{number}"));
        }

        return [.. ids.Order(StringComparer.Ordinal)];
    }

    private static string[] Ids(ListReply reply) => [.. reply.Resources.Select(resource => resource.Id)];
}
