using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OrleansIdentity.Okta.Tests.Support;

/// <summary>A server that is not the org: it notes who comes, and answers as the test says.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Visit> _visits = [];

    private Listener(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync();
            _visits.Enqueue(new(
                http.Request.Method, body, http.Request.Headers.ToDictionary(one => one.Key, one => one.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
            await answer(http);
        });
    }

    public Uri Url { get; private set; } = new("http://127.0.0.1");

    public IReadOnlyList<Visit> Visits => [.. _visits];

    public static async Task<Listener> StartAsync(RequestDelegate? answer = null)
    {
        var listener = new Listener(answer ?? (_ => Task.CompletedTask));
        await listener._app.StartAsync();
        listener.Url = new(listener._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return listener;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>A request that a listener has seen.</summary>
internal sealed record Visit(string Method, string Body, IReadOnlyDictionary<string, string> Headers);
