using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.UsedIds;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Grains.Tests.Cluster;

/// <summary>
/// Two silos that do not know of each other over one store: every grain has an activation on each. It is what a cluster can come to for a moment,
/// and here it lasts.
/// </summary>
public sealed class TwoActivationsTests : IAsyncLifetime
{
    private const string Tenant = "twice";

    private readonly List<InProcessTestCluster> _clusters = [];
    private TestStore _store = null!;

    public async Task InitializeAsync()
    {
        _store = await TestStore.OpenAsync();
        for (var number = 0; number < 2; number++)
        {
            var builder = new InProcessTestClusterBuilder(1);
            builder.Options.ConfigureFileLogging = false;
            builder.ConfigureSiloHost((_, host) => host.Logging.SetMinimumLevel(LogLevel.Critical));
            builder.ConfigureSilo((_, silo) =>
            {
                silo.Services.AddSingleton(TimeProvider.System);
                silo.Services.AddSingleton(_store.Store);

                // A lease of no time: what a read is answered with is what the store held after the read began.
                silo.Services.AddSingleton(new RecordLease(TimeSpan.Zero));
                silo.Services.AddIdentityGrains();
            });
            var cluster = builder.Build();
            await cluster.DeployAsync();
            _clusters.Add(cluster);
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var cluster in _clusters)
        {
            await cluster.DisposeAsync();
        }

        await _store.DisposeAsync();
    }

    // A response that was stolen and brought to another node, or to the same one after a restart.
    [Fact]
    public async Task UsedId_OnBothActivationsAtOnce_IsTheFirstUseOnOneOfThem()
    {
        var until = TimeProvider.System.GetUtcNow().AddMinutes(5);
        var uses = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => UsedIds(number % 2).TryUseAsync("saml-assertion", "_a", until)));
        Assert.Single(uses, first => first);
        Assert.True(await UsedIds(0).TryUseAsync("another-purpose", "_a", until));
        Assert.True(await UsedIds(1).TryUseAsync("saml-assertion", "_A", until));
        Assert.True(await _clusters[0].Client.GetGrain<IUsedIdsGrain>("another-tenant").TryUseAsync("saml-assertion", "_a", until));
    }

    // Two who look at one note make one link, and with it one mail.
    [Fact]
    public async Task DueInvitation_MadeOnBothActivationsAtOnce_IsOneLink()
    {
        var id = Guid.CreateVersion7().ToString();
        Assert.Null((await User(0, id).CreateAsync(Create("ann") with { Invitations = new InvitationPolicy(Automatic: true, null) })).Error);
        MakeLink Make(string link) => new(new EventOrigin("system", "test", ""), DateTimeOffset.MaxValue, LinkPurpose.Invitation, link, DateTimeOffset.MaxValue) { Condition = InvitationCondition.Due };
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => User(number % 2, id).MakeLinkAsync(Make($"l{number % 3}"))));
        Assert.Single(await User(1, id).ReadLinksAsync());
        Assert.Single(await _store.Store.ReadEventsAsync(Tenant, 0, 100, id, default), one => one.Data.Type == EventTypes.UserInvited);
    }

    [Fact]
    public async Task Commands_OnBothActivations_LoseNothingAndReadsSeeEveryAcknowledgedWrite()
    {
        var id = Guid.CreateVersion7().ToString();
        Assert.Null((await User(0, id).CreateAsync(Create("ann"))).Error);
        string[] attributes = ["nickName", "displayName", "title", "userType", "locale", "timezone"];

        // Each writer has an attribute of its own and goes from one activation to the other; whichever activation it reads from must know its last write.
        await Task.WhenAll(attributes.Select((attribute, writer) => Task.Run(async () =>
        {
            for (var round = 0; round < 50; round++)
            {
                var value = $"{attribute}-{round}";
                while ((await TryAsync(() => User((writer + round) % 2, id).PatchAsync(Patch(attribute, value)))) is not { Error: null })
                {
                    // The other activation was first, three times in a row.
                }

                var read = await TryAsync(() => User((writer + round + 1) % 2, id).ReadAsync());
                Assert.Equal(value, JsonNode.Parse(read!.Document)![attribute]!.GetValue<string>());
            }
        })));

        var events = await _store.Store.ReadEventsAsync(Tenant, 0, 10_000, id, default);
        Assert.Equal(Enumerable.Range(1, 1 + (attributes.Length * 50)).Select(version => (long)version), events.Select(one => one.Data.Version));
    }

    [Fact]
    public async Task Creates_OfOneNameOnBothNodes_AreOne()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(number =>
            User(number % 2, Guid.CreateVersion7().ToString()).CreateAsync(Create("race"))));
        Assert.Single(replies, reply => reply.Error is null);
        Assert.Equal(39, replies.Count(reply => reply.Error?.ScimType == "uniqueness"));
    }

    private IUsedIdsGrain UsedIds(int node) => _clusters[node].Client.GetGrain<IUsedIdsGrain>(Tenant);

    private IUserGrain User(int node, string id) => _clusters[node].Client.GetGrain<IUserGrain>(GrainKeys.Resource(Tenant, id));

    private static async Task<ResourceReply?> TryAsync(Func<Task<ResourceReply>> call)
    {
        try
        {
            return await call();
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }

    private static CreateResource Create(string userName) => ClusterTests.Create(userName);

    private static PatchResource Patch(string path, JsonNode value) => ClusterTests.Patch(path, value);
}
