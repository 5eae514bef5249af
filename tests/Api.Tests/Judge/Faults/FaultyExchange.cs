using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OrleansIdentity.Api.Tests.Judge.Faults;

/// <summary>A request on its way through a fault, which may send it on, changed or not, send others, and answer what it likes.</summary>
internal sealed class FaultyExchange(HttpClient product, string scimPath, HttpRequest request, string body)
{
    /// <summary>Marks what a fault sends: it goes straight to the product.</summary>
    public const string DirectHeader = "X-Direct";

    public string Method => request.Method;

    /// <summary>The id in the path; empty for the collection.</summary>
    public string Id { get; } = request.Path.Value![(scimPath.Length + "/Users".Length)..].Trim('/');

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

    /// <summary>Sends any request about users.</summary>
    public async Task<FaultyAnswer> SendAsync(string method, string id, string query, string text)
    {
        var path = $"{scimPath}/Users{(id.Length > 0 ? $"/{id}" : "")}{query}";
        using var message = new HttpRequestMessage(new HttpMethod(method), path);
        message.Headers.TryAddWithoutValidation("Authorization", request.Headers.Authorization.ToString());
        message.Headers.Add(DirectHeader, "1");
        if (text.Length > 0)
        {
            message.Content = new StringContent(text, Encoding.UTF8, "application/scim+json");
        }

        using var response = await product.SendAsync(message);
        return new FaultyAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync()) { Location = response.Headers.Location?.ToString() };
    }
}
