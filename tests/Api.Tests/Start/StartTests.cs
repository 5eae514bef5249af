using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Api.Tests.Start;

/// <summary>What a person meets who starts the product.</summary>
[SupportedOSPlatform("linux")]
public sealed class StartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orleansidentity-start-").FullName;

    private string Data => Path.Combine(_folder, "data");

    private string DemoFile => Path.Combine(Data, "demo.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Development_FirstStart_MakesATenantThatWorksAndARestartKeepsIt()
    {
        string id;
        JsonObject first;
        using (var product = await ProductProcess.StartAsync("Development", Data))
        {
            first = await DemoAsync(product);
            // It is printed when the file is there, and other lines come before it.
            while (!product.Output.Contains(first["scimToken"]!.GetValue<string>(), StringComparison.Ordinal))
            {
                await Task.Yield();
            }

            Assert.Contains(first["operatorKey"]!.GetValue<string>(), product.Output, StringComparison.Ordinal);
            using var scim = Client(product, first);
            id = await scim.CreateAsync("kept@example.com");
            await product.KillAsync();
        }

        Assert.All(Directory.GetFiles(Data), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));

        using var again = await ProductProcess.StartAsync("Development", Data);
        var second = await DemoAsync(again);
        Assert.Equal(first["scimToken"]!.GetValue<string>(), second["scimToken"]!.GetValue<string>());
        Assert.Equal(first["operatorKey"]!.GetValue<string>(), second["operatorKey"]!.GetValue<string>());
        Assert.DoesNotContain(second["scimToken"]!.GetValue<string>(), again.Output, StringComparison.Ordinal);
        using var after = Client(again, second);
        Assert.Equal(200, (await after.GetAsync($"Users/{id}")).Status);
        Assert.Equal(200, (int)(await again.Client(second["operatorKey"]!.GetValue<string>()).GetAsync("/operator/v1/tenants/acme")).StatusCode);
    }

    [Fact]
    public async Task Production_WithoutKeys_RefusesAndSaysWhatToSet()
    {
        using var product = ProductProcess.Launch("Production", Data);

        Assert.Equal(2, await product.EndAsync());
        Assert.Contains("Operator__Key", product.Output, StringComparison.Ordinal);
        Assert.Contains("Secrets__KeyEncryptionKey", product.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", product.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(DemoFile));
    }

    [Fact]
    public async Task Production_WithKeys_CreatesNoTenant()
    {
        await using var product = await RunningProduct.StartAsync(Data);

        Assert.Contains("\"tenants\":[]", await product.Operator.GetStringAsync("/operator/v1/tenants"), StringComparison.Ordinal);
        Assert.False(File.Exists(DemoFile));
    }

    [Fact]
    public async Task Production_AnotherKeyEncryptionKey_IsRefused()
    {
        await using (await RunningProduct.StartAsync(Data))
        {
        }

        using var product = ProductProcess.Launch("Production", Data,
            ["--Operator:Key", RunningProduct.OperatorKey, "--Secrets:KeyEncryptionKey", Convert.ToBase64String(new byte[32]),
            .. await TestStore.SettingsAsync(Data)]);

        Assert.Equal(2, await product.EndAsync());
        Assert.Contains("not the key that this data was made with", product.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait(TestStore.Trait, TestStore.SqliteOnly)]
    public async Task SecondProcess_OnTheSameData_IsRefusedAndTheFirstGoesOn()
    {
        await using var first = await RunningProduct.StartAsync(Data);
        using var second = ProductProcess.Launch(
            "Production", Data, "--Operator:Key", RunningProduct.OperatorKey, "--Secrets:KeyEncryptionKey", RunningProduct.KeyEncryptionKey);

        Assert.Equal(2, await second.EndAsync());
        Assert.Contains(Data, second.Output, StringComparison.Ordinal);
        Assert.Equal(200, (int)(await first.Operator.GetAsync("/operator/v1/tenants")).StatusCode);
    }

    private async Task<JsonObject> DemoAsync(ProductProcess product)
    {
        // The file is written when the product has started; ready is a little earlier.
        while (!File.Exists(DemoFile) || JsonNode.Parse(await File.ReadAllTextAsync(DemoFile))!["baseUrl"]!.GetValue<string>() != Url(product))
        {
            await Task.Yield();
        }

        while (product.Output.Length == 0)
        {
            await Task.Yield();
        }

        return JsonNode.Parse(await File.ReadAllTextAsync(DemoFile))!.AsObject();
    }

    private static string Url(ProductProcess product) => product.BaseUrl.ToString().TrimEnd('/');

    private static ScimClient Client(ProductProcess product, JsonObject demo) =>
        new(product.Client(demo["scimToken"]!.GetValue<string>()), new Uri($"{demo["scimBaseUrl"]}/"));
}
