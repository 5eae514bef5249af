using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Bench.Servers;
using OrleansIdentity.OktaSimulator.Management;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Bench.Standard;

/// <summary>A sync of many people by a process that is killed (SIGKILL) at random, again and again; then one more, which must find nothing to do.</summary>
internal static class StandardKills
{
    public static async Task<int> RunAsync(int people, int kills, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("orleansidentity-bench-").FullName;
        await using var org = await SimulatedOrg.StartAsync(new SimulatedOrgOptions { RateLimit = 1_000_000_000 }, cancellationToken);
        var app = org.Directory.CreateApp("Bench");
        for (var number = 0; number < people; number++)
        {
            org.Directory.Assign(app.Id, org.Directory.CreateUser($"p{number}@bench.example", "Pat", $"Number {number}").Id);
        }

        var process = await StartAsync(data, cancellationToken);
        var demo = await DemoAsync(data, cancellationToken);
        using var http = new HttpClient();
        var session = await http.PostAsJsonAsync(
            new Uri(process.Url, "/t/acme/api/v1/sessions"), new { login = demo["ownerEmail"]!.GetValue<string>(), password = demo["ownerPassword"]!.GetValue<string>() }, cancellationToken);
        http.DefaultRequestHeaders.Authorization = new("Bearer", (await session.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!["token"]!.GetValue<string>());
        await SendAsync(http, process, "PUT", "provisioning", new { method = "standard", okta = new { org = org.Url.ToString(), appId = app.Id, apiToken = org.Tokens.CreateApiToken() } });
        await SendAsync(http, process, "POST", "runs", new { rehearsal = false });

        var (random, killed) = (new Random(people), 0);
        while (killed < kills && await LatestAsync(http, process) is { } run && run["phase"]!.GetValue<string>() != "ended")
        {
            await Task.Delay(TimeSpan.FromSeconds(1 + (random.NextDouble() * 6)), TimeProvider.System, cancellationToken);
            process.Dispose();
            killed++;
            process = await StartAsync(data, cancellationToken);
        }

        var first = await EndAsync(http, process, cancellationToken);
        await SendAsync(http, process, "POST", "runs", new { rehearsal = false });
        var second = await EndAsync(http, process, cancellationToken);
        process.Dispose();
        Directory.Delete(data, recursive: true);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{people:n0} people, killed {killed} times: the run took {first["durationSeconds"]!.GetValue<double>():n0} s, {Count(first, "deactivated")} deactivated, {Count(first, "problems")} problems; "
            + $"a second one found {Count(second, "unchanged"):n0} unchanged, {Count(second, "created") + Count(second, "updated") + Count(second, "deactivated")} different; {org.Requests.All.Count:n0} requests in all"));
        return Count(second, "unchanged") == people && Count(first, "deactivated") == 0 ? 0 : 1;
    }

    private static Task<ServerProcess> StartAsync(string data, CancellationToken cancellationToken) => ServerProcess.StartAsync(
        Path.Combine(Repository.Root, "src", "Api", "bin", Repository.Configuration, "net10.0", "OrleansIdentity.Api.dll"),
        url => ["--environment", "Development", "--urls", url, "--Data:Path", data, "--Logging:LogLevel:Default", "Error", "--Okta:AllowLoopback", "true", "--Okta:Concurrency", "8"],
        cancellationToken);

    private static async Task<JsonObject> DemoAsync(string data, CancellationToken cancellationToken)
    {
        var path = Path.Combine(data, "demo.json");
        while (!File.Exists(path))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }

        return JsonNode.Parse(await File.ReadAllTextAsync(path, cancellationToken))!.AsObject();
    }

    private static async Task<JsonObject> EndAsync(HttpClient http, ServerProcess process, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await LatestAsync(http, process) is { } run && run["phase"]!.GetValue<string>() == "ended")
            {
                return run;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<JsonObject?> LatestAsync(HttpClient http, ServerProcess process) =>
        (await SendAsync(http, process, "GET", "runs", null))["runs"]!.AsArray()[0]?.AsObject();

    // A process that has just begun may not be ready yet.
    private static async Task<JsonObject> SendAsync(HttpClient http, ServerProcess process, string method, string path, object? body)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(process.Url, $"/t/acme/api/v1/settings/integrations/okta/{path}"))
            {
                Content = body is null ? null : JsonContent.Create(body),
            };
            var answer = await http.SendAsync(request);
            if (answer.IsSuccessStatusCode)
            {
                return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
            }

            if ((int)answer.StatusCode < 500)
            {
                throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
            }
        }
    }

    private static int Count(JsonObject run, string member) => run["counts"]![member]!.GetValue<int>();
}
