using Xunit.Abstractions;

namespace OrleansIdentity.Load.Tests;

/// <summary>Storms on a cluster of three silos, one of which is killed in the middle.</summary>
public sealed class StormTests(LoadCluster load, ITestOutputHelper output) : IClassFixture<LoadCluster>
{
    private const int Workers = 32;
    private const int OperationsPerWorker = 1_700;

    [Fact]
    public async Task Storm_WithASiloKilledInTheMiddle_EndsAsTheModelSays()
    {
        var seed = Environment.TickCount;
        Say($"seed {seed}");
        var tenants = Enumerable.Range(0, 25).Select(number => $"tenant-{number:d2}").ToArray();
        var random = new Random(seed);
        var workers = Enumerable.Range(0, Workers).Select(number => new LoadWorker(number, random.Next(), tenants, load.Grains)).ToArray();

        var half = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var done = 0;
        var running = Task.WhenAll(workers.Select(worker => Task.Run(() => worker.RunAsync(OperationsPerWorker, () =>
        {
            var count = Interlocked.Increment(ref done);
            if (count % 5_000 == 0)
            {
                Say($"{count} operations");
            }

            if (count == Workers * OperationsPerWorker / 2)
            {
                half.SetResult();
            }
        }))));

        await Task.WhenAny(half.Task, running);
        Say("killing a silo");
        await load.Cluster.KillSiloAsync(load.Cluster.Silos[^1]);
        await load.Cluster.StartAdditionalSiloAsync();
        await running;

        var answered = workers.Sum(worker => worker.Count.Answered);
        Say($"{answered} commands answered, {workers.Sum(worker => worker.Count.Repeated)} sent again, {workers.Sum(worker => worker.Users.Count)} users");
        Assert.True(answered >= 50_000);
        var byTenant = workers.SelectMany(worker => worker.Users).ToLookup(user => user.Tenant);
        foreach (var tenant in tenants)
        {
            await LoadChecks.TenantAsync(load.Store, tenant, [.. byTenant[tenant]]);
        }
    }

    private void Say(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
