using System.Text.Json;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Paths;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Filters;

/// <summary>A filter (RFC 7644 §3.4.2.2), resolved against a resource type.</summary>
public abstract record Filter
{
    private protected Filter()
    {
    }

    /// <summary>Reads a filter.</summary>
    /// <returns>The filter, or 400 <c>invalidFilter</c>.</returns>
    public static Outcome<Filter> Parse(ResourceType type, string text, ScimLimits limits) => Parse(type, [], text, limits);

    /// <summary>Reads a filter over several types: resources of this type have no value of an attribute that only the others know.</summary>
    /// <returns>The filter, for resources of this type; or 400 <c>invalidFilter</c>.</returns>
    public static Outcome<Filter> Parse(ResourceType type, IReadOnlyList<ResourceType> others, string text, ScimLimits limits) =>
        FilterParser.Parse(type, others, text, limits);

    /// <summary>Whether a stored resource matches. Its member names are canonical, and <c>meta</c> is among them.</summary>
    public bool Matches(JsonElement resource) => FilterEvaluation.Matches(this, resource);
}

/// <summary><c>attribute operator value</c>.</summary>
/// <param name="Path">The attribute; multi-valued ones match when any element does.</param>
/// <param name="Operator">The operator.</param>
/// <param name="Value">The value.</param>
public sealed record Comparison(AttributePath Path, ComparisonOperator Operator, FilterValue Value) : Filter;

/// <summary><c>attribute pr</c>: it has a value.</summary>
/// <param name="Path">The attribute.</param>
public sealed record Present(AttributePath Path) : Filter;

/// <summary>Both.</summary>
/// <param name="Left">One side.</param>
/// <param name="Right">The other side.</param>
public sealed record And(Filter Left, Filter Right) : Filter;

/// <summary>Either, or both.</summary>
/// <param name="Left">One side.</param>
/// <param name="Right">The other side.</param>
public sealed record Or(Filter Left, Filter Right) : Filter;

/// <summary>Not this.</summary>
/// <param name="Operand">What must not match.</param>
public sealed record Not(Filter Operand) : Filter;

/// <summary><c>attribute[condition]</c>: one and the same element satisfies all of the condition.</summary>
/// <param name="Path">A multi-valued complex attribute.</param>
/// <param name="Condition">About its sub-attributes: every path in it names the sub-attribute as its attribute.</param>
public sealed record ValuePath(AttributePath Path, Filter Condition) : Filter;
