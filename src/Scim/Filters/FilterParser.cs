using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Paths;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Filters;

/// <summary>
/// Recursive descent over RFC 7644 §3.4.2.2: <c>or</c> binds weaker than <c>and</c>, which binds weaker than <c>not</c> and brackets. Every
/// method answers null after it has set the error; depth and terms are counted, so that no filter can exhaust the stack.
/// </summary>
internal ref struct FilterParser
{
    private readonly ResourceType _type;
    private readonly IReadOnlyList<ResourceType> _others;
    private readonly ScimLimits _limits;

    // Inside brackets: the complex attribute whose sub-attributes are named.
    private AttributeDefinition? _scope;
    private FilterLexer _lexer;
    private ScimError? _error;
    private int _depth;
    private int _terms;

    private FilterParser(ResourceType type, IReadOnlyList<ResourceType> others, FilterLexer lexer, ScimLimits limits)
    {
        _type = type;
        _others = others;
        _lexer = lexer;
        _limits = limits;
    }

    /// <summary>Reads a whole filter.</summary>
    public static Outcome<Filter> Parse(ResourceType type, IReadOnlyList<ResourceType> others, string text, ScimLimits limits)
    {
        if (text.Length > limits.MaxFilterLength)
        {
            return ScimErrors.InvalidFilter("filter-too-long", $"A filter has at most {limits.MaxFilterLength} characters. Ask for less at once.");
        }

        var parser = new FilterParser(type, others, new FilterLexer(text), limits);
        var filter = parser.Or();
        if (filter is not null && !parser._lexer.AtEnd)
        {
            filter = parser.Malformed("something follows the end of it");
        }

        return filter is null ? parser._error! : filter;
    }

    /// <summary>Reads the condition in the brackets of a PATCH path, up to and with the closing one.</summary>
    /// <param name="attribute">The attribute before the brackets.</param>
    /// <param name="text">The condition, its closing bracket and whatever follows.</param>
    /// <param name="limits">Bounds.</param>
    /// <returns>The condition and where the text goes on; or 400.</returns>
    public static Outcome<(Filter Condition, int End)> ParseCondition(AttributeDefinition attribute, ResourceType type, string text, ScimLimits limits)
    {
        var parser = new FilterParser(type, [], new FilterLexer(text), limits) { _scope = attribute };
        var condition = parser.Or();
        if (condition is not null && !parser._lexer.Take(']'))
        {
            condition = parser.Malformed("a ']' is missing");
        }

        return condition is null ? parser._error! : (condition, parser._lexer.Position);
    }

    private Filter? Or()
    {
        var left = And();
        while (left is not null && _lexer.TakeWord("or"))
        {
            left = And() is { } right ? new Or(left, right) : null;
        }

        return left;
    }

    private Filter? And()
    {
        var left = Unary();
        while (left is not null && _lexer.TakeWord("and"))
        {
            left = Unary() is { } right ? new And(left, right) : null;
        }

        return left;
    }

    private Filter? Unary()
    {
        if (_lexer.Peek() == '(')
        {
            return Group();
        }

        if (!_lexer.TakeWord("not"))
        {
            return Attribute();
        }

        // RFC 7644 §3.4.2.2: "not" takes an expression in parentheses.
        return _lexer.Peek() != '(' ? Malformed("'not' must be followed by '('") : Group() is { } operand ? new Not(operand) : null;
    }

    private Filter? Group()
    {
        _lexer.Take('(');
        if (++_depth > _limits.MaxFilterDepth)
        {
            return Refuse("filter-too-deep", $"A filter is nested at most {_limits.MaxFilterDepth} levels deep. Simplify it.");
        }

        var inner = Or();
        _depth--;
        return inner is not null && !_lexer.Take(')') ? Malformed("a ')' is missing") : inner;
    }

    private Filter? Attribute()
    {
        if (++_terms > _limits.MaxFilterTerms)
        {
            return Refuse("filter-too-many-terms", $"A filter has at most {_limits.MaxFilterTerms} comparisons. Ask for less at once.");
        }

        var name = _lexer.Word();
        if (name.Length == 0)
        {
            return Malformed("an attribute name is missing");
        }

        if (Resolve(name) is not { } path)
        {
            return null;
        }

        if (_lexer.Take('['))
        {
            return Brackets(path);
        }

        var word = _lexer.Word();
        return word.Equals("pr", StringComparison.OrdinalIgnoreCase) ? new Present(path) : Compare(path, word);
    }

    private Filter? Brackets(AttributePath path)
    {
        if (_scope is not null)
        {
            return Malformed("brackets cannot be nested");
        }

        if (path.SubAttribute is not null || path.Attribute.Type != AttributeType.Complex)
        {
            return Refuse("filter-brackets-misplaced", $"'{path}' has no sub-attributes, so nothing can be asked about them in brackets.");
        }

        _scope = path.Attribute;
        var condition = Or();
        _scope = null;
        return condition is not null && !_lexer.Take(']') ? Malformed("a ']' is missing") : condition is null ? null : new ValuePath(path, condition);
    }

    private Filter? Compare(AttributePath path, string word)
    {
        if (Operator(word) is not { } comparison)
        {
            return Refuse("filter-unknown-operator", $"'{ScimErrors.Shortened(word)}' is no operator. Use one of eq, ne, co, sw, ew, pr, gt, ge, lt, le.");
        }

        if (!_lexer.TryScalar(out var scalar))
        {
            return Malformed("the value must be a JSON string, number, true, false or null");
        }

        // RFC 7644 §3.4.2.2: a complex attribute stands for its "value".
        var target = path is { SubAttribute: null, Attribute.Type: AttributeType.Complex } ? path with { SubAttribute = path.Attribute.Find("value") } : path;
        if (target.Target.Type == AttributeType.Complex)
        {
            return Refuse("filter-complex-attribute", $"'{path}' has sub-attributes. Compare one of them.");
        }

        if (FilterValue.For(target.Target, scalar) is not { } value)
        {
            return Refuse("filter-value-type", $"The value cannot be compared with '{target}', which is of type {target.Target.Type}.");
        }

        return Allows(target.Target.Type, comparison, value)
            ? new Comparison(target, comparison, value)
            : Refuse("filter-operator-type", $"'{word}' cannot be used with '{target}', which is of type {target.Target.Type}, and this value.");
    }

    private AttributePath? Resolve(string name)
    {
        if (_scope is { } scope)
        {
            if (scope.Find(name) is { } part)
            {
                return Permitted(new AttributePath(null, part, null));
            }

            Refuse("filter-unknown-attribute", $"'{scope.Name}' has no sub-attribute '{ScimErrors.Shortened(name)}'. See /Schemas for those that it has.");
            return null;
        }

        if (!AttributePath.Parse(_type, _others, name).TryGet(out var path, out var error))
        {
            // An unknown name must not match nothing in silence: Okta would create what it did not find.
            Refuse("filter-unknown-attribute", error.Detail);
            return null;
        }

        return Permitted(path);
    }

    private AttributePath? Permitted(AttributePath path)
    {
        if (path.Attribute.Returned != Returned.Never && path.Target.Returned != Returned.Never)
        {
            return path;
        }

        Refuse("filter-forbidden-attribute", $"'{path}' cannot be used in a filter.");
        return null;
    }

    private static bool Allows(AttributeType type, ComparisonOperator comparison, FilterValue value) => comparison switch
    {
        ComparisonOperator.Equal or ComparisonOperator.NotEqual => true,
        _ when value.IsNull => false,
        ComparisonOperator.Contains or ComparisonOperator.StartsWith or ComparisonOperator.EndsWith =>
            type is AttributeType.String or AttributeType.Reference or AttributeType.Binary,
        _ => type is not (AttributeType.Boolean or AttributeType.Binary),
    };

    private static ComparisonOperator? Operator(string word) => word.ToUpperInvariant() switch
    {
        "EQ" => ComparisonOperator.Equal,
        "NE" => ComparisonOperator.NotEqual,
        "CO" => ComparisonOperator.Contains,
        "SW" => ComparisonOperator.StartsWith,
        "EW" => ComparisonOperator.EndsWith,
        "GT" => ComparisonOperator.GreaterThan,
        "GE" => ComparisonOperator.GreaterOrEqual,
        "LT" => ComparisonOperator.LessThan,
        "LE" => ComparisonOperator.LessOrEqual,
        _ => null,
    };

    private Filter? Malformed(string why) => Refuse("filter-malformed", $"The filter cannot be read at character {_lexer.Position + 1}: {why}.");

    private Filter? Refuse(string id, string detail)
    {
        _error ??= ScimErrors.InvalidFilter(id, detail);
        return null;
    }
}
