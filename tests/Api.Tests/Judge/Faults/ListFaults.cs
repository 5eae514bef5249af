using System.Globalization;
using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Apps;
using static OrleansIdentity.Api.Tests.Judge.Faults.PlantedFault;
using static OrleansIdentity.OktaSimulator.Verification.FindingKinds;

namespace OrleansIdentity.Api.Tests.Judge.Faults;

/// <summary>Look-ups and imports that are wrong.</summary>
internal static class ListFaults
{
    public static PlantedFault[] All { get; } =
    [
        Classic("counts one too many", TotalWrong, async exchange =>
            (await exchange.ForwardAsync()).With(body => Add(body, exchange.IsImport ? 1 : 0))),
        Classic("says the size of the page for the total", TotalWrong, async exchange => (await exchange.ForwardAsync()).With(body =>
        {
            if (exchange.IsImport)
            {
                body["totalResults"] = body["itemsPerPage"]!.DeepClone();
            }
        })),
        Classic("writes totalResults as a string", NumberAsString, async exchange => (await exchange.ForwardAsync()).With(body =>
        {
            if (body["totalResults"] is { } total)
            {
                body["totalResults"] = total.ToString();
            }
        })),
        Classic("leaves out Resources when there are none", ListShape, async exchange => (await exchange.ForwardAsync()).With(body =>
        {
            if (body["Resources"] is JsonArray { Count: 0 })
            {
                body.Remove("Resources");
            }
        })),
        Classic("gives more than was asked for", PageSizeWrong, async exchange =>
            exchange.IsImport ? await exchange.ForwardQueryAsync(Page(exchange, 3)) : await exchange.ForwardAsync()),
        Classic("refuses pages", ImportRefused, async exchange =>
            exchange.IsImport && Value(exchange, "startIndex") > 1 ? FaultyAnswer.Error(400, "invalidValue") : await exchange.ForwardAsync()),
        Classic("uses plain offsets", ImportSkipped, async exchange =>
        {
            if (!exchange.IsImport)
            {
                return await exchange.ForwardAsync();
            }

            // One more than was asked for, so that the product does not take it for the walk that it remembers.
            var count = Value(exchange, "count");
            var page = await exchange.ForwardQueryAsync(Page(exchange, 1));
            return page.With(body =>
            {
                var users = body["Resources"]!.AsArray();
                while (users.Count > count)
                {
                    users.RemoveAt(users.Count - 1);
                }

                body["itemsPerPage"] = users.Count;
            });
        }),
        new("has another order each time", ImportUnstable, AppKind.Classic, () =>
        {
            var walks = 0;
            return async exchange =>
            {
                if (!exchange.IsImport)
                {
                    return await exchange.ForwardAsync();
                }

                walks += Value(exchange, "startIndex") == 1 ? 1 : 0;
                return (await exchange.ForwardAsync()).WithUsers(users => walks % 2 == 0 ? users.Reverse() : users);
            };
        }),
        Classic("begins each page with the last of the page before", ImportTwice, async exchange =>
            exchange.IsImport && Value(exchange, "startIndex") is > 1 and var start
                ? (await exchange.ForwardQueryAsync($"?startIndex={start - 1}&count={Value(exchange, "count")}")).With(body => body["startIndex"] = start)
                : await exchange.ForwardAsync()),
        Classic("imports only who is active", ImportLacksDeactivated, async exchange =>
            exchange.IsImport ? (await exchange.ForwardAsync()).WithUsers(users => users.Where(IsActive)) : await exchange.ForwardAsync()),
        Classic("finds only who is active", FilterMissedDeactivated, async exchange =>
            exchange.IsLookUp ? (await exchange.ForwardAsync()).WithUsers(users => users.Where(IsActive)) : await exchange.ForwardAsync()),
        Classic("refuses filters", FilterRefused, async exchange =>
            exchange.IsLookUp ? FaultyAnswer.Error(400, "invalidFilter") : await exchange.ForwardAsync()),
        Classic("finds nobody", FilterMissed, async exchange =>
            exchange.IsLookUp ? (await exchange.ForwardAsync()).WithUsers(_ => []) : await exchange.ForwardAsync()),
        Classic("ignores filters", FilterInvented, async exchange =>
            exchange.IsLookUp ? await exchange.ForwardQueryAsync("?startIndex=1&count=100") : await exchange.ForwardAsync()),
        Classic("minds letter case", FilterCaseSensitive, async exchange => exchange.Filter is { } filter
            ? (await exchange.ForwardAsync()).WithUsers(users => users.Where(user =>
                !filter.StartsWith("userName", StringComparison.Ordinal)
                || JsonNode.Parse(filter["userName eq ".Length..])!.ToString() == user["userName"]!.ToString()))
            : await exchange.ForwardAsync()),
        Classic("decodes filters twice", FilterMissed, DecodeTwiceAsync),
        Catalogue("decodes filters twice", FilterMissed, DecodeTwiceAsync),
        Catalogue("reads %20 only", FilterRefused, exchange =>
            exchange.ForwardQueryAsync(exchange.Query.Replace("+", "%2B", StringComparison.Ordinal))),
    ];

    private static Task<FaultyAnswer> DecodeTwiceAsync(FaultyExchange exchange) => exchange.Filter is { } once
        ? exchange.ForwardQueryAsync($"?filter={Uri.EscapeDataString(Uri.UnescapeDataString(once.Replace('+', ' ')))}")
        : exchange.ForwardAsync();

    private static void Add(JsonObject body, int more)
    {
        if (body["totalResults"] is { } total)
        {
            body["totalResults"] = total.GetValue<int>() + more;
        }
    }

    private static bool IsActive(JsonObject user) => user["active"]!.GetValue<bool>();

    private static string Page(FaultyExchange exchange, int more) =>
        $"?startIndex={Value(exchange, "startIndex")}&count={Value(exchange, "count") + more}";

    private static int Value(FaultyExchange exchange, string name) => int.Parse(exchange.Parameter(name), CultureInfo.InvariantCulture);
}
