using System.Net;
using System.Text;
using System.Text.Json;
using OrleansIdentity.OktaSimulator.Directories;

namespace OrleansIdentity.OktaSimulator.Hooks;

/// <summary>HTTP as Okta's hooks speak it: three seconds, no redirects.</summary>
internal sealed class HookSender(OktaIds ids, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Sends a delivery; null when there was no answer in time.</summary>
    public async Task<int?> SendAsync(EventHook hook, string body, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Post, hook);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await AskAsync(request, response => Task.FromResult((int?)response.StatusCode), cancellationToken);
    }

    /// <summary>Sends a challenge and judges the answer.</summary>
    public async Task<bool> ChallengeAsync(EventHook hook, CancellationToken cancellationToken)
    {
        var challenge = ids.New("", 43);
        using var request = Request(HttpMethod.Get, hook);
        request.Headers.TryAddWithoutValidation("X-Okta-Verification-Challenge", challenge);
        return await AskAsync(request, response => IsAnsweredAsync(response, challenge), cancellationToken);
    }

    private static async Task<bool> IsAnsweredAsync(HttpResponseMessage response, string challenge)
    {
        if (response.StatusCode != HttpStatusCode.OK || response.Content.Headers.ContentType?.MediaType != "application/json")
        {
            return false;
        }

        try
        {
            using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            return json.RootElement.GetProperty("verification").GetString() == challenge;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }

    private HttpRequestMessage Request(HttpMethod method, EventHook hook)
    {
        var request = new HttpRequestMessage(method, hook.Url);
        request.Headers.TryAddWithoutValidation("User-Agent", "Okta-Integrations");
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("X-Okta-Request-Id", ids.New("", 22));
        request.Headers.TryAddWithoutValidation(hook.HeaderName, hook.HeaderValue);
        return request;
    }

    private async Task<T?> AskAsync<T>(HttpRequestMessage request, Func<HttpResponseMessage, Task<T>> read, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            return await read(response);
        }
        catch (HttpRequestException)
        {
            return default;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return default;
        }
    }

    public void Dispose() => _http.Dispose();
}
