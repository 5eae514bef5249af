using System.Collections.Concurrent;

namespace OrleansIdentity.OktaSimulator.Scim;

/// <summary>All calls of a run: kind, status, latency.</summary>
internal sealed class CallLog
{
    private readonly ConcurrentQueue<Call> _calls = [];

    public void Add(CallKind kind, int status, TimeSpan latency) => _calls.Enqueue(new Call(kind, status, latency));

    /// <summary>One summary for each kind that occurred.</summary>
    public IReadOnlyList<CallSummary> Summarize() =>
        [.. _calls.GroupBy(call => call.Kind).OrderBy(kind => kind.Key).Select(kind => Summarize(kind.Key, [.. kind]))];

    private static CallSummary Summarize(CallKind kind, Call[] calls)
    {
        var latencies = calls.Select(call => call.Latency).Order().ToArray();
        var statuses = calls.GroupBy(call => call.Status).OrderBy(status => status.Key).ToDictionary(status => status.Key, status => status.Count());
        return new CallSummary(kind, calls.Length, statuses, Percentile(latencies, 50), Percentile(latencies, 99));
    }

    // The smallest latency that this share of the calls did not exceed.
    private static TimeSpan Percentile(TimeSpan[] sorted, int percent) => sorted[(((sorted.Length * percent) + 99) / 100) - 1];

    private sealed record Call(CallKind Kind, int Status, TimeSpan Latency);
}

/// <summary>The calls of one kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">How many there were.</param>
/// <param name="Statuses">How many had which HTTP status; 0 stands for no answer.</param>
/// <param name="P50">The median latency, to the last byte of the answer.</param>
/// <param name="P99">The latency that 99 of 100 calls did not exceed.</param>
public sealed record CallSummary(CallKind Kind, int Count, IReadOnlyDictionary<int, int> Statuses, TimeSpan P50, TimeSpan P99);
