using OrleansIdentity.Api.Tests.Judge.Faults;
using static OrleansIdentity.Api.Tests.Judge.Conformance.ConformanceFault;

namespace OrleansIdentity.Api.Tests.Judge.Conformance;

/// <summary>Servers whose filters, pages and projections are wrong.</summary>
internal static class QueryFaults
{
    public static ConformanceFault[] All { get; } =
    [
        Filter("reads 'or' before 'and'", ["F4-and-before-or"], filter =>
            filter.Split(" or ") is [var first, var second] && !filter.Contains('(', StringComparison.Ordinal) && second.Split(" and ") is [var left, var right]
                ? $"({first} or {left}) and {right}" : filter),
        Filter("minds the letter case of operators", ["F3-operator"], filter => filter.Replace(" EQ ", " xx ", StringComparison.Ordinal)),
        Filter("takes brackets for dots", ["F10-same-element"], filter =>
            filter == "" || !filter.StartsWith("emails[type eq \"home\" and ", StringComparison.Ordinal) ? filter
                : filter.Replace("emails[type", "emails.type", StringComparison.Ordinal).Replace("and value", "and emails.value",
                    StringComparison.Ordinal).TrimEnd(']')),
        Filter("compares instants as text", ["F14-instants"], filter =>
            filter.Contains("meta.created gt", StringComparison.Ordinal) ? $"({filter}) and userName eq \"nobody\"" : filter),
        Filter("takes 'pr' of nothing for true", ["F2-pr", "F4-not-before-and"], filter => filter.Replace("title pr", "userName pr", StringComparison.Ordinal)),
        Filter("ignores what it does not know", ["F18-unknown"], filter =>
            filter.StartsWith("noSuchAttribute", StringComparison.Ordinal) ? "userName pr" : filter),
        Answer("answers 200 to a filter that is none", ["F12-boolean", "F13-operator", "F13-no-value", "F13-no-operator", "F13-parenthesis",
            "F13-bracket", "F13-string", "F13-bare-word", "F13-half", "F13-rest", "K5-filter", "K7-invalid", "K7-changed"],
            (exchange, answer) => exchange.Filter is not null && answer.Status == 400 ? FaultyAnswer.EmptyList : answer),
        Answer("answers 404 when nothing is found", ["F20-no-match"], (exchange, answer) =>
            exchange.Filter?.StartsWith("userName eq", StringComparison.Ordinal) == true && answer.IsSuccess
                && answer.Json["totalResults"]!.GetValue<int>() == 0
                ? FaultyAnswer.Error(404) : answer),
        Of("refuses the index 0", ["P5-zero"], async exchange => exchange.Query.Contains("startIndex=0", StringComparison.Ordinal)
            ? FaultyAnswer.Error(400, "invalidValue") : await exchange.ForwardAsync()),
        Of("takes a count of 0 for no limit", ["P6-zero"], exchange =>
            exchange.ForwardQueryAsync(exchange.Query.Replace("count=0", "count=100", StringComparison.Ordinal))),
        Answer("says how many were asked for", ["P16-items"], (exchange, answer) => exchange.Endpoint == "Users"
            && exchange.Parameter("count") is { Length: > 0 } count && count[0] is > '0' and <= '9'
            ? answer.With(body => body["itemsPerPage"] = int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)) : answer),
        Answer("says how many are on the page", ["P16-total"], (exchange, answer) => exchange is { Endpoint: "Users", Id: "", Method: "GET" }
            && exchange.Parameter("count") == "1"
            ? answer.With(body => body["totalResults"] = body["itemsPerPage"]!.DeepClone()) : answer),
        Of("ignores which attributes are wanted",
            ["P11-attributes", "P11-part", "P11-urn", "P11-list", "P12-both", "P14-post", "P14-put", "P14-patch"], exchange =>
            exchange.ForwardQueryAsync(exchange.Query.Replace("attributes=", "ignored=", StringComparison.Ordinal))),
        Answer("leaves out the id when it is not asked for", ["P11-id", "P11-list"],
            (exchange, answer) => exchange.Query.Contains("?attributes=", StringComparison.Ordinal)
                || exchange.Query.Contains("&attributes=", StringComparison.Ordinal)
            ? answer.With(body =>
            {
                body.Remove("id");
                foreach (var resource in body["Resources"]?.AsArray() ?? [])
                {
                    resource!.AsObject().Remove("id");
                }
            })
            : answer),
    ];

    /// <summary>A server that reads another filter than it is sent.</summary>
    private static ConformanceFault Filter(string name, string[] expected, Func<string, string> change) => Of(name, expected, exchange =>
        exchange.Filter is { } filter && exchange.Endpoint == "Users" && change(filter) is var changed && changed != filter
            ? exchange.ForwardQueryAsync($"?filter={Uri.EscapeDataString(changed)}")
            : exchange.ForwardAsync());
}
