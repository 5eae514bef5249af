using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OrleansIdentity.OktaSimulator.Directories;

namespace OrleansIdentity.OktaSimulator.Management;

/// <summary>Errors as Okta writes them.</summary>
internal sealed class ApiErrors(OktaIds ids)
{
    public Task InvalidAsync(HttpContext http, string cause) => WriteAsync(http, 400, "E0000001", $"Api validation failed: {cause}", cause);

    public Task InvalidTokenAsync(HttpContext http) => WriteAsync(http, 401, "E0000011", "Invalid token provided");

    public Task AuthenticationFailedAsync(HttpContext http) => WriteAsync(http, 401, "E0000004", "Authentication failed");

    public Task NotPermittedAsync(HttpContext http) => WriteAsync(http, 403, "E0000006", "You do not have permission to perform the requested action");

    public Task NotFoundAsync(HttpContext http, string id, string type) =>
        WriteAsync(http, 404, "E0000007", $"Not found: Resource not found: {id} ({type})");

    public Task MethodNotAllowedAsync(HttpContext http) =>
        WriteAsync(http, 405, "E0000022", "The endpoint does not support the provided HTTP method");

    public Task TooManyAsync(HttpContext http) => WriteAsync(http, 429, "E0000047", "API call exceeded rate limit due to too many requests.");

    public Task InternalAsync(HttpContext http, int status) => WriteAsync(http, status, "E0000009", "Internal Server Error");

    public Task WriteAsync(HttpContext http, int status, string code, string summary, params string[] causes)
    {
        http.Response.StatusCode = status;
        return JsonAnswers.WriteAsync(http, new JsonObject
        {
            ["errorCode"] = code,
            ["errorSummary"] = summary,
            ["errorLink"] = code,
            ["errorId"] = ids.New("oae", 22),
            ["errorCauses"] = new JsonArray([.. causes.Select(cause => new JsonObject { ["errorSummary"] = cause })]),
        });
    }
}

/// <summary>Writes JSON.</summary>
internal static class JsonAnswers
{
    public static Task WriteAsync(HttpContext http, JsonNode body)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }
}
