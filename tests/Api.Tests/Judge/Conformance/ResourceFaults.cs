using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Judge.Faults;
using static OrleansIdentity.Api.Tests.Judge.Conformance.ConformanceFault;

namespace OrleansIdentity.Api.Tests.Judge.Conformance;

/// <summary>Servers whose resources are not what they must be.</summary>
internal static class ResourceFaults
{
    public static ConformanceFault[] All { get; } =
    [
        Answer("calls its answers application/json", ["C1-scim-json", "C3-no-accept", "E1-media-type"],
            (_, answer) => answer with { MediaType = "application/json" }),
        Answer("leaves out schemas", ["C6-resource", "A7-extension"], (exchange, answer) =>
            exchange is { Endpoint: "Users", Method: "GET", Id.Length: > 0 } ? answer.With(body => body.Remove("schemas")) : answer),
        Answer("invents an externalId", ["C8-not-invented"], (exchange, answer) => exchange is { Endpoint: "Users", Method: "GET", Id.Length: > 0 }
            ? answer.With(body => body["externalId"] ??= "invented") : answer),
        Answer("calls a user a person", ["C9-resource-type"], (exchange, answer) =>
            exchange is { Endpoint: "Users", Method: "GET", Id.Length: > 0 }
                ? answer.With(body => (body["meta"] as JsonObject)?["resourceType"] = "Person") : answer),
        Answer("echoes a password", ["C10-password-create"], (exchange, answer) => exchange.Method != "POST" || exchange.Endpoint != "Users"
            || exchange.Id.Length > 0
            || !answer.IsSuccess || exchange.Body["password"] is not { } password ? answer : answer.With(body => body["password"] = password.DeepClone())),
        Answer("gives no Location", ["W1-location-header"], (_, answer) => answer with { Location = null }),
        Answer("gives another Location than it has", ["W1-location-equal"], (_, answer) =>
            answer with { Location = answer.Location?.Replace("http:", "https:", StringComparison.Ordinal) }),
        Answer("answers a create with 200", ["W1-created"], (exchange, answer) => exchange is { Endpoint: "Users", Method: "POST", Id: "" }
            && answer.IsSuccess ? answer with { Status = 200 } : answer),
        Of("takes names in other letter case for other names", ["W2-letter-case"], async exchange =>
        {
            if (exchange is { Endpoint: "Users", Method: "POST", Id: "" } && exchange.Header("Content-Type")?.Contains("json", StringComparison.Ordinal) == true
                && TryName(exchange) is { } name && name == name.ToUpperInvariant())
            {
                return await exchange.ForwardBodyAsync(With(exchange, "userName", $"upper.{name}"));
            }

            return await exchange.ForwardAsync();
        }),
        Of("creates by PUT", ["W6-unknown", "W12-put"], async exchange =>
            await exchange.ForwardAsync() is var answer && exchange is { Endpoint: "Users", Method: "PUT", Id.Length: > 0 } && answer.Status == 404
                ? await exchange.SendAsync("POST", "", "", exchange.Body.ToJsonString()) with { Status = 200 }
                : answer),
        Of("keeps what a replacement leaves out of a name", ["W7-complex"], async exchange =>
        {
            if (exchange is not { Endpoint: "Users", Method: "PUT", Id.Length: > 0 } || exchange.Body["name"] is not JsonObject
                || await exchange.ReadAsync(exchange.Id) is not { IsSuccess: true } read || read.Json["name"] is not JsonObject before)
            {
                return await exchange.ForwardAsync();
            }

            return await exchange.ForwardChangesAsync(changes =>
            {
                foreach (var (part, value) in before)
                {
                    changes["name"]![part] ??= value?.DeepClone();
                }
            });
        }),
        new("only marks what is deleted", ["W12-put", "W12-patch", "W12-delete", "W13-again", "W14-user-deleted"], () =>
        {
            var deleted = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>();
            return async exchange =>
                exchange is { Endpoint: "Users", Method: "DELETE" } && exchange.Header("If-Match") is null && deleted.TryAdd(exchange.Id, true)
                    && await exchange.ReadAsync(exchange.Id) is { IsSuccess: true } ? new FaultyAnswer(204, "")
                : exchange is { Endpoint: "Users", Method: "GET" } && deleted.ContainsKey(exchange.Id) ? FaultyAnswer.Error(404)
                : exchange is { Endpoint: "Users", Method: "GET", Id: "" }
                    ? (await exchange.ForwardAsync()).WithUsers(users => users.Where(user => !deleted.ContainsKey(user["id"]!.ToString())))
                : await exchange.ForwardAsync();
        }),
        Answer("shows no groups of a user", ["W14-mirrored"], (exchange, answer) =>
            exchange is { Endpoint: "Users", Method: "GET" } ? answer.With(body => body.Remove("groups")) : answer),
    ];

    private static string? TryName(FaultyExchange exchange)
    {
        try
        {
            return exchange.Body["userName"]?.ToString();
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string With(FaultyExchange exchange, string name, string value)
    {
        var body = exchange.Body;
        body[name] = value;
        return body.ToJsonString();
    }
}
