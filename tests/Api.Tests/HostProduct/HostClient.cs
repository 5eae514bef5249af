using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.HostProduct;

/// <summary>The host product of a tenant: its key, and people whom it asks for.</summary>
public sealed class HostClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _base;

    private HostClient(TestTenant tenant, string keyId, string key)
    {
        KeyId = keyId;
        Key = key;
        _http = tenant.Product.Client(key);
        _base = new Uri(tenant.Product.BaseUrl, $"/t/{tenant.Slug}/api/v1/");
    }

    public string KeyId { get; }

    public string Key { get; }

    public static async Task<HostClient> MintAsync(TestTenant tenant)
    {
        var response = await tenant.Product.Operator.PostAsJsonAsync($"/operator/v1/tenants/{tenant.Slug}/host-keys", new { label = "test" });
        Assert.Equal(System.Net.HttpStatusCode.Created, response.StatusCode);
        var minted = await response.Content.ReadFromJsonAsync<JsonObject>();
        return new HostClient(tenant, minted!["id"]!.GetValue<string>(), minted["token"]!.GetValue<string>());
    }

    public async Task<(int Status, JsonObject Body, HttpResponseHeaders Headers)> SendAsync(
        string method, string path, string? body = null, string? by = null, string contentType = "application/json", string? ifMatch = null, byte[]? bytes = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_base, path));
        if (body is not null || bytes is not null)
        {
            request.Content = new ByteArrayContent(bytes ?? Encoding.UTF8.GetBytes(body!));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        if (by is not null)
        {
            request.Headers.TryAddWithoutValidation("On-Behalf-Of", by);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length > 0 ? JsonNode.Parse(text) as JsonObject ?? [] : [], response.Headers);
    }

    public async Task<JsonObject> GetAsync(string path, string? by = null)
    {
        var (status, body, _) = await SendAsync("GET", path, by: by);
        Assert.True(status == 200, $"{status}: {body}");
        return body;
    }

    public void Dispose() => _http.Dispose();
}
