using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace OrleansIdentity.Cluster.Tests.Traffic;

/// <summary>How a request ended.</summary>
/// <param name="Status">The status; 0 when the connection failed before there was one.</param>
/// <param name="Body">The body, where there is one.</param>
/// <param name="Failure">What was wrong with the answer itself; null when nothing was.</param>
internal sealed record Answer(int Status, JsonObject? Body, string? Failure)
{
    /// <summary>Whether it is not known if the request had its effect.</summary>
    public bool IsUnknown => Status is 0 or 503;
}

/// <summary>A request that ended without a right answer.</summary>
/// <param name="Status">503, or 0 when there was no connection.</param>
/// <param name="EndedAt">When, as <see cref="Stopwatch.GetTimestamp"/> counts.</param>
/// <param name="Took">How long its caller waited.</param>
internal sealed record Failure(int Status, long EndedAt, TimeSpan Took);

/// <summary>Sends SCIM requests to the two APIs in turn, as a load balancer would.</summary>
internal sealed class Requests : IDisposable
{
    /// <summary>More than the APIs' own deadline: a request that takes this long was not answered.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient _client = new() { Timeout = Patience };
    private readonly Uri[] _apis;
    private readonly string _path;
    private int _turn;

    public Requests(Uri[] apis, JsonObject demo)
    {
        _apis = apis;
        _path = $"/t/{demo["tenant"]!.GetValue<string>()}/scim/v2/";
        _client.DefaultRequestHeaders.Authorization = new("Bearer", demo["scimToken"]!.GetValue<string>());
    }

    /// <summary>Told about every answer that is wrong in itself.</summary>
    public Action<string> Wrong { get; set; } = _ => { };

    /// <summary>Told when a request ended without a right answer.</summary>
    public Action<Failure> Failed { get; set; } = _ => { };

    public async Task<Answer> SendAsync(HttpMethod method, string path, JsonObject? body = null)
    {
        var api = _apis[(uint)Interlocked.Increment(ref _turn) % _apis.Length];
        using var request = new HttpRequestMessage(method, new Uri(api, _path + path));
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, MediaTypeHeaderValue.Parse("application/scim+json"));
        }

        var started = Stopwatch.GetTimestamp();
        var answer = await AnswerAsync(request);
        if (answer.Failure is not null)
        {
            Wrong($"{method} {api.Port} {path}: {answer.Failure}");
        }

        if (answer.IsUnknown)
        {
            Failed(new Failure(answer.Status, Stopwatch.GetTimestamp(), Stopwatch.GetElapsedTime(started)));
        }

        return answer;
    }

    public void Dispose() => _client.Dispose();

    private async Task<Answer> AnswerAsync(HttpRequestMessage request)
    {
        try
        {
            using var response = await _client.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            var status = (int)response.StatusCode;
            var failure = response.StatusCode switch
            {
                HttpStatusCode.ServiceUnavailable when response.Headers.RetryAfter is null => "503 without Retry-After",
                >= HttpStatusCode.InternalServerError when status != 503 => $"{status} {text}",
                _ => null,
            };
            return new Answer(status, text.Length > 0 ? JsonNode.Parse(text)!.AsObject() : null, failure);
        }
        catch (TaskCanceledException)
        {
            return new Answer(0, null, $"no answer within {Patience.TotalSeconds} s");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // The API is down or went down: a load balancer would have answered 502.
            return new Answer(0, null, null);
        }
    }
}
