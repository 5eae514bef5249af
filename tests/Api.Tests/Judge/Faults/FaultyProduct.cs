using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Judge.Faults;

/// <summary>The product with faults in front of it: one for each tenant that asks for one.</summary>
public sealed class FaultyProduct : IAsyncLifetime, IStartupFilter
{
    private readonly string _data = Directory.CreateTempSubdirectory("orleansidentity-judge-").FullName;
    private readonly ConcurrentDictionary<string, Fault> _faults = [];
    private HttpClient _direct = null!;

    /// <summary>Answers a request instead of the product.</summary>
    internal delegate Task<FaultyAnswer> Fault(FaultyExchange exchange);

    public RunningProduct Product { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Product = await RunningProduct.StartAsync(_data, builder => builder.Services.AddSingleton<IStartupFilter>(this));
        _direct = new HttpClient { BaseAddress = Product.BaseUrl };
    }

    public async Task DisposeAsync()
    {
        _direct.Dispose();
        await Product.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    internal void Plant(TestTenant tenant, Fault fault) => _faults[tenant.Slug] = fault;

    Action<IApplicationBuilder> IStartupFilter.Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (http, product) =>
        {
            var segments = http.Request.Path.Value!.Split('/');
            if (http.Request.Headers.ContainsKey(FaultyExchange.DirectHeader)
                || segments is not ["", "t", var slug, "scim", "v2", ..]
                || !_faults.TryGetValue(slug, out var fault))
            {
                await product(http);
                return;
            }

            using var reader = new StreamReader(http.Request.Body);
            var exchange = new FaultyExchange(_direct, $"/t/{slug}/scim/v2", http.Request, await reader.ReadToEndAsync());
            await WriteAsync(http, await fault(exchange));
        });
        next(app);
    };

    private static async Task WriteAsync(HttpContext http, FaultyAnswer answer)
    {
        if (answer.IsAborted)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = answer.Status;
        http.Response.Headers.Location = answer.Location;
        http.Response.Headers.RetryAfter = answer.RetryAfter;
        http.Response.Headers.ETag = answer.ETag;
        http.Response.Headers.WWWAuthenticate = answer.Challenge;
        if (answer.Text.Length > 0)
        {
            http.Response.ContentType = answer.MediaType;
            await http.Response.WriteAsync(answer.Text);
        }
    }
}
