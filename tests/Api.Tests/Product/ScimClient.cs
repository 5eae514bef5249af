using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace OrleansIdentity.Api.Tests.Product;

/// <summary>Sends raw SCIM requests and reads whole answers.</summary>
public sealed class ScimClient(HttpClient http, Uri baseUrl) : IDisposable
{
    public const string MediaType = "application/scim+json";

    public Uri BaseUrl => baseUrl;

    public static JsonObject User(string userName, params (string Name, JsonNode? Value)[] members)
    {
        var user = new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:User"),
            ["userName"] = userName,
        };
        foreach (var (name, value) in members)
        {
            user[name] = value;
        }

        return user;
    }

    public static JsonObject PatchOp(params JsonObject[] operations) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
        ["Operations"] = new JsonArray([.. operations.Select(operation => operation.DeepClone())]),
    };

    public static JsonObject Replace(string? path, JsonNode? value)
    {
        var operation = new JsonObject { ["op"] = "replace", ["value"] = value };
        if (path is not null)
        {
            operation["path"] = path;
        }

        return operation;
    }

    public Task<ScimAnswer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<ScimAnswer> PostAsync(string path, JsonNode body) => SendAsync(HttpMethod.Post, path, body.ToJsonString());

    public Task<ScimAnswer> PutAsync(string path, JsonNode body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Put, path, body.ToJsonString(), headers);

    public Task<ScimAnswer> PatchAsync(string path, JsonNode body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Patch, path, body.ToJsonString(), headers);

    public Task<ScimAnswer> DeleteAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Delete, path, null, headers);

    public async Task<ScimAnswer> SendAsync(HttpMethod method, string path, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(baseUrl.ToString() + path));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse($"{MediaType}; charset=utf-8");
        }

        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await http.SendAsync(request);
        return await ScimAnswer.ReadAsync(response);
    }

    /// <summary>Creates a user that must be accepted, and gives its id.</summary>
    public async Task<string> CreateAsync(string userName, params (string Name, JsonNode? Value)[] members)
    {
        var answer = await PostAsync("Users", User(userName, members));
        Assert.Equal(201, answer.Status);
        return answer.Body!["id"]!.GetValue<string>();
    }

    public void Dispose() => http.Dispose();
}
