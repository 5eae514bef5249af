using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Judge.Faults;
using static OrleansIdentity.Api.Tests.Judge.Conformance.ConformanceFault;

namespace OrleansIdentity.Api.Tests.Judge.Conformance;

/// <summary>Servers whose PATCH does something else.</summary>
internal static class PatchFaults
{
    public static ConformanceFault[] All { get; } =
    [
        Patch("takes 'remove' without a path for nothing to do", ["T-remove-no-path", "A3-atomic"],
            operation => operation["op"]!.ToString() == "remove" && operation["path"] is null ? [] : [operation]),
        Patch("replaces a complex attribute as a whole", ["T-replace-complex"], operation =>
            operation["op"]!.ToString() == "replace" && operation["path"]?.ToString() == "name" && operation["value"] is JsonObject
                ? [Operation("remove", "name"), operation] : [operation]),
        Patch("ignores the removal of a member", ["TM-remove", "TM-remove-other", "TM-remove-twice", "TM-add-remove"],
            operation => operation["op"]!.ToString() == "remove"
                && operation["path"]?.ToString().StartsWith("members[", StringComparison.Ordinal) == true ? [] : [operation]),
        Patch("removes all members instead of one", ["TM-remove-other", "TM-remove-stranger", "TM-add-remove"],
            operation => operation["op"]!.ToString() == "remove" && operation["path"]?.ToString().StartsWith("members[", StringComparison.Ordinal) == true
                ? [Operation("remove", "members")] : [operation]),
        Patch("removes all members instead of those listed", ["TM-remove-listed"],
            operation => operation["op"]!.ToString() == "remove" && operation["path"]?.ToString() == "members" && operation["value"] is not null
                ? [Operation("remove", "members")] : [operation]),
        Patch("adds members where it should replace them", ["TM-replace", "TM-replace-none"],
            operation => operation["op"]!.ToString() == "replace" && operation["path"]?.ToString() == "members"
                ? [Operation("add", "members", operation["value"])] : [operation]),
        Of("refuses to empty a group", ["TM-replace-none"], async exchange =>
            exchange.Method == "PATCH" && Operations(exchange) is [var only] && only!["value"] is JsonArray { Count: 0 }
                && only["path"]?.ToString() == "members"
                ? FaultyAnswer.Error(400, "invalidValue") : await exchange.ForwardAsync()),
        Of("refuses an id in a value", ["A8-no-path", "TM-rename-with-id"], async exchange =>
            exchange.Method == "PATCH" && Operations(exchange)?.Any(one => one?["value"] is JsonObject value && value.ContainsKey("id")) == true
                ? FaultyAnswer.Error(400, "mutability") : await exchange.ForwardAsync()),
        Of("applies operations one by one", ["A3-atomic", "A11-taken"], async exchange =>
        {
            if (exchange is not { Method: "PATCH", Endpoint: "Users" } || Operations(exchange) is not { Count: 2 or 3 } operations)
            {
                return await exchange.ForwardAsync();
            }

            FaultyAnswer answer = null!;
            foreach (var operation in operations)
            {
                answer = await exchange.ForwardBodyAsync(Message(exchange, [operation!.AsObject()]));
                if (!answer.IsSuccess)
                {
                    break;
                }
            }

            return answer;
        }),
        Patch("applies operations backwards", ["A3-order", "TM-add-remove"], _ => null),
        Answer("leaves two addresses primary", ["A6-primary"], (exchange, answer) => exchange is { Endpoint: "Users", Method: "GET", Id.Length: > 0 }
            ? answer.With(body =>
            {
                if (body["emails"] is JsonArray { Count: > 1 } emails && emails.Any(email => email!["type"]?.ToString() == "home"
                    && email["primary"]?.ToString() == "true"))
                {
                    foreach (var email in emails)
                    {
                        email!["primary"] = true;
                    }
                }
            })
            : answer),
        new("moves lastModified with each PATCH", ["A10-unchanged"], () =>
        {
            var touched = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>();
            return async exchange =>
            {
                if (exchange is { Method: "PATCH", Endpoint: "Users" })
                {
                    touched[exchange.Id] = true;
                }

                return (await exchange.ForwardAsync()).With(body =>
                {
                    if (exchange is { Method: "GET", Endpoint: "Users" } && touched.ContainsKey(exchange.Id))
                    {
                        body["meta"]!["lastModified"] = "2100-01-01T00:00:00Z";
                    }
                });
            };
        }),
    ];

    /// <summary>A server that does something else for an operation; null turns all of them round.</summary>
    private static ConformanceFault Patch(string name, string[] expected, Func<JsonObject, JsonObject[]?> change) => Of(name, expected, exchange =>
    {
        if (exchange.Method != "PATCH" || Operations(exchange) is not { Count: > 0 and < 10 } operations || operations.Any(one => one?["op"] is null))
        {
            return exchange.ForwardAsync();
        }

        var sent = operations.Select(one => one!.AsObject()).ToArray();
        var changed = sent.Select(change).ToArray();
        var all = changed.Any(one => one is null) ? [.. sent.Reverse()] : changed.SelectMany(one => one!).ToArray();
        return all.Length > 0 ? exchange.ForwardBodyAsync(Message(exchange, all)) : exchange.ReadAsync(exchange.Id);
    });

    private static JsonArray? Operations(FaultyExchange exchange)
    {
        try
        {
            return exchange.Body["Operations"] as JsonArray;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Message(FaultyExchange exchange, JsonObject[] operations)
    {
        var message = exchange.Body;
        message["Operations"] = new JsonArray([.. operations.Select(operation => operation.DeepClone())]);
        return message.ToJsonString();
    }

    private static JsonObject Operation(string op, string path, JsonNode? value = null)
    {
        var operation = new JsonObject { ["op"] = op, ["path"] = path };
        if (value is not null)
        {
            operation["value"] = value.DeepClone();
        }

        return operation;
    }
}
