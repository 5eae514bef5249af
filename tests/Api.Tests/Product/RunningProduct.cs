using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Api.Tests.Product;

/// <summary>The product in this process, on a port and a data folder of its own.</summary>
public sealed class RunningProduct : IAsyncDisposable
{
    public const string OperatorKey = "an-operator-key-for-tests-long-enough";
    public const string KeyEncryptionKey = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private readonly WebApplication _app;

    private RunningProduct(WebApplication app, Uri baseUrl)
    {
        _app = app;
        BaseUrl = baseUrl;
        Operator = Client(OperatorKey);
    }

    public Uri BaseUrl { get; }

    /// <summary>A client of the operator API.</summary>
    public HttpClient Operator { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<RunningProduct> StartAsync(string dataPath, Action<WebApplicationBuilder>? configure = null, params string[] settings)
    {
        string[] args =
        [
            "--urls", "http://127.0.0.1:0",
            "--environment", "Production",
            "--Data:Path", dataPath,
            "--Operator:Key", OperatorKey,
            "--Secrets:KeyEncryptionKey", KeyEncryptionKey,
            "--Logging:LogLevel:Default", "Error",
            .. await TestStore.SettingsAsync(dataPath),
            .. settings,
        ];
        var app = ApiHost.Build(args, configure);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new RunningProduct(app, new Uri(address));
    }

    /// <summary>A client that sends a bearer credential.</summary>
    public HttpClient Client(string bearer)
    {
        var client = new HttpClient { BaseAddress = BaseUrl };
        client.DefaultRequestHeaders.Authorization = new("Bearer", bearer);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Operator.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
