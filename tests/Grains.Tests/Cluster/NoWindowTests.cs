using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.TestingHost;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Grains.Tests.Cluster;

/// <summary>
/// rules.md, rule 10: "after the deactivating call has been answered, no request with an old session succeeds, on any node". Two silos that do not know
/// of each other over one store: every user has two activations, each of which answers from memory as long as its lease allows, and they last.
/// </summary>
public sealed class NoWindowTests : IAsyncLifetime
{
    private const string Tenant = "window";
    private const int Rounds = 12;

    private static readonly EventOrigin Origin = new("scim", "token", "correlation");

    // Short, so that many rounds fit; long against what a commit takes, so that without the wait a stale activation is caught.
    private static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(300);

    private readonly List<InProcessTestCluster> _clusters = [];
    private TestStore _store = null!;

    public async Task InitializeAsync()
    {
        _store = await TestStore.OpenAsync();
        for (var number = 0; number < 2; number++)
        {
            _clusters.Add(await DeployAsync());
        }
    }

    private async Task<InProcessTestCluster> DeployAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSiloHost((_, host) => host.Logging.SetMinimumLevel(LogLevel.Critical));
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.AddSingleton(_store.Store);
            silo.Services.AddSingleton(new RecordLease(Lease));
            silo.Services.AddIdentityGrains();
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    public async Task DisposeAsync()
    {
        foreach (var cluster in _clusters)
        {
            await cluster.DisposeAsync();
        }

        await _store.DisposeAsync();
    }

    public static TheoryData<string> Endings => ["deactivate", "delete", "role", "password", "everywhere", "one"];

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task CheckSession_OnTheOtherActivation_IsOverOnceTheEndIsAnswered(string ending)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var id = Guid.CreateVersion7().ToString();
            Assert.Null((await User(0, id).CreateAsync(ClusterTests.Create($"{ending}-{round}"))).Error);
            var session = await User(round % 2, id).StartSessionAsync(Start());
            var answered = false;

            // Each request notes, before it begins, whether the end was answered: only then it must not succeed.
            var requests = Enumerable.Range(0, 4).Select(number => Task.Run(async () =>
            {
                for (var after = 0; after < 20;)
                {
                    var mustBeOver = Volatile.Read(ref answered);
                    var isLive = await IsLiveAsync(number % 2, id, session);
                    Assert.False(mustBeOver && isLive, "A request that began after the end was answered has succeeded.");
                    after += mustBeOver ? 1 : 0;
                }
            })).ToArray();

            // Both activations have the session in memory. One that knew the user from before the sign-in may take a lease to hear of it.
            while (!await IsLiveAsync(0, id, session) || !await IsLiveAsync(1, id, session))
            {
                await Task.Yield();
            }

            await EndAsync(User((round + 1) % 2, id), ending);
            Volatile.Write(ref answered, true);
            await Task.WhenAll(requests);
        }
    }

    // The silo that committed is gone before it could answer; whoever is asked again finds it done, and knows of nobody's memory.
    [Theory]
    [MemberData(nameof(Endings))]
    public async Task End_FoundDoneByAnotherActivation_IsAnsweredAfterTheLeaseAllTheSame(string ending)
    {
        await using var third = await DeployAsync();
        for (var round = 0; round < 4; round++)
        {
            var id = Guid.CreateVersion7().ToString();
            Assert.Null((await User(0, id).CreateAsync(ClusterTests.Create($"{ending}-again-{round}"))).Error);
            var session = await User(0, id).StartSessionAsync(Start());
            Assert.True((await User(1, id).CheckSessionAsync("s", session.Epoch)).IsLive);

            var first = EndAsync(User(0, id), ending);
            while ((await _store.Store.ReadEventsAsync(Tenant, 0, 10_000, id, default)).Count < 3)
            {
                await Task.Yield();
            }

            // The first call is not answered yet; the same is asked of a node that has just begun to look.
            await EndAsync(third.Client.GetGrain<IUserGrain>(GrainKeys.Resource(Tenant, id)), ending);
            Assert.False(await IsLiveAsync(1, id, session));
            await first;
        }
    }

    private async Task<bool> IsLiveAsync(int node, string id, SessionReply session)
    {
        try
        {
            return (await User(node, id).CheckSessionAsync("s", session.Epoch)).IsLive;
        }
        catch (OrleansMessageRejectionException)
        {
            // The activation of a user who was deleted is on its way out: nobody is let in.
            return false;
        }
    }

    private static Task EndAsync(IUserGrain user, string ending) => ending switch
    {
        "deactivate" => user.PatchAsync(ClusterTests.Patch("active", false)),
        "delete" => user.DeleteAsync(new DeleteResource(Origin, DateTimeOffset.MaxValue, null)),
        "role" => user.SetRoleAsync(new SetRole(Origin, DateTimeOffset.MaxValue, Roles.Hr)),
        "password" => user.SetPasswordAsync(new SetPassword(Origin, DateTimeOffset.MaxValue, "hash")),
        "everywhere" => user.EndAllSessionsAsync(new EndAllSessions(Origin, DateTimeOffset.MaxValue)),
        _ => user.EndSessionAsync(new EndSession(Origin, DateTimeOffset.MaxValue, "s")),
    };

    private static StartSession Start() =>
        new(Origin, DateTimeOffset.MaxValue, "s", SignInMethods.Password, ["pwd"], new SignInPlace("192.0.2.1", "Browser/1"));

    private IUserGrain User(int node, string id) => _clusters[node].Client.GetGrain<IUserGrain>(GrainKeys.Resource(Tenant, id));
}
