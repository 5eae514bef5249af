using System.Diagnostics;
using OrleansIdentity.Bench.Calls;
using OrleansIdentity.Bench.Servers;

namespace OrleansIdentity.Bench.Load;

/// <summary>What one call of one server came to in one round.</summary>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="P50">The median latency.</param>
/// <param name="P99">The 99th percentile of the latency.</param>
/// <param name="ProcessorTime">The server's processor time for one answer.</param>
internal sealed record Measurement(double PerSecond, TimeSpan P50, TimeSpan P99, TimeSpan ProcessorTime);

/// <summary>Sends one kind of call over a number of connections for a time.</summary>
internal static class LoadRun
{
    /// <param name="url">Where to.</param>
    /// <param name="process">The process whose processor time counts; null for a server of several processes.</param>
    /// <param name="call">What to send.</param>
    /// <param name="connections">How many connections send at once.</param>
    /// <param name="duration">For how long.</param>
    public static async Task<Measurement> MeasureAsync(Uri url, ServerProcess? process, Call call, int connections, TimeSpan duration)
    {
        var processorTime = process?.ProcessorTime ?? TimeSpan.Zero;
        var started = Stopwatch.GetTimestamp();
        var end = started + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var latencies = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => SendAsync(url, call, end))));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var used = (process?.ProcessorTime ?? TimeSpan.Zero) - processorTime;

        var all = latencies.SelectMany(one => one).Order().ToArray();
        return new Measurement(all.Length / elapsed.TotalSeconds, At(all, 0.50), At(all, 0.99), used / all.Length);
    }

    private static async Task<List<long>> SendAsync(Uri url, Call call, long end)
    {
        var latencies = new List<long>(65_536);
        using var connection = new RawConnection(url);
        await connection.ConnectAsync();
        while (Stopwatch.GetTimestamp() < end)
        {
            var request = call.Next();
            var sent = Stopwatch.GetTimestamp();
            var (status, body) = await connection.SendAsync(request);
            latencies.Add(Stopwatch.GetTimestamp() - sent);
            if (status / 100 != 2)
            {
                throw new InvalidOperationException($"{call.Name} was answered {status}: {System.Text.Encoding.UTF8.GetString(body.Span)}");
            }
        }

        return latencies;
    }

    private static TimeSpan At(long[] sorted, double quantile) =>
        TimeSpan.FromSeconds(sorted[(int)((sorted.Length - 1) * quantile)] / (double)Stopwatch.Frequency);
}
