using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrleansIdentity.OktaSimulator.Scim;

/// <summary>Sends requests as Okta does and records each. Whatever goes wrong is an answer, never an exception.</summary>
internal sealed class OktaScimClient(HttpClient http, ScimTarget target, TimeSpan timeout, TimeProvider time, CallLog calls)
{
    /// <summary>How often Okta sends a request that is answered 429, before it gives up.</summary>
    private const int MaxAttempts = 10;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, string> NoHeaders = [];

    private readonly string _root = target.BaseUrl.TrimEnd('/');

    /// <summary>
    /// Sends a request; one that is answered 429 again, after the pause that the answer asks for. A query by POST whose connection the server has just closed is sent
    /// again too, as <see cref="HttpClient"/> does with one by GET (RFC 9112 §9.3.1): both are safe.
    /// </summary>
    public async Task<ScimAnswer> SendAsync(ScimRequest request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (answer, pause) = await SendOnceAsync(request, cancellationToken);
            if (answer.Status is not (429 or 0) || pause is not { } wait || wait > LongestPause || attempt == MaxAttempts)
            {
                return answer;
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private async Task<(ScimAnswer Answer, TimeSpan? Pause)> SendOnceAsync(ScimRequest request, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var start = time.GetTimestamp();
        var (answer, pause) = await TryAsync(request, either.Token, cancellationToken);
        calls.Add(request.Kind, answer.Status, time.GetElapsedTime(start));
        return (answer, pause);
    }

    private async Task<(ScimAnswer Answer, TimeSpan? Pause)> TryAsync(ScimRequest request, CancellationToken either, CancellationToken cancelled)
    {
        try
        {
            using var message = new HttpRequestMessage(request.Method, $"{_root}/{request.Path}") { Content = Content(request) };
            OktaHttp.SetHeaders(message, request.Authorization ?? $"Bearer {target.Token}");
            foreach (var (name, value) in request.Headers)
            {
                Set(message, name, value);
            }

            using var response = await http.SendAsync(message, either);

            var text = await response.Content.ReadAsStringAsync(either);
            var mediaType = response.Content.Headers.ContentType?.MediaType;
            var answer = new ScimAnswer(request, (int)response.StatusCode, mediaType, Headers(response), text) { Secret = target.Token };
            return (answer, Pause(response));
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            return (NoAnswer(request, $"nothing within {timeout.TotalSeconds:0.#} s"), null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            var isQuery = request.Path.EndsWith(".search", StringComparison.Ordinal);
            return (NoAnswer(request, $"{exception.Message} {exception.InnerException?.Message}".TrimEnd()), isQuery ? TimeSpan.Zero : null);
        }
    }

    private static StringContent? Content(ScimRequest request)
    {
        if ((request.Text ?? request.Body?.ToJsonString(Json)) is not { } text)
        {
            return null;
        }

        var content = new StringContent(text, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/scim+json; charset=utf-8");
        return content;
    }

    private static void Set(HttpRequestMessage message, string name, string? value)
    {
        HttpHeaders headers = name == "Content-Type" ? message.Content!.Headers : message.Headers;
        headers.Remove(name);
        if (value is not null)
        {
            headers.TryAddWithoutValidation(name, value);
        }
    }

    private static Dictionary<string, string> Headers(HttpResponseMessage response) => response.Headers.NonValidated
        .Concat(response.Content.Headers.NonValidated)
        .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);

    // Okta honours whole seconds and nothing else.
    private static TimeSpan? Pause(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Retry-After", out var values) && uint.TryParse(values.ToString(), out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static ScimAnswer NoAnswer(ScimRequest request, string why) => new(request, 0, null, NoHeaders, why);
}
