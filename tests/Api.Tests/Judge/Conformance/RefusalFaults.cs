using OrleansIdentity.Api.Tests.Judge.Faults;
using static OrleansIdentity.Api.Tests.Judge.Conformance.ConformanceFault;

namespace OrleansIdentity.Api.Tests.Judge.Conformance;

/// <summary>Servers that do not know how to say no.</summary>
internal static class RefusalFaults
{
    public static ConformanceFault[] All { get; } =
    [
        Answer("answers errors with nothing in them", ["W2-keyword", "W2-put", "A11-taken", "E1-not-found", "E1-conflict", "E1-status-text",
            "E1-detail", "E3-unauthorized"],
            (_, answer) => answer.Status is 404 or 409 or 401 ? answer with { Text = "{}" } : answer),
        Answer("writes the status of an error as a number", ["E1-status-text"], (_, answer) => answer.Status == 404
            ? answer with { Text = answer.Text.Replace("\"404\"", "404", StringComparison.Ordinal) } : answer),
        Answer("says no challenge", ["E3-challenge"], (_, answer) => answer with { Challenge = null }),
        Answer("answers a conflict without its keyword", ["W2-keyword", "W2-put", "A11-taken"], (_, answer) => answer.Status == 409
            ? FaultyAnswer.Error(409) : answer),
        Answer("answers 400 to an unknown id", ["W5-unknown", "W12-get", "B4-put-delete", "E1-not-found"], (exchange, answer) =>
            exchange is { Endpoint: "Users", Method: "GET" } && answer.Status == 404 ? FaultyAnswer.Error(400, "invalidValue") : answer),
        Answer("lets anybody read", ["E3-no-credential", "K11-authorised"], (exchange, answer) =>
            exchange is { Method: "GET", Endpoint: "Users" } && exchange.Header("Authorization") is null ? FaultyAnswer.EmptyList : answer),
        Answer("lets anybody write", ["E3-write-unauthorized"], (exchange, answer) =>
            exchange is { Method: "POST", Endpoint: "Users" }
                && exchange.Header("Authorization") is null ? FaultyAnswer.EmptyList with { Status = 201 } : answer),
        Answer("fails where it should refuse a create", ["W10-post", "W10-type", "E1-bad-request", "E2-syntax", "E2-keyword", "E2-not-an-object"],
            (exchange, answer) =>
            exchange is { Method: "POST", Endpoint: "Users", Id: "" } && answer.Status == 400 ? FaultyAnswer.Error(500) : answer),
        Answer("answers everything it does not know with 200", ["E3-endpoint"], (exchange, answer) =>
            exchange.Endpoint == "NoSuchEndpoint" ? FaultyAnswer.EmptyList : answer),
    ];
}
