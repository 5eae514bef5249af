using System.Globalization;
using OrleansIdentity.Bench.Load;

namespace OrleansIdentity.Bench;

/// <summary>The rounds of one call.</summary>
internal sealed record CallResult(string Name, Measurement[] Product, Measurement[] Bare);

/// <summary>Prints the results as the table of <c>bench/README.md</c>.</summary>
internal static class Report
{
    public static void Write(FiveCallsOptions options, IEnumerable<CallResult> results, long workingSet)
    {
        var rows = results.Select(result => string.Create(
            CultureInfo.InvariantCulture,
            $"| {result.Name} | {Median(result.Product, one => one.PerSecond):n0} | {Median(result.Bare, one => one.PerSecond):n0} "
            + $"| {Ratio(result):0.00} ({Worst(result):0.00}–{Best(result):0.00}) "
            + $"| {Milliseconds(result.Product, one => one.P50):0.00} / {Milliseconds(result.Product, one => one.P99):0.0} "
            + $"| {Milliseconds(result.Bare, one => one.P50):0.00} / {Milliseconds(result.Bare, one => one.P99):0.0} "
            + $"| {Milliseconds(result.Product, one => one.ProcessorTime) * 1_000:0} | {Milliseconds(result.Bare, one => one.ProcessorTime) * 1_000:0} |"));
        Console.WriteLine(string.Join(Environment.NewLine,
        [
            "",
            $"{options.Users:n0} users, {options.Connections} connections, {options.Rounds} rounds of {options.Seconds} s; the product's memory at the end: {workingSet / 1_048_576} MiB.",
            "",
            "| call | product, 1/s | bare, 1/s | product ÷ bare (range) | product p50 / p99, ms | bare p50 / p99, ms | product CPU, µs | bare CPU, µs |",
            "|---|---|---|---|---|---|---|---|",
            .. rows,
        ]));
    }

    /// <summary>Prints what a cluster makes of the calls, beside the embedded product.</summary>
    public static void WriteCluster(FiveCallsOptions options, IEnumerable<CallResult> results)
    {
        var rows = results.Select(result => string.Create(
            CultureInfo.InvariantCulture,
            $"| {result.Name} | {Median(result.Bare, one => one.PerSecond):n0} | {Median(result.Product, one => one.PerSecond):n0} "
            + $"| {Ratio(result):0.00} ({Worst(result):0.00}–{Best(result):0.00}) "
            + $"| {Milliseconds(result.Bare, one => one.P50):0.0} / {Milliseconds(result.Bare, one => one.P99):0} "
            + $"| {Milliseconds(result.Product, one => one.P50):0.0} / {Milliseconds(result.Product, one => one.P99):0} |"));
        Console.WriteLine(string.Join(Environment.NewLine,
        [
            "",
            $"{options.Users:n0} users, {options.Connections} connections to one API, {options.Rounds} rounds of {options.Seconds} s.",
            "",
            "| call | embedded, 1/s | cluster, 1/s | cluster ÷ embedded (range) | embedded p50 / p99, ms | cluster p50 / p99, ms |",
            "|---|---|---|---|---|---|",
            .. rows,
            "",
        ]));
    }

    private static double Ratio(CallResult result) => Median(result.Product, one => one.PerSecond) / Median(result.Bare, one => one.PerSecond);

    private static double Worst(CallResult result) => Ratios(result).Min();

    private static double Best(CallResult result) => Ratios(result).Max();

    private static IEnumerable<double> Ratios(CallResult result) => result.Product.Zip(result.Bare, (product, bare) => product.PerSecond / bare.PerSecond);

    private static double Milliseconds(Measurement[] rounds, Func<Measurement, TimeSpan> value) => Median(rounds, one => value(one).TotalMilliseconds);

    private static double Median(Measurement[] rounds, Func<Measurement, double> value)
    {
        var sorted = rounds.Select(value).Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
