using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OrleansIdentity.Api.Tests.Judge.Faults;

/// <summary>A request on its way through a fault, which may send it on, changed or not, send others, and answer what it likes.</summary>
internal sealed class FaultyExchange(HttpClient product, string scimPath, HttpRequest request, string body)
{
    /// <summary>Marks what a fault sends: it goes straight to the product.</summary>
    public const string DirectHeader = "X-Direct";

    private static readonly string[] Forwarded = ["Authorization", "Accept", "If-Match", "If-None-Match"];

    public string Method => request.Method;

    /// <summary>The first segment below the SCIM base URL, such as <c>Users</c>.</summary>
    public string Endpoint { get; } = request.Path.Value![scimPath.Length..].Trim('/').Split('/')[0];

    /// <summary>What follows it in the path: the id; empty for the collection.</summary>
    public string Id { get; } = request.Path.Value![scimPath.Length..].Trim('/').Split('/', 2) is [_, var id] ? id : "";

    public string Query => request.QueryString.Value ?? "";

    /// <summary>A parameter of the query, decoded once.</summary>
    public string Parameter(string name) => request.Query[name].ToString();

    /// <summary>The filter; null for none.</summary>
    public string? Filter => request.Query["filter"] is [{ } filter] ? filter : null;

    public bool IsImport => Method == "GET" && Id.Length == 0 && Filter is null;

    public bool IsLookUp => Filter is not null;

    public bool IsRead => Method == "GET" && Id.Length > 0;

    public bool IsChange => Method is "PUT" or "PATCH";

    /// <summary>The body, as a copy; empty when there is none.</summary>
    public JsonObject Body => body.Length == 0 ? [] : JsonNode.Parse(body)!.AsObject();

    /// <summary>What a PUT or a path-less PATCH sets.</summary>
    public JsonObject Changes => Method == "PATCH" ? Body["Operations"]![0]!["value"]!.AsObject() : Body;

    /// <summary>Sends the request on.</summary>
    public Task<FaultyAnswer> ForwardAsync() => SendAsync(Method, Id, Query, body);

    /// <summary>Sends the request on without a header.</summary>
    public Task<FaultyAnswer> ForwardWithoutAsync(string header)
    {
        request.Headers.Remove(header);
        return ForwardAsync();
    }

    /// <summary>Sends the request on with another body.</summary>
    public Task<FaultyAnswer> ForwardBodyAsync(string text) => SendAsync(Method, Id, Query, text);

    public string? Header(string name) => request.Headers[name] is [{ } value] ? value : null;

    /// <summary>Sends the request on with another query.</summary>
    public Task<FaultyAnswer> ForwardQueryAsync(string query) => SendAsync(Method, Id, query, body);

    /// <summary>Sends the request on with other changes.</summary>
    public Task<FaultyAnswer> ForwardChangesAsync(Action<JsonObject> change)
    {
        var changed = Body;
        change(Method == "PATCH" ? changed["Operations"]![0]!["value"]!.AsObject() : changed);
        return SendAsync(Method, Id, Query, changed.ToJsonString());
    }

    public Task<FaultyAnswer> ReadAsync(string id) => SendAsync("GET", id, "", "");

    public Task<FaultyAnswer> FindAsync(string attribute, string value) =>
        SendAsync("GET", "", $"?filter={Uri.EscapeDataString($"{attribute} eq {JsonValue.Create(value).ToJsonString()}")}", "");

    /// <summary>Sends any request about the same type of resource.</summary>
    public async Task<FaultyAnswer> SendAsync(string method, string id, string query, string text)
    {
        var path = $"{scimPath}/{Endpoint}{(id.Length > 0 ? $"/{id}" : "")}{query}";
        using var message = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var name in Forwarded)
        {
            if (Header(name) is { } value)
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }
        }

        message.Headers.Add(DirectHeader, "1");
        if (text.Length > 0)
        {
            message.Content = new StringContent(text, Encoding.UTF8);
            message.Content.Headers.Remove("Content-Type");
            message.Content.Headers.TryAddWithoutValidation("Content-Type", Header("Content-Type") ?? "application/scim+json");
        }

        using var response = await product.SendAsync(message);
        return new FaultyAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync())
        {
            Location = response.Headers.Location?.ToString(),
            ETag = response.Headers.ETag?.ToString(),
            Challenge = response.Headers.WwwAuthenticate.FirstOrDefault()?.ToString(),
        };
    }
}
