using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Bench.Servers;

/// <summary>The product as it is deployed: Production, embedded store, every commit on disk before it is answered. One tenant with a token.</summary>
internal sealed class Product : IDisposable
{
    private const string Tenant = "bench";

    private readonly string _data;

    private Product(ServerProcess process, string data, string token)
    {
        Process = process;
        _data = data;
        Scim = new ScimServer(process.Url, $"/t/{Tenant}/scim/v2", token);
    }

    public ServerProcess Process { get; }

    public ScimServer Scim { get; }

    public static async Task<Product> StartAsync(CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("orleansidentity-bench-").FullName;
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var program = Path.Combine(Repository.Root, "src", "Api", "bin", Repository.Configuration, "net10.0", "OrleansIdentity.Api.dll");
        var process = await ServerProcess.StartAsync(
            program,
            url =>
            [
                "--environment", "Production", "--urls", url, "--Data:Path", data, "--Operator:Key", key,
                "--Secrets:KeyEncryptionKey", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), "--Logging:LogLevel:Default", "Error",
            ],
            cancellationToken);
        using var client = new HttpClient { BaseAddress = process.Url };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        (await client.PostAsJsonAsync("/operator/v1/tenants", new { slug = Tenant }, cancellationToken)).EnsureSuccessStatusCode();
        (await client.PostAsync($"/operator/v1/tenants/{Tenant}/enable", null, cancellationToken)).EnsureSuccessStatusCode();
        var minted = await client.PostAsJsonAsync($"/operator/v1/tenants/{Tenant}/scim-tokens", new { label = "bench" }, cancellationToken);
        var token = (await minted.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!["token"]!.GetValue<string>();
        return new Product(process, data, token);
    }

    public void Dispose()
    {
        Process.Dispose();
        Directory.Delete(_data, recursive: true);
    }
}
