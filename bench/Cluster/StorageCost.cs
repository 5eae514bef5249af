using System.Globalization;
using OrleansIdentity.Bench.Calls;
using OrleansIdentity.Bench.Load;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Bench.Cluster;

/// <summary>Counts what each call costs in requests to storage, from the emulator's own log: it is what Azure bills.</summary>
internal static class StorageCost
{
    private const int Operations = 1_000;

    public static async Task MeasureAsync(ClusterScript cluster, int connections)
    {
        var server = ClusterBench.ServerOf(cluster);
        var log = Path.Combine(cluster.Folder, "azurite.log");
        var ids = await Users.FillAsync(server, Operations, connections);
        Console.WriteLine(string.Join(Environment.NewLine, ["", $"| call | storage requests for one, one caller | for one of {connections} callers |", "|---|---|---|"]));
        foreach (var call in OktaCalls.Five(server, ids))
        {
            var alone = await CountAsync(server.Url, log, call, 1);
            var together = await CountAsync(server.Url, log, call, connections);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {call.Name} | {alone:0.00} | {together:0.00} |"));
        }
    }

    private static async Task<double> CountAsync(Uri url, string log, Call call, int connections)
    {
        var before = Lines(log);
        var left = Operations;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            using var connection = new RawConnection(url);
            await connection.ConnectAsync();
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var (status, body) = await connection.SendAsync(call.Next());
                if (status / 100 != 2)
                {
                    throw new InvalidOperationException($"{call.Name} was answered {status}: {System.Text.Encoding.UTF8.GetString(body.Span)}");
                }
            }
        }));
        return (Lines(log) - before) / (double)Operations;
    }

    // One line for each request, such as: 127.0.0.1 - - [24/Nov/2026:22:00:00 +0000] "POST /devstoreaccount1/$batch HTTP/1.1" 202 -
    private static int Lines(string log)
    {
        using var reader = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var lines = 0;
        while (reader.ReadLine() is { } line)
        {
            lines += line.Contains("/devstoreaccount1", StringComparison.Ordinal) && line.Contains(" HTTP/1.1\"", StringComparison.Ordinal) ? 1 : 0;
        }

        return lines;
    }
}
