using System.Collections.Concurrent;
using System.Diagnostics;
using OrleansIdentity.Bench.Calls;
using OrleansIdentity.Bench.Load;
using OrleansIdentity.Bench.Servers;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Bench.Cluster;

/// <summary>What callers of a cluster see of a silo that is lost.</summary>
internal static class LossRun
{
    private const int Users = 500;
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(25);

    /// <summary>Writes without a pause, loses a silo, goes on, and tells what came of it.</summary>
    /// <param name="cluster">The cluster; it is whole again afterwards.</param>
    /// <param name="how"><c>kill</c> or <c>freeze</c>.</param>
    /// <param name="silo">Which one.</param>
    /// <param name="connections">How many connections write at once.</param>
    public static async Task<string> MeasureAsync(ClusterScript cluster, string how, string silo, int connections)
    {
        var server = ClusterBench.ServerOf(cluster);
        var ids = (await ListIdsAsync(server)).Take(Users).ToArray();
        var calls = OktaCalls.Five(server, ids);
        var patch = calls[3];
        var answers = new ConcurrentQueue<(long At, int Status, TimeSpan Took)>();
        using var stop = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var connection = new RawConnection(server.Url);
            await connection.ConnectAsync();
            while (!stop.IsCancellationRequested)
            {
                var started = Stopwatch.GetTimestamp();
                var (status, _) = await connection.SendAsync(patch.Next());
                answers.Enqueue((Stopwatch.GetTimestamp(), status, Stopwatch.GetElapsedTime(started)));
            }
        })));

        await Task.Delay(Before, TimeProvider.System);
        var lost = Stopwatch.GetTimestamp();
        await cluster.RunAsync(how, silo);
        await Task.Delay(After, TimeProvider.System);
        await stop.CancelAsync();
        await writing;
        await RestoreAsync(cluster, how, silo);

        var failed = answers.Where(answer => answer.Status != 200).ToArray();
        var last = failed.Length == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(lost, failed.Max(answer => answer.At));
        return $"silo lost by {how}: {answers.Count} writes, {failed.Length} answered {string.Join(", ", failed.Select(answer => answer.Status).Distinct().Order())}, "
            + $"the last of them {last.TotalSeconds:0.0} s after the loss; the longest wait was {answers.Max(answer => answer.Took).TotalSeconds:0.0} s.";
    }

    private static async Task RestoreAsync(ClusterScript cluster, string how, string silo)
    {
        if (how == "freeze")
        {
            // It was declared dead meanwhile and ends itself when it finds out.
            await cluster.RunAsync("thaw", silo);
            await cluster.RunAsync("stop", silo);
        }

        await cluster.RunAsync("start", silo);
    }

    private static async Task<IEnumerable<string>> ListIdsAsync(ScimServer server)
    {
        using var connection = new RawConnection(server.Url);
        await connection.ConnectAsync();
        var (_, body) = await connection.SendAsync(server.Request("GET", $"/Users?startIndex=1&count={Users}&attributes=id"));
        return [.. System.Text.Json.Nodes.JsonNode.Parse(body.Span)!["Resources"]!.AsArray().Select(user => user!["id"]!.GetValue<string>())];
    }
}
