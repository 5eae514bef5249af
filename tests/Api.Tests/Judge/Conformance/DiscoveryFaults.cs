using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Judge.Faults;
using static OrleansIdentity.Api.Tests.Judge.Conformance.ConformanceFault;

namespace OrleansIdentity.Api.Tests.Judge.Conformance;

/// <summary>Servers that say something wrong of themselves.</summary>
internal static class DiscoveryFaults
{
    private static readonly string[] WithoutBulk =
    [
        "B1-operations", "B1-payload", "B2-stops", "B2-goes-on", "B3-required", "B3-echoed", "B3-backward", "B3-forward", "B3-path", "B3-unknown",
        "B4-patch", "B4-put-delete", "B5-shape", "B5-error",
    ];

    public static ConformanceFault[] All { get; } =
    [
        Answer("does not say how to authenticate", ["D4-authentication"], (exchange, answer) =>
            exchange.Endpoint == "ServiceProviderConfig" ? answer.With(body => body.Remove("authenticationSchemes")) : answer),
        Answer("leaves out the type of attributes", ["D5-type"], (exchange, answer) => exchange is { Endpoint: "Schemas", Method: "GET" }
            ? answer.With(body => Each(body, attribute => attribute.Remove("multiValued"))) : answer),
        Answer("says that userName has letter case", ["D5-user-name"], (exchange, answer) => exchange is { Endpoint: "Schemas", Method: "GET" }
            ? answer.With(body => Each(body, attribute => attribute["caseExact"] = attribute["name"]!.ToString() == "userName"
                || attribute["caseExact"]?.ToString() == "true"))
            : answer),
        Answer("has no schema of the extension", ["D6-schemas"], (exchange, answer) => exchange is { Endpoint: "Schemas", Method: "GET", Id: "" }
            ? answer.WithUsers(schemas => schemas.Where(schema => !schema["id"]!.ToString().Contains("enterprise", StringComparison.Ordinal)))
            : answer),
        Of("filters its schemas", ["P17-filter"], exchange => exchange.Endpoint == "Schemas" ? exchange.ForwardQueryAsync("") : exchange.ForwardAsync()),
        new("says that it sorts, and does not", ["P1-default", "P1-ascending", "P1-descending", "P2-ascending", "P2-descending", "P3-primary",
            "P4-letter-case", "P4-path", "P1-pages"], () => async exchange =>
            exchange.Endpoint == "ServiceProviderConfig" ? (await exchange.ForwardAsync()).With(body => body["sort"] = new JsonObject { ["supported"] = true })
                : await exchange.ForwardQueryAsync(Without(exchange.Query, "sortBy"))),
        Of("says that it has bulk, and has not", WithoutBulk, async exchange =>
            exchange.Endpoint == "Bulk" ? FaultyAnswer.Error(501)
                : exchange.Endpoint != "ServiceProviderConfig" ? await exchange.ForwardAsync()
                : (await exchange.ForwardAsync()).With(body =>
                    body["bulk"] = new JsonObject { ["supported"] = true, ["maxOperations"] = 10, ["maxPayloadSize"] = 1_000 })),
        Answer("says that it has no PATCH", [], (exchange, answer) =>
            exchange.Endpoint == "ServiceProviderConfig" ? answer.With(body => body["patch"] = new JsonObject { ["supported"] = false }) : answer),
    ];

    private static void Each(JsonObject body, Action<JsonObject> change)
    {
        foreach (var schema in body["Resources"]?.AsArray() ?? [body])
        {
            foreach (var attribute in schema!["attributes"]!.AsArray())
            {
                change(attribute!.AsObject());
            }
        }
    }

    private static string Without(string query, string parameter) =>
        string.Join('&', query.Split('&').Where(one => !one.TrimStart('?').StartsWith(parameter, StringComparison.Ordinal)));
}
