using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Judge.Faults;
using static OrleansIdentity.Api.Tests.Judge.Conformance.ConformanceFault;

namespace OrleansIdentity.Api.Tests.Judge.Conformance;

/// <summary>Servers that do not mind versions.</summary>
internal static class VersionFaults
{
    public static ConformanceFault[] All { get; } =
    [
        Of("ignores If-Match", ["V2-put", "V2-patch", "V2-delete"], exchange => exchange.ForwardWithoutAsync("If-Match")),
        Of("ignores If-None-Match", ["V2-none-match"], exchange => exchange.ForwardWithoutAsync("If-None-Match")),
        Answer("has another version in meta", ["V1-meta"], (exchange, answer) =>
            exchange is { Endpoint: "Users", Method: "GET", Id.Length: > 0 }
                ? answer.With(body => (body["meta"] as JsonObject)?["version"] = "W/\"other\"") : answer),
        Answer("has one version for ever", ["V1-changes"], (exchange, answer) =>
            exchange is { Endpoint: "Users", Method: "GET", Id.Length: > 0 } && answer.ETag is not null && exchange.Header("If-None-Match") is null
                ? answer with { ETag = "W/\"1\"" } : answer),
    ];
}
