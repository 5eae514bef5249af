using System.Text.Json;
using OrleansIdentity.Scim.Paths;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Filters;

/// <summary>Defines what a filter means. Adapters may look up what they are sure of; this is what they must agree with.</summary>
internal static class FilterEvaluation
{
    /// <summary>Whether a resource, or an element of a multi-valued attribute inside brackets, matches.</summary>
    public static bool Matches(Filter filter, JsonElement resource) => filter switch
    {
        Comparison comparison => Compare(comparison, resource),
        Present present => Any(present.Path, resource, static value => IsAssigned(value)),
        And both => Matches(both.Left, resource) && Matches(both.Right, resource),
        Or either => Matches(either.Left, resource) || Matches(either.Right, resource),
        Not negation => !Matches(negation.Operand, resource),
        ValuePath path => Any(path.Path, resource, element => element.ValueKind == JsonValueKind.Object && Matches(path.Condition, element)),
        _ => throw new ArgumentException($"No filter: {filter.GetType().Name}.", nameof(filter)),
    };

    private static bool Compare(Comparison comparison, JsonElement resource)
    {
        if (comparison.Value.IsNull)
        {
            // eq null: unassigned; ne null: assigned (RFC 7643 §2.5).
            return Any(comparison.Path, resource, static value => IsAssigned(value)) == (comparison.Operator == ComparisonOperator.NotEqual);
        }

        if (comparison.Operator == ComparisonOperator.NotEqual)
        {
            var isThere = false;
            var differs = Any(comparison.Path, resource, value =>
            {
                isThere = true;
                return !Holds(comparison.Path.Target, ComparisonOperator.Equal, comparison.Value, value);
            });
            return differs || !isThere;
        }

        return Any(comparison.Path, resource, value => Holds(comparison.Path.Target, comparison.Operator, comparison.Value, value));
    }

    private static bool Holds(AttributeDefinition attribute, ComparisonOperator comparison, FilterValue wanted, JsonElement found)
    {
        if (wanted.Text is { } text)
        {
            return found.ValueKind == JsonValueKind.String && HoldsText(comparison, FilterValue.Normalise(attribute, found.GetString()!), text);
        }

        return FilterValue.For(attribute, found) switch
        {
            { Number: { } number } => HoldsOrder(comparison, number.CompareTo(wanted.Number!.Value)),
            { Instant: { } instant } => HoldsOrder(comparison, instant.CompareTo(wanted.Instant!.Value)),
            { Flag: { } flag } => HoldsOrder(comparison, flag.CompareTo(wanted.Flag!.Value)),
            _ => false,
        };
    }

    private static bool HoldsText(ComparisonOperator comparison, string found, string wanted) => comparison switch
    {
        ComparisonOperator.Contains => found.Contains(wanted, StringComparison.Ordinal),
        ComparisonOperator.StartsWith => found.StartsWith(wanted, StringComparison.Ordinal),
        ComparisonOperator.EndsWith => found.EndsWith(wanted, StringComparison.Ordinal),
        _ => HoldsOrder(comparison, string.CompareOrdinal(found, wanted)),
    };

    private static bool HoldsOrder(ComparisonOperator comparison, int order) => comparison switch
    {
        ComparisonOperator.Equal => order == 0,
        ComparisonOperator.GreaterThan => order > 0,
        ComparisonOperator.GreaterOrEqual => order >= 0,
        ComparisonOperator.LessThan => order < 0,
        ComparisonOperator.LessOrEqual => order <= 0,
        _ => false,
    };

    private static bool Any(AttributePath path, JsonElement resource, Func<JsonElement, bool> holds)
    {
        if (path.SchemaUrn is { } urn)
        {
            return StoredExtension.Values(resource, urn, path.Attribute).Any(value => AnyPart(path, value, holds));
        }

        if (!resource.TryGetProperty(path.Attribute.Name, out var value))
        {
            return false;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return AnyPart(path, value, holds);
        }

        foreach (var element in value.EnumerateArray())
        {
            if (AnyPart(path, element, holds))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AnyPart(AttributePath path, JsonElement value, Func<JsonElement, bool> holds) => path.SubAttribute is null
        ? holds(value)
        : value.ValueKind == JsonValueKind.Object && value.TryGetProperty(path.SubAttribute.Name, out var part) && holds(part);

    private static bool IsAssigned(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => false,
        JsonValueKind.String => value.GetString()!.Length > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(member => IsAssigned(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(IsAssigned),
        _ => true,
    };
}
