using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.OktaSimulator.Directories;
using OrleansIdentity.OktaSimulator.Management;

namespace OrleansIdentity.Bench.Standard;

/// <summary>How much of what.</summary>
internal sealed record StandardOptions(int People, int Backlog, int Tenants);

/// <summary>What provisioning by Standard costs.</summary>
internal static class StandardBench
{
    private const int PeopleOfEach = 20;

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

    // First everybody is created, which happens once; then the night that is measured, in which one person of each tenant has changed.
    private static async Task ManyTenantsAsync(int count, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("orleansidentity-bench-").FullName;
        await using var org = await SimulatedOrg.StartAsync(new SimulatedOrgOptions { RateLimit = 1_000_000_000, Concurrency = 10_000 }, cancellationToken);
        await using var product = await StandardProduct.StartAsync(data, works: true);
        var (tenants, changing) = (new StandardTenant[count], new string[count]);
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (number, _) =>
        {
            DirectoryApp app;
            lock (org)
            {
                app = org.Directory.CreateApp($"App {number}");
                changing[number] = Fill(org, app.Id, PeopleOfEach, $"t{number}.");
            }

            tenants[number] = await product.CreateTenantAsync($"t{number}", org, app);
        });
        var (first, took, _) = await NightAsync(tenants, cancellationToken);
        Say($"{count:n0} tenants with {PeopleOfEach} people each, first runs all at once: {took.TotalSeconds:n0} s, {first.Sum(run => run.Counts.Created):n0} users created");

        foreach (var id in changing)
        {
            org.Directory.UpdateProfile(id, new JsonObject { ["title"] = "Head clerk" });
        }

        var idle = await SignInsAsync(tenants, TimeSpan.FromSeconds(30), cancellationToken);
        var (night, lasted, during) = await NightAsync(tenants, cancellationToken);
        Say($"a night of {count:n0} tenants, all at once: {lasted.TotalSeconds:n0} s, {night.Sum(run => run.Counts.Updated):n0} users updated, {night.Sum(run => run.Counts.Unchanged):n0} unchanged, "
            + $"{night.Sum(run => run.Counts.Problems)} problems; a run took {night.Max(run => run.EndedAt!.Value - run.StartedAt).TotalSeconds:n0} s at most from being asked for to its end");
        Say($"sign-in by password, one caller: idle p50 {At(idle, 50):n0} ms, p95 {At(idle, 95):n0} ms ({idle.Length} of them); during the night p50 {At(during, 50):n0} ms, p95 {At(during, 95):n0} ms "
            + $"({during.Length}); ratio of medians {At(during, 50) / At(idle, 50):n2}, of p95 {At(during, 95) / At(idle, 95):n2}");
        Directory.Delete(data, recursive: true);
    }

    // All runs are asked for at once; somebody signs in again and again until the last one has ended.
    private static async Task<(RunView[] Runs, TimeSpan Took, double[] SignIns)> NightAsync(StandardTenant[] tenants, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var tenant in tenants)
        {
            await tenant.StartAsync();
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var signIns = SignInsAsync(tenants, TimeSpan.FromHours(1), over.Token);

        // One after another: asking all of them all the time would be what is measured.
        var runs = new List<RunView>();
        foreach (var tenant in tenants)
        {
            runs.Add(await tenant.EndAsync(cancellationToken));
        }

        var took = Stopwatch.GetElapsedTime(began);
        await over.CancelAsync();
        return ([.. runs], took, await signIns);
    }

    private static double At(double[] sorted, int percent) => sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];

    private static async Task<double[]> SignInsAsync(StandardTenant[] tenants, TimeSpan duration, CancellationToken cancellationToken)
    {
        var (times, began) = (new List<double>(), Stopwatch.GetTimestamp());
        for (var next = 0; !cancellationToken.IsCancellationRequested && Stopwatch.GetElapsedTime(began) < duration; next++)
        {
            var start = Stopwatch.GetTimestamp();
            await tenants[next % tenants.Length].SignInAsync();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return [.. times.Order()];
    }

    // Who is the last of them.
    private static string Fill(SimulatedOrg org, string appId, int people, string prefix)
    {
        var last = "";
        for (var number = 0; number < people; number++)
        {
            var user = org.Directory.CreateUser($"{prefix}{number}@bench.example", "Pat", $"Number {number}", new JsonObject { ["department"] = $"Department {number % 50}", ["title"] = "Clerk" });
            org.Directory.Assign(appId, user.Id);
            last = user.Id;
        }

        return last;
    }

    private static void Say(string line) => Console.WriteLine(line);
}
