using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Cluster.Tests.Traffic;

/// <summary>Mixed traffic that goes on while something fails, and the account of it afterwards.</summary>
internal sealed class TrafficRun : IDisposable
{
    private const int Writers = 12;

    private readonly string _run = Guid.CreateVersion7().ToString("n")[^8..];
    private readonly ConcurrentQueue<string> _wrong = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Requests _requests;
    private readonly Writer[] _writers;
    private readonly ClusterScript _cluster;
    private readonly Task _running;
    private readonly ConcurrentQueue<Failure> _failures = [];

    public TrafficRun(ClusterScript cluster, int seed)
    {
        _cluster = cluster;
        _requests = new Requests(cluster.Apis, cluster.Demo)
        {
            Wrong = _wrong.Enqueue,
            Failed = _failures.Enqueue,
        };
        var random = new Random(seed);
        _writers = [.. Enumerable.Range(0, Writers).Select(number => new Writer(number, _run, new Random(random.Next()), _requests))];
        _running = Task.WhenAll(_writers.Select(writer => Task.Run(() => writer.RunAsync(_stop.Token))));
    }

    /// <summary>How many writes were acknowledged so far.</summary>
    public int Acknowledged => _writers.Sum(writer => writer.Acknowledged);

    /// <summary>Waits until so many more writes are acknowledged.</summary>
    public async Task MoreAsync(int writes)
    {
        var enough = Acknowledged + writes;
        while (Acknowledged < enough)
        {
            Assert.False(_running.IsCompleted, _running.Exception?.ToString());
            await Task.Yield();
        }
    }

    /// <summary>Ends the traffic and checks what must hold. Gives a line to report.</summary>
    /// <param name="failedAt">When the failure began, for the time from then to the last request that was not answered rightly.</param>
    public async Task<string> EndAsync(long failedAt)
    {
        await _stop.CancelAsync();
        await _running;
        Assert.Empty(_wrong);
        var users = _writers.SelectMany(writer => writer.Users).ToArray();
        var log = await EventLog.ReadAsync(_cluster);
        foreach (var user in users)
        {
            await CheckAsync(user, log);
        }

        log.CheckPositions();
        await CheckNamesAsync(users);
        return $"{Acknowledged} writes acknowledged; {Recovery(failedAt)}";
    }

    public void Dispose()
    {
        _requests.Dispose();
        _stop.Dispose();
    }

    private string Recovery(long failedAt)
    {
        var failures = _failures.ToArray();
        if (failures.Length == 0)
        {
            return "every request was answered rightly";
        }

        var kinds = failures.GroupBy(failure => failure.Status).Select(kind => $"{kind.Count()} × {(kind.Key == 0 ? "no connection" : kind.Key)}");
        return $"{string.Join(", ", kinds)}, the longest after {failures.Max(failure => failure.Took).TotalSeconds:0.0} s, "
            + $"the last one {Stopwatch.GetElapsedTime(failedAt, failures.Max(failure => failure.EndedAt)).TotalSeconds:0.0} s after the failure began";
    }

    private async Task CheckAsync(TracedUser user, EventLog log)
    {
        Answer read;
        do
        {
            read = await _requests.SendAsync(HttpMethod.Get, $"Users/{user.Id}");
        }
        while (read.IsUnknown);

        Assert.Equal(200, read.Status);
        Assert.Contains(read.Body!["nickName"]!.GetValue<string>(), user.AllowedMarks());
        log.Check(user, read.Body);
    }

    private async Task CheckNamesAsync(TracedUser[] users)
    {
        var names = new List<string>();
        for (var startIndex = 1; ; startIndex += 500)
        {
            var page = await _requests.SendAsync(HttpMethod.Get, $"Users?startIndex={startIndex}&count=500");
            Assert.Equal(200, page.Status);
            names.AddRange(page.Body!["Resources"]!.AsArray().Select(user => user!["userName"]!.GetValue<string>()).Where(name => name.StartsWith(_run, StringComparison.Ordinal)));
            if (startIndex + 499 >= page.Body["totalResults"]!.GetValue<int>())
            {
                break;
            }
        }

        Assert.Equal(users.Select(user => user.UserName).Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }
}
