using System.Text;
using Orleans.Runtime;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;
using Xunit.Abstractions;

namespace OrleansIdentity.Load.Tests;

/// <summary>
/// Sign-ins, requests and deactivations race across three silos, one of which is killed in the middle: no request that began after
/// a deactivation was answered succeeds.
/// </summary>
public sealed class SessionStormTests(LoadCluster load, ITestOutputHelper output) : IClassFixture<LoadCluster>
{
    private const string Tenant = "storm";
    private const int Users = 24;
    private const int Rounds = 6;

    private static readonly EventOrigin Origin = new("scim", "load", "load");

    [Fact]
    public async Task Deactivation_RacingSignInsAndRequestsWhileASiloIsKilled_LeavesNoWindow()
    {
        var (half, done) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), 0);
        var running = Task.WhenAll(Enumerable.Range(0, Users).Select(number => Task.Run(() => UserAsync(number, () =>
        {
            if (Interlocked.Increment(ref done) == Users * Rounds / 2)
            {
                half.SetResult();
            }
        }))));
        await Task.WhenAny(half.Task, running);
        await load.Cluster.KillSiloAsync(load.Cluster.Silos[^1]);
        var counts = await running;
        output.WriteLine($"{counts.Sum(count => count.LetIn)} requests let in, {counts.Sum(count => count.Refused)} refused after a deactivation was answered");
        Assert.All(counts, count => Assert.True(count.LetIn > 0 && count.Refused >= Rounds));
    }

    private async Task<(int LetIn, int Refused)> UserAsync(int number, Action roundDone)
    {
        var user = load.Grains.GetGrain<IUserGrain>(GrainKeys.Resource(Tenant, Guid.CreateVersion7().ToString()));
        await AnsweredAsync(() => user.CreateAsync(new CreateResource(Origin, Deadline, Encoding.UTF8.GetBytes($$"""{"userName":"storm-{{number}}"}"""))));
        var (letIn, refused) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            // Signs in again and again, and asks with each session there is, until deactivated; then a while longer.
            var over = false;
            var people = Enumerable.Range(0, 3).Select(person => Task.Run(async () =>
            {
                var session = $"{round}-{person}";
                var signedIn = await TryAsync(() => user.StartSessionAsync(new StartSession(
                    Origin, Deadline, session, SignInMethods.Password, ["pwd"], new SignInPlace("192.0.2.1", "Load/1"))));
                for (var after = 0; signedIn is { Refusal: null } && after < 10;)
                {
                    var mustBeOver = Volatile.Read(ref over);
                    var check = await TryAsync(() => user.CheckSessionAsync(session, signedIn.Epoch));
                    Assert.False(mustBeOver && check is { IsLive: true }, "A request that began after the deactivation was answered has succeeded.");
                    after += mustBeOver ? 1 : 0;
                    Interlocked.Add(ref letIn, check is { IsLive: true } ? 1 : 0);
                    Interlocked.Add(ref refused, mustBeOver ? 1 : 0);
                }
            })).ToArray();
            await AnsweredAsync(() => user.StartSessionAsync(new StartSession(
                Origin, Deadline, $"{round}-own", SignInMethods.Password, ["pwd"], new SignInPlace("192.0.2.1", "Load/1"))));
            await ActivateAsync(user, false);
            Volatile.Write(ref over, true);
            var own = await AnsweredAsync(() => user.CheckSessionAsync($"{round}-own", round));
            Assert.False(own.IsLive);
            Interlocked.Increment(ref refused);
            await Task.WhenAll(people);
            await ActivateAsync(user, true);
            roundDone();
        }

        return (letIn, refused);
    }

    private static DateTimeOffset Deadline => TimeProvider.System.GetUtcNow() + LoadCluster.ResponseTimeout;

    private static async Task ActivateAsync(IUserGrain user, bool active)
    {
        var request = Encoding.UTF8.GetBytes(
            $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"active","value":{{(active ? "true" : "false")}}}]}""");
        while ((await AnsweredAsync(() => user.PatchAsync(new PatchResource(Origin, Deadline, null, request)))).Error is not null)
        {
            // Told that the outcome is unknown: asked again.
        }
    }

    private static async Task<T> AnsweredAsync<T>(Func<Task<T>> call)
        where T : class
    {
        while (true)
        {
            if (await TryAsync(call) is { } answer)
            {
                return answer;
            }
        }
    }

    /// <summary>Null when nobody answered: a silo is dying.</summary>
    private static async Task<T?> TryAsync<T>(Func<Task<T>> call)
        where T : class
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException or StoreUnavailableException)
        {
            return null;
        }
    }
}
