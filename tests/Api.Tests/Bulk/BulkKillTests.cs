using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Groups;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Tests.Shared;
using Xunit.Abstractions;

namespace OrleansIdentity.Api.Tests.Bulk;

/// <summary>1,000 operations, the process killed in the middle, the same request sent again: everything is there, and nothing twice.</summary>
public sealed class BulkKillTests(ITestOutputHelper output)
{
    private const int Users = 990;
    private const int Groups = 10;

    [Fact]
    public async Task Process_KilledInTheMiddle_SameRequestAgainMakesWhatIsMissing()
    {
        var data = Directory.CreateTempSubdirectory("orleansidentity-bulk-kill-").FullName;
        string[] settings =
        [
            "--Operator:Key", RunningProduct.OperatorKey,
            "--Secrets:KeyEncryptionKey", RunningProduct.KeyEncryptionKey,
            "--Logging:LogLevel:Default", "Error",
            .. await TestStore.SettingsAsync(data),
        ];
        var request = BulkClient.Request(
        [
            .. Enumerable.Range(0, Users).Select(number => BulkClient.Post(
                $"u{number}", "/Users", BulkClient.Managed($"u{number}@example.com", number == 0 ? "nobody" : $"bulkId:u{(number - 1) / 2}"))),
            .. Enumerable.Range(0, Groups).Select(number => BulkClient.Post(
                $"g{number}", "/Groups", GroupTests.Group($"group {number}", [.. Enumerable.Range(0, Users).Where(user => user % Groups == number).Select(user => $"bulkId:u{user}")]))),
        ]);

        var token = "";
        foreach (var killAt in new[] { 100, 500, 900 })
        {
            using var product = await ProductProcess.StartAsync("Production", data, settings);
            using var admin = product.Client(RunningProduct.OperatorKey);
            token = token.Length > 0 ? token : await CreateTenantAsync(admin);
            using var scim = new ScimClient(product.Client(token), new Uri(product.BaseUrl, "/t/bulk/scim/v2/"));
            var answer = scim.PostAsync("Bulk", request);
            while (await CountAsync(scim, "Users") < killAt)
            {
                // Not there yet.
            }

            await product.KillAsync();
            await Assert.ThrowsAsync<HttpRequestException>(() => answer);
        }

        using var last = await ProductProcess.StartAsync("Production", data, settings);
        using var again = new ScimClient(last.Client(token), new Uri(last.BaseUrl, "/t/bulk/scim/v2/"));
        var before = await CountAsync(again, "Users");
        var entries = (await again.PostAsync("Bulk", request)).Entries();

        Assert.Equal(before, entries[..Users].Count(entry => entry.Status() == "409" && entry.ErrorId() == "value-taken"));
        Assert.Equal(Users - before, entries[..Users].Count(entry => entry.Status() == "201"));
        Assert.All(entries, entry => Assert.NotNull(entry["location"]));
        Assert.Equal(Users, await CountAsync(again, "Users"));
        Assert.Equal(Groups, await CountAsync(again, "Groups"));
        Assert.Equal(Users, entries[..Users].Select(entry => entry.MadeId()).Distinct().Count());
        for (var number = 0; number < Groups; number++)
        {
            var members = (await again.GetAsync($"Groups/{entries[Users + number].MadeId()}")).Members();
            Assert.Equal(entries[..Users].Where((_, user) => user % Groups == number).Select(entry => entry.MadeId()).Order(), members.Order());
        }

        await last.KillAsync();
        Directory.Delete(data, recursive: true);
        output.WriteLine($"{before} of {Users} users were there before the last request");
    }

    private static async Task<int> CountAsync(ScimClient scim, string endpoint) =>
        (await scim.GetAsync($"{endpoint}?count=0")).Body!["totalResults"]!.GetValue<int>();

    private static async Task<string> CreateTenantAsync(HttpClient admin)
    {
        (await admin.PostAsJsonAsync("/operator/v1/tenants", new { slug = "bulk" })).EnsureSuccessStatusCode();
        (await admin.PostAsync("/operator/v1/tenants/bulk/enable", null)).EnsureSuccessStatusCode();
        var minted = await admin.PostAsJsonAsync("/operator/v1/tenants/bulk/scim-tokens", new { label = "bulk" });
        return (await minted.Content.ReadFromJsonAsync<JsonObject>())!["token"]!.GetValue<string>();
    }
}
