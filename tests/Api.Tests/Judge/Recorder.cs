using System.Collections.Concurrent;
using OrleansIdentity.OktaSimulator.Scenarios;

namespace OrleansIdentity.Api.Tests.Judge;

/// <summary>Runs the simulator and keeps what it sends.</summary>
internal sealed class Recorder() : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly ConcurrentQueue<SentRequest> _requests = [];

    public IReadOnlyCollection<SentRequest> Requests => _requests;

    public async Task<ProvisionReport> RunAsync(ProvisionOptions options)
    {
        using var http = new HttpClient(this, disposeHandler: false);
        return await new ProvisionRun(http, TimeProvider.System).RunAsync(options, null, CancellationToken.None);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = request.Headers.NonValidated.ToDictionary(header => header.Key, header => header.Value.ToString());
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        _requests.Enqueue(new SentRequest(request.Method.Method, request.RequestUri!.Query, headers, request.Content?.Headers.ContentType?.ToString(), body));
        return await base.SendAsync(request, cancellationToken);
    }

    public sealed record SentRequest(string Method, string Query, Dictionary<string, string> Headers, string? ContentType, string? Body);
}
