using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Tests.Shared;
using Xunit.Abstractions;

namespace OrleansIdentity.Api.Tests.Kill;

/// <summary>Nothing acknowledged is lost, nothing half-done is visible: the real process, killed in the middle of mixed writes.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Rounds = 20;
    private const int Writers = 8;

    private static readonly string[] Settings =
    [
        "--Operator:Key", RunningProduct.OperatorKey,
        "--Secrets:KeyEncryptionKey", RunningProduct.KeyEncryptionKey,
        "--Logging:LogLevel:Default", "Error",
    ];

    [Fact]
    public async Task Process_KilledDuringMixedWrites_LosesNothingAcknowledged()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var data = Directory.CreateTempSubdirectory("orleansidentity-kill-").FullName;
        var writers = Enumerable.Range(0, Writers).Select(number => new MixedWriter(number, new Random(random.Next()))).ToArray();

        string[] settings = [.. Settings, .. await TestStore.SettingsAsync(data)];
        var token = "";
        for (var round = 1; round <= Rounds; round++)
        {
            using var product = await ProductProcess.StartAsync("Production", data, settings);
            using var operatorClient = product.Client(RunningProduct.OperatorKey);
            token = token.Length > 0 ? token : await CreateTenantAsync(operatorClient);
            using var scim = new ScimClient(product.Client(token), new Uri(product.BaseUrl, "/t/kill/scim/v2/"));
            await SettleAsync(scim, writers);
            await LoadAndKillAsync(product, scim, writers, killAfter: random.Next(20, 400));
        }

        using var last = await ProductProcess.StartAsync("Production", data, settings);
        using var lastOperator = last.Client(RunningProduct.OperatorKey);
        using var lastScim = new ScimClient(last.Client(token), new Uri(last.BaseUrl, "/t/kill/scim/v2/"));
        await SettleAsync(lastScim, writers);
        await CheckVersionsAsync(lastScim, lastOperator, writers);
        await CheckDirectoryAsync(lastScim, writers);
        await last.KillAsync();
        if (Path.Combine(data, "identity.db") is var database && File.Exists(database))
        {
            CheckIntegrity(database);
        }

        Directory.Delete(data, recursive: true);
        output.WriteLine($"{writers.Sum(writer => writer.Users.Count)} users over {Rounds} rounds");
    }

    private static async Task<string> CreateTenantAsync(HttpClient operatorClient)
    {
        (await operatorClient.PostAsJsonAsync("/operator/v1/tenants", new { slug = "kill" })).EnsureSuccessStatusCode();
        (await operatorClient.PostAsync("/operator/v1/tenants/kill/enable", null)).EnsureSuccessStatusCode();
        var minted = await operatorClient.PostAsJsonAsync("/operator/v1/tenants/kill/scim-tokens", new { label = "kill" });
        return (await minted.Content.ReadFromJsonAsync<JsonObject>())!["token"]!.GetValue<string>();
    }

    private static async Task LoadAndKillAsync(ProductProcess product, ScimClient scim, MixedWriter[] writers, int killAfter)
    {
        var acknowledged = 0;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writing = writers.Select(writer => Task.Run(() => writer.WriteAsync(scim, () =>
        {
            if (Interlocked.Increment(ref acknowledged) == killAfter)
            {
                enough.SetResult();
            }
        }))).ToArray();
        await Task.WhenAny(enough.Task, Task.WhenAll(writing));
        await product.KillAsync();
        await Task.WhenAll(writing);
    }

    /// <summary>After a restart each user is as acknowledged, or as the one request without an answer would have it; from then on that is known.</summary>
    private static async Task SettleAsync(ScimClient scim, MixedWriter[] writers)
    {
        foreach (var user in writers.SelectMany(writer => writer.Users))
        {
            var filter = Uri.EscapeDataString($"userName eq \"{user.UserName}\"");
            var list = await scim.GetAsync($"Users?filter={filter}");
            var resources = list.Body!["Resources"]!.AsArray();
            Assert.True(resources.Count <= 1, $"{user.UserName} is there {resources.Count} times.");
            var found = resources.Count == 0 ? null : resources[0]!.AsObject();
            var state = found is null ? null : UserModel.State.From(found);
            Assert.True(user.Allows(state), $"{user.UserName}: found {state}, acknowledged {user.Acknowledged}, in flight {user.InFlight} {user.Attempted}");
            user.Acknowledged = state;
            user.InFlight = false;
            user.Id ??= found?["id"]!.GetValue<string>();
        }
    }

    private static async Task CheckVersionsAsync(ScimClient scim, HttpClient operatorClient, MixedWriter[] writers)
    {
        foreach (var user in writers.SelectMany(writer => writer.Users).Where(user => user.Id is not null))
        {
            var page = await operatorClient.GetFromJsonAsync<JsonObject>($"/operator/v1/tenants/kill/events?count=1000&userId={user.Id}");
            var versions = page!["events"]!.AsArray().Select(one => one!["version"]!.GetValue<long>()).ToArray();
            Assert.Equal(Enumerable.Range(1, versions.Length).Select(version => (long)version), versions);
            if (user.Acknowledged is not null)
            {
                var read = await scim.GetAsync($"Users/{user.Id}");
                Assert.Equal($"W/\"{versions.Length}\"", read.Body!["meta"]!["version"]!.GetValue<string>());
                Assert.Equal(user.Acknowledged, UserModel.State.From(read.Body));
            }
        }
    }

    private static async Task CheckDirectoryAsync(ScimClient scim, MixedWriter[] writers)
    {
        var names = new List<string>();
        var externalIds = new List<string>();
        for (var startIndex = 1; ; startIndex += 100)
        {
            var page = (await scim.GetAsync($"Users?startIndex={startIndex}&count=100")).Body!;
            foreach (var user in page["Resources"]!.AsArray())
            {
                names.Add(user!["userName"]!.GetValue<string>());
                externalIds.Add(user["externalId"]!.GetValue<string>());
            }

            if (startIndex + 99 >= page["totalResults"]!.GetValue<int>())
            {
                break;
            }
        }

        var expected = writers.SelectMany(writer => writer.Users).Where(user => user.Acknowledged is not null).Select(user => user.UserName);
        Assert.Equal(expected.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
        Assert.Equal(externalIds.Count, externalIds.Distinct().Count());
    }

    private static void CheckIntegrity(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", command.ExecuteScalar());
    }
}
