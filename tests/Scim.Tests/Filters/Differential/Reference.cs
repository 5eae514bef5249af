using System.Globalization;
using System.Text.Json.Nodes;

namespace OrleansIdentity.Scim.Tests.Filters.Differential;

/// <summary>
/// A slow, obvious evaluator, written from RFC 7644 §3.4.2.2 and RFC 7643 §2.5 alone: it first gathers every value under a name, then
/// asks about them.
/// </summary>
internal static class Reference
{
    public static bool Matches(Asked asked, JsonObject resource) => Matches(asked, resource, inBrackets: false);

    private static bool Matches(Asked asked, JsonObject subject, bool inBrackets) => asked switch
    {
        Asked.Both both => Matches(both.Left, subject, inBrackets) & Matches(both.Right, subject, inBrackets),
        Asked.Either either => Matches(either.Left, subject, inBrackets) | Matches(either.Right, subject, inBrackets),
        Asked.Never never => !Matches(never.Operand, subject, inBrackets),
        Asked.Same same => Elements(same.Parent, subject).Any(element => Matches(same.Condition, element, inBrackets: true)),
        Asked.Term term => Holds(term, inBrackets ? Listed(subject[term.Field.Name]) : Values(term.Field, subject)),
        _ => throw new InvalidOperationException(),
    };

    private static bool Holds(Asked.Term term, List<JsonNode> values)
    {
        var isNull = term.Value == "null";
        return term.Operator switch
        {
            "pr" => values.Count > 0,
            "eq" when isNull => values.Count == 0,
            "ne" when isNull => values.Count > 0,
            "ne" => values.Count == 0 || values.Exists(value => !IsTrue("eq", term, value)),
            _ => values.Exists(value => IsTrue(term.Operator, term, value)),
        };
    }

    private static bool IsTrue(string comparison, Asked.Term term, JsonNode value)
    {
        var wanted = JsonNode.Parse(term.Value!)!;
        if (term.Field.Kind is Kind.Text or Kind.ExactText)
        {
            var rule = term.Field.Kind == Kind.Text ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
            var (found, text) = (Composed(value, term.Field.Kind), Composed(wanted, term.Field.Kind));
            return comparison switch
            {
                "co" => found.Contains(text, rule),
                "sw" => found.StartsWith(text, rule),
                "ew" => found.EndsWith(text, rule),
                _ => Order(comparison, string.Compare(found, text, rule)),
            };
        }

        return term.Field.Kind switch
        {
            Kind.Flag => Order(comparison, Flag(value).CompareTo(Flag(wanted))),
            Kind.Number => Order(comparison, Number(value).CompareTo(Number(wanted))),
            _ => Order(comparison, Instant(value).CompareTo(Instant(wanted))),
        };
    }

    private static bool Order(string comparison, int order) => comparison switch
    {
        "eq" => order == 0,
        "gt" => order > 0,
        "ge" => order >= 0,
        "lt" => order < 0,
        "le" => order <= 0,
        _ => throw new InvalidOperationException(comparison),
    };

    private static List<JsonNode> Values(Field field, JsonObject resource) => field.Parent is null
        ? Listed(Container(field, resource)?[field.Name])
        : [.. Elements(field, resource).SelectMany(element => Listed(element[field.Name]))];

    private static IEnumerable<JsonObject> Elements(Field field, JsonObject resource) =>
        Listed(Container(field, resource)?[field.Parent!]).OfType<JsonObject>();

    private static JsonObject? Container(Field field, JsonObject resource) => field.Urn is null ? resource : resource[field.Urn] as JsonObject;

    private static List<JsonNode> Listed(JsonNode? node) => node switch
    {
        null => [],
        JsonArray array => [.. array.Select(element => element!)],
        _ => [node],
    };

    private static string Composed(JsonNode node, Kind kind) => kind == Kind.Text ? node.GetValue<string>().Normalize() : node.GetValue<string>();

    private static bool Flag(JsonNode node) => node.ToString().Equals("true", StringComparison.OrdinalIgnoreCase);

    private static decimal Number(JsonNode node) => decimal.Parse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static long Instant(JsonNode node) =>
        DateTime.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal).Ticks;
}
