using OrleansIdentity.Bench.Calls;
using OrleansIdentity.Bench.Load;
using OrleansIdentity.Bench.Servers;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Bench.Cluster;

/// <summary>The five calls on the embedded product and on a cluster by turns; what the loss of a silo costs; what a call costs in storage transactions.</summary>
internal static class ClusterBench
{
    public static async Task<int> RunAsync(FiveCallsOptions options, CancellationToken cancellationToken)
    {
        await using (var cluster = await ClusterScript.UpAsync())
        {
            await CompareAsync(cluster, options, cancellationToken);

            // A silo that comes back has no grains yet: after the second is lost and back, all are on the first.
            Console.WriteLine(await LossRun.MeasureAsync(cluster, "freeze", "silo2", options.Connections));
            Console.WriteLine(await LossRun.MeasureAsync(cluster, "kill", "silo1", options.Connections));
        }

        // Logging each request slows the emulator down: it has a run of its own.
        await using var logged = await ClusterScript.UpAsync(("CLUSTER_AZURITE_LOG", "yes"));
        await StorageCost.MeasureAsync(logged, options.Connections);
        return 0;
    }

    /// <summary>The demo tenant's SCIM endpoint at the first API.</summary>
    public static ScimServer ServerOf(ClusterScript cluster) => new(
        cluster.Apis[0], $"/t/{cluster.Demo["tenant"]!.GetValue<string>()}/scim/v2", cluster.Demo["scimToken"]!.GetValue<string>());

    private static async Task CompareAsync(ClusterScript cluster, FiveCallsOptions options, CancellationToken cancellationToken)
    {
        using var embedded = await Product.StartAsync(cancellationToken);
        var clustered = ServerOf(cluster);
        var embeddedCalls = OktaCalls.Five(embedded.Scim, await Users.FillAsync(embedded.Scim, options.Users, options.Connections));
        var clusteredCalls = OktaCalls.Five(clustered, await Users.FillAsync(clustered, options.Users, options.Connections));
        var duration = TimeSpan.FromSeconds(options.Seconds);
        var results = new List<CallResult>();
        foreach (var (one, other) in embeddedCalls.Zip(clusteredCalls))
        {
            var (alone, together) = (new List<Measurement>(), new List<Measurement>());

            // The first round warms both up and does not count.
            for (var round = 0; round <= options.Rounds; round++)
            {
                alone.Add(await LoadRun.MeasureAsync(embedded.Process.Url, embedded.Process, one, options.Connections, duration));
                together.Add(await LoadRun.MeasureAsync(clustered.Url, null, other, options.Connections, duration));
                Console.WriteLine($"{one.Name}: round {round} of {options.Rounds}");
            }

            results.Add(new CallResult(one.Name, [.. together.Skip(1)], [.. alone.Skip(1)]));
        }

        Report.WriteCluster(options, results);
    }
}
