using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.OktaSimulator.Management;

namespace OrleansIdentity.Bench.Standard;

/// <summary>How much of what.</summary>
internal sealed record StandardOptions(int People, int Backlog, int Tenants);

/// <summary>What provisioning by Standard costs.</summary>
internal static class StandardBench
{
    private const int PeopleOfEach = 20;
    private const int Callers = 8;

    public static async Task<int> RunAsync(StandardOptions options, CancellationToken cancellationToken)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (options.People > 0)
        {
            await QuietNightAsync(options, cancellationToken);
        }

        if (options.Tenants > 0)
        {
            await ManyTenantsAsync(options.Tenants, cancellationToken);
        }

        return 0;
    }

    private static async Task QuietNightAsync(StandardOptions options, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("orleansidentity-bench-").FullName;
        await using var org = await SimulatedOrg.StartAsync(new SimulatedOrgOptions { RateLimit = 1_000_000_000 }, cancellationToken);
        var app = org.Directory.CreateApp("Bench");
        Fill(org, app.Id, options.People, "p");
        var secret = "";
        await using (var product = await StandardProduct.StartAsync(data, works: true))
        {
            var tenant = await product.CreateTenantAsync("quiet", org, app);
            secret = (await tenant.SendAsync("POST", "provisioning/hook-secrets", new { label = "bench" }))["secret"]!.GetValue<string>();
            await tenant.StartAsync();
            var first = await tenant.EndAsync(cancellationToken);
            Say($"first run: {first.Counts.Created:n0} users created in {(first.EndedAt - first.StartedAt)!.Value.TotalSeconds:n0} s, {first.Counts.Problems} problems");
        }

        // Another process: nobody is in memory.
        await using (var product = await StandardProduct.StartAsync(data, works: true))
        {
            var tenant = new StandardTenant(product, "quiet", new HttpClient { BaseAddress = new Uri(product.Url, "/t/quiet/") });
            await tenant.SignInAsync();
            var (requests, awake) = (org.Requests.All.Count, await product.ActivationsAsync());
            var (own, work) = (await product.CommitsAsync("quiet"), await product.CommitsAsync(RecordKey.WorkOf("quiet")));
            await tenant.StartAsync();
            var run = await tenant.EndAsync(cancellationToken);
            Say($"quiet run of {run.Counts.Assigned:n0}: {(run.EndedAt - run.StartedAt)!.Value.TotalSeconds:n1} s, {org.Requests.All.Count - requests:n0} requests, "
                + $"{await product.CommitsAsync("quiet") - own} commits of the tenant's, {await product.CommitsAsync(RecordKey.WorkOf("quiet")) - work:n0} of the run's own records, "
                + $"{await product.ActivationsAsync() - awake} users woken, {run.Counts.Unchanged:n0} unchanged");
        }

        await using (var product = await StandardProduct.StartAsync(data, works: false))
        {
            await ReceiveAsync(product, org, secret, options.Backlog, cancellationToken);
        }

        Directory.Delete(data, recursive: true);
    }

    // The workers do not work: what comes in stays.
    private static async Task ReceiveAsync(StandardProduct product, SimulatedOrg org, string secret, int backlog, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", secret);
        var times = new double[backlog + 1_000];
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, times.Length), new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = cancellationToken }, async (number, cancelled) =>
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await http.PostAsync(new Uri(product.Url, "/t/quiet/webhooks/okta"), new StringContent(Delivery(org, number), Encoding.UTF8, "application/json"), cancelled);
            answer.EnsureSuccessStatusCode();
            times[number] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        });
        var last = times[backlog..].Order().ToArray();
        Say($"receiver behind a backlog of {backlog:n0}: p50 {last[500]:n1} ms, p99 {last[990]:n1} ms, longest {last[^1]:n1} ms with 32 callers; "
            + $"{times.Length / watch.Elapsed.TotalSeconds:n0} deliveries a second on the way there");
    }

    private static string Delivery(SimulatedOrg org, int number) => new JsonObject
    {
        ["eventType"] = "com.okta.event_hook",
        ["source"] = $"{org.Url}api/v1/eventHooks/who1",
        ["eventId"] = Guid.CreateVersion7().ToString(),
        ["data"] = new JsonObject
        {
            ["events"] = new JsonArray(new JsonObject
            {
                ["uuid"] = Guid.CreateVersion7().ToString(),
                ["eventType"] = "user.account.update_profile",
                ["outcome"] = new JsonObject { ["result"] = "SUCCESS" },
                ["target"] = new JsonArray(new JsonObject { ["id"] = $"00u{number}", ["type"] = "User" }),
            }),
        },
    }.ToJsonString();

    private static async Task ManyTenantsAsync(int count, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("orleansidentity-bench-").FullName;
        await using var org = await SimulatedOrg.StartAsync(new SimulatedOrgOptions { RateLimit = 1_000_000_000, Concurrency = 10_000 }, cancellationToken);
        await using var product = await StandardProduct.StartAsync(data, works: true);
        var tenants = new List<StandardTenant>();
        for (var number = 0; number < count; number++)
        {
            var app = org.Directory.CreateApp($"App {number}");
            Fill(org, app.Id, PeopleOfEach, $"t{number}.");
            tenants.Add(await product.CreateTenantAsync($"t{number}", org, app));
        }

        var idle = await SignInsAsync(tenants, TimeSpan.FromSeconds(15), cancellationToken);
        foreach (var tenant in tenants)
        {
            await tenant.StartAsync();
        }

        var began = Stopwatch.GetTimestamp();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var busy = SignInsAsync(tenants, TimeSpan.FromHours(1), over.Token);
        var runs = await Task.WhenAll(tenants.Select(tenant => tenant.EndAsync(cancellationToken)));
        var night = Stopwatch.GetElapsedTime(began);
        await over.CancelAsync();
        var during = await busy;
        Say($"night of {count:n0} tenants with {PeopleOfEach} people each, all at once: {night.TotalSeconds:n0} s, {runs.Sum(run => run.Counts.Created):n0} users created, "
            + $"the last run ended {runs.Max(run => run.EndedAt!.Value - run.StartedAt).TotalSeconds:n0} s after it was asked for");
        Say($"sign-in by password, {Callers} callers: idle p50 {idle[idle.Length / 2]:n0} ms, p95 {idle[idle.Length * 95 / 100]:n0} ms; during the night p50 {during[during.Length / 2]:n0} ms, "
            + $"p95 {during[during.Length * 95 / 100]:n0} ms; ratio of medians {during[during.Length / 2] / idle[idle.Length / 2]:n2}");
        Directory.Delete(data, recursive: true);
    }

    private static async Task<double[]> SignInsAsync(List<StandardTenant> tenants, TimeSpan duration, CancellationToken cancellationToken)
    {
        var (times, began, next) = (new System.Collections.Concurrent.ConcurrentBag<double>(), Stopwatch.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (!cancellationToken.IsCancellationRequested && Stopwatch.GetElapsedTime(began) < duration)
            {
                var start = Stopwatch.GetTimestamp();
                await tenants[Interlocked.Increment(ref next) % tenants.Count].SignInAsync();
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }));
        return [.. times.Order()];
    }

    private static void Fill(SimulatedOrg org, string appId, int people, string prefix)
    {
        for (var number = 0; number < people; number++)
        {
            var user = org.Directory.CreateUser($"{prefix}{number}@bench.example", "Pat", $"Number {number}", new JsonObject { ["department"] = $"Department {number % 50}", ["title"] = "Clerk" });
            org.Directory.Assign(appId, user.Id);
        }
    }

    private static void Say(string line) => Console.WriteLine(line);
}
