using System.Diagnostics.Metrics;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Silo.Storage;

/// <summary>What the store measures. No label names a tenant.</summary>
internal static class StoreTelemetry
{
    private static readonly Meter Meter = new("OrleansIdentity.Store");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("orleansidentity.store.batch.duration", "s", "Time to make a batch durable");
    private static readonly Histogram<int> Size = Meter.CreateHistogram<int>("orleansidentity.store.batch.size", "{commit}", "Commits in a batch");
    private static readonly Histogram<int> Waiting = Meter.CreateHistogram<int>("orleansidentity.store.waiting", "{commit}", "Commits left waiting after a batch");
    private static readonly Counter<long> Commits = Meter.CreateCounter<long>("orleansidentity.store.commits", "{commit}", "Commits by outcome");
    private static readonly Counter<long> Scans = Meter.CreateCounter<long>("orleansidentity.store.scans", "{query}", "Queries that no index could answer");

    public static void Batch(int size, TimeSpan duration, int waiting)
    {
        Size.Record(size);
        Duration.Record(duration.TotalSeconds);
        Waiting.Record(waiting);
    }

    public static void Completed(CommitOutcome outcome) => Count(outcome switch
    {
        CommitOutcome.Committed => "committed",
        CommitOutcome.Taken => "taken",
        CommitOutcome.Missing => "missing",
        _ => "stale",
    });

    public static void Failed() => Count("failed");

    public static void Refused() => Count("refused");

    public static void Scan() => Scans.Add(1);

    private static void Count(string outcome) => Commits.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
