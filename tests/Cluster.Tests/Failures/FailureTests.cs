using System.Diagnostics;
using System.Globalization;
using OrleansIdentity.Cluster.Tests.Traffic;
using OrleansIdentity.Tests.Shared;
using Xunit.Abstractions;

namespace OrleansIdentity.Cluster.Tests.Failures;

/// <summary>Each failure once, on real processes, while mixed SCIM traffic runs: what was acknowledged is there, once, and in order.</summary>
public sealed class FailureTests(Topology.Cluster fixture, ITestOutputHelper output) : IClassFixture<Topology.Cluster>
{
    // How many writes are acknowledged before and after the failure; more by the environment variable, for a longer run.
    private static readonly int Writes = int.Parse(Environment.GetEnvironmentVariable("CLUSTER_TEST_WRITES") ?? "300", CultureInfo.InvariantCulture);

    private readonly ClusterScript _cluster = fixture.Script;

    [Fact]
    public Task Silo_Killed_LosesNothing() => DuringAsync(async () =>
    {
        await _cluster.RunAsync("kill", "silo1");
        await _cluster.RunAsync("start", "silo1");
    });

    [Fact]
    public Task Silo_FrozenForThirtySeconds_LosesNothingAndAppliesNothingLate() => DuringAsync(async () =>
    {
        await _cluster.RunAsync("freeze", "silo2");
        await ForAsync(TimeSpan.FromSeconds(30));
        await _cluster.RunAsync("thaw", "silo2");

        // It was declared dead and ends itself when it finds out.
        await _cluster.RunAsync("stop", "silo2");
        await _cluster.RunAsync("start", "silo2");
    });

    [Fact]
    public Task Api_Killed_LosesNothing() => DuringAsync(async () =>
    {
        await _cluster.RunAsync("kill", "api1");
        await _cluster.RunAsync("start", "api1");
    });

    [Fact]
    public Task Redis_Restarted_IsNotNoticed() => DuringAsync(async () =>
    {
        await _cluster.RunAsync("stop", "redis");
        await _cluster.RunAsync("start", "redis");
    });

    [Fact]
    public Task Azurite_StoppedAndStarted_LosesNothing() => DuringAsync(async () =>
    {
        // SIGTERM: killed, the emulator would lose what it had acknowledged.
        await _cluster.RunAsync("stop", "azurite");
        await _cluster.RunAsync("start", "azurite");
    });

    [Fact]
    public Task Rolling_RestartOfAllNodes_LosesNothing() => DuringAsync(async () =>
    {
        foreach (var node in new[] { "silo1", "silo2", "api1", "api2" })
        {
            await _cluster.RunAsync("stop", node);
            await _cluster.RunAsync("start", node);
        }
    });

    [Fact]
    public async Task Silo_ShortOfProcessorTime_IsNotEvicted()
    {
        var before = await Task.WhenAll(_cluster.ProcessAsync("silo1"), _cluster.ProcessAsync("silo2"));
        await DuringAsync(async () =>
        {
            using var hogs = new ProcessorHogs(4 * Environment.ProcessorCount);
            await ForAsync(TimeSpan.FromSeconds(20));
        });

        // A silo that was declared dead ends its process when it finds out.
        Assert.Equal(before, await Task.WhenAll(_cluster.ProcessAsync("silo1"), _cluster.ProcessAsync("silo2")));
        await _cluster.RunAsync("status");
        Assert.DoesNotContain("told I am dead", _cluster.Logs(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Api_ToldToStop_SaysNotReadyAndGoesOnBeforeItEnds()
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", _cluster.Demo["scimToken"]!.GetValue<string>());
        var api = _cluster.Apis[0];
        var stopping = _cluster.RunAsync("stop", "api1");
        while ((await client.GetAsync(new Uri(api, "/health/ready"))).IsSuccessStatusCode)
        {
            // Not told yet, or not looked at yet.
        }

        Assert.Equal(200, (int)(await client.GetAsync(new Uri(api, "/health/live"))).StatusCode);
        Assert.Equal(200, (int)(await client.GetAsync(new Uri(api, "/t/acme/scim/v2/Users?count=1"))).StatusCode);
        await stopping;
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri(api, "/health/live")));
        await _cluster.RunAsync("start", "api1");
    }

    [Fact]
    public async Task Status_OfAHealthyCluster_SaysSoForEachApi()
    {
        var status = await _cluster.RunAsync("status");
        Assert.Contains("api1     SCIM round trip: ok", status, StringComparison.Ordinal);
        Assert.Contains("api2     SCIM round trip: ok", status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_WithAnApiDown_FailsAndNamesIt()
    {
        await _cluster.RunAsync("kill", "api2");
        var (exitCode, status) = await _cluster.TryAsync("status");
        await _cluster.RunAsync("start", "api2");

        Assert.Equal(1, exitCode);
        Assert.Contains("api2     SCIM round trip: FAILED", status, StringComparison.Ordinal);
        Assert.Contains("api1     SCIM round trip: ok", status, StringComparison.Ordinal);
    }

    private async Task DuringAsync(Func<Task> fail)
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        using var traffic = new TrafficRun(_cluster, seed);
        await traffic.MoreAsync(Writes);
        var failedAt = Stopwatch.GetTimestamp();
        await fail();
        await traffic.MoreAsync(Writes);
        var line = await traffic.EndAsync(failedAt);
        output.WriteLine(line);
        Console.WriteLine(line);
    }

    // How long something lasts is what is tested here: nothing is waited for.
    private static Task ForAsync(TimeSpan duration) => Task.Delay(duration, TimeProvider.System);
}
