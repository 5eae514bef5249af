using System.Text;
using System.Text.Json.Nodes;
using Orleans.Runtime;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Groups;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;
using Xunit.Abstractions;

namespace OrleansIdentity.Load.Tests;

/// <summary>Fifty change one group at once, and the silo that its grain is on is killed in the middle.</summary>
public sealed class GroupStormTests(LoadCluster load, ITestOutputHelper output) : IClassFixture<LoadCluster>
{
    private const string Tenant = "group-storm";
    private const int Writers = 50;
    private const int UsersEach = 4;
    private const int PatchesEach = 30;

    private readonly string _group = Guid.CreateVersion7().ToString();

    [Fact]
    public async Task Patch_FiftyInParallelWithItsSiloKilled_LosesNoAcknowledgedMember()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await CreateAsync(Group(), """{"displayName":"storm"}""");
        var writers = new List<GroupWriter>();
        for (var number = 0; number < Writers; number++)
        {
            var users = Enumerable.Range(0, UsersEach).Select(_ => Guid.CreateVersion7().ToString()).ToArray();
            await Task.WhenAll(users.Select(user => CreateAsync(User(user), $$"""{"userName":"{{user}}"}""")));
            writers.Add(new GroupWriter(number, random.Next(), users, Group));
        }

        var half = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var done = 0;
        var running = Task.WhenAll(writers.Select(writer => Task.Run(() => writer.RunAsync(PatchesEach, () =>
        {
            if (Interlocked.Increment(ref done) == Writers * PatchesEach / 2)
            {
                half.SetResult();
            }
        }))));
        await Task.WhenAny(half.Task, running);
        await KillItsSiloAsync();
        await running;

        output.WriteLine($"{writers.Sum(writer => writer.Count.Answered)} changes acknowledged, {writers.Sum(writer => writer.Count.Repeated)} sent again");
        Assert.True(writers.Sum(writer => writer.Count.Repeated) > 0, "Nobody noticed the loss of the silo: it did not hold the group.");
        await CheckMembersAsync(writers);
        await CheckEventsAsync(writers);
    }

    private async Task KillItsSiloAsync()
    {
        var grain = (GrainReference)(object)Group();
        var host = await load.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain);
        await load.Cluster.KillSiloAsync(load.Cluster.Silos.Single(silo => silo.SiloAddress.Equals(host)));
        await load.Cluster.StartAdditionalSiloAsync();
    }

    // Group, store and users say the same: exactly the fold of what was acknowledged.
    private async Task CheckMembersAsync(List<GroupWriter> writers)
    {
        var expected = writers.SelectMany(writer => writer.Members).ToHashSet(StringComparer.Ordinal);
        var key = new RecordKey(Tenant, RecordKinds.Group, _group);
        Assert.Equal(expected.Order(StringComparer.Ordinal), await load.Store.ReadMembersAsync(key, null, int.MaxValue, default));
        foreach (var user in writers.SelectMany(writer => writer.Changes.Keys))
        {
            var groups = (await User(user).ReadAsync()).Groups.Select(group => group.Id);
            Assert.Equal(expected.Contains(user) ? [_group] : [], groups);
        }
    }

    // Each acknowledged change of a member is in the log exactly once, however often it was sent, and in the order in which the members changed.
    private async Task CheckEventsAsync(List<GroupWriter> writers)
    {
        var events = await load.Store.ReadEventsAsync(Tenant, 0, int.MaxValue, _group, default);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(version => (long)version), events.Select(one => one.Data.Version));
        Assert.Equal((await Group().ReadAsync()).Version, events.Count);

        var changes = writers.SelectMany(writer => writer.Changes.Keys).ToDictionary(user => user, _ => new List<bool>(), StringComparer.Ordinal);
        foreach (var change in events.SelectMany(one => JsonNode.Parse(one.Data.Changes.Span)!.AsArray()).Where(change => change!["path"]!.GetValue<string>() == "members"))
        {
            foreach (var (side, joined) in new[] { ("before", false), ("after", true) })
            {
                foreach (var user in change![side]?.AsArray() ?? [])
                {
                    changes[user!.GetValue<string>()].Add(joined);
                }
            }
        }

        foreach (var (user, count) in writers.SelectMany(writer => writer.Changes))
        {
            Assert.Equal(Enumerable.Range(0, count).Select(index => index % 2 == 0), changes[user]);
        }
    }

    private static async Task CreateAsync(IResourceGrain grain, string attributes)
    {
        var origin = new EventOrigin("scim", "storm", "group-storm");
        var reply = await grain.CreateAsync(new CreateResource(origin, TimeProvider.System.GetUtcNow() + LoadCluster.ResponseTimeout, Encoding.UTF8.GetBytes(attributes)));
        Assert.Null(reply.Error);
    }

    private IGroupGrain Group() => load.Grains.GetGrain<IGroupGrain>(GrainKeys.Resource(Tenant, _group));

    private IUserGrain User(string id) => load.Grains.GetGrain<IUserGrain>(GrainKeys.Resource(Tenant, id));
}
