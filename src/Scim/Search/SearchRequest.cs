using System.Text.Json;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Paging;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Search;

/// <summary>A query, whether it came as parameters of a GET (RFC 7644 §3.4.2) or as the body of a POST to <c>/.search</c> (§3.4.3).</summary>
/// <param name="Attributes">Names of the attributes to show, separated by commas; null when not given.</param>
/// <param name="ExcludedAttributes">Names of the attributes not to show, separated by commas; null when not given.</param>
/// <param name="Filter">The filter; null for none.</param>
/// <param name="SortBy">The attribute to sort by; null for none.</param>
/// <param name="SortOrder">The direction; null when not given.</param>
/// <param name="Page">Which page.</param>
public sealed record SearchRequest(string? Attributes, string? ExcludedAttributes, string? Filter, string? SortBy, string? SortOrder, PageRequest Page)
{
    private static readonly Dictionary<string, JsonValueKind> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["attributes"] = JsonValueKind.Array,
        ["excludedAttributes"] = JsonValueKind.Array,
        ["filter"] = JsonValueKind.String,
        ["sortBy"] = JsonValueKind.String,
        ["sortOrder"] = JsonValueKind.String,
        ["startIndex"] = JsonValueKind.Number,
        ["count"] = JsonValueKind.Number,
        ["cursor"] = JsonValueKind.String,
    };

    /// <summary>Reads the body of a POST. Unknown members are ignored; <c>null</c> and an empty array are as if not given.</summary>
    /// <returns>The query; or 400 <c>invalidSyntax</c>, <c>invalidValue</c> or <c>invalidCount</c>.</returns>
    public static Outcome<SearchRequest> Read(ReadOnlyMemory<byte> utf8Json, ScimLimits limits)
    {
        if (!JsonBody.Parse(utf8Json, limits).TryGet(out var root, out var error))
        {
            return error;
        }

        if (!JsonBody.HasSchemas(root, out var schemas)
            || !schemas.EnumerateArray().Any(urn => SchemaUrns.SearchRequest.Equals(urn.GetString(), StringComparison.OrdinalIgnoreCase)))
        {
            return ScimErrors.InvalidSyntax("search-schema-missing", $"'schemas' must be [\"{SchemaUrns.SearchRequest}\"].");
        }

        if (JsonBody.Twice(root) is { } twice)
        {
            return twice;
        }

        var given = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in root.EnumerateObject())
        {
            if (!Text(member).TryGet(out var text, out error))
            {
                return error;
            }

            if (text.Value is { } value)
            {
                given[member.Name] = value;
            }
        }

        return From(given.GetValueOrDefault, limits);
    }

    /// <summary>Makes a query of its parameters as text.</summary>
    /// <param name="parameter">Gives the value of a parameter; null when it is not given.</param>
    /// <param name="limits">Bounds.</param>
    /// <returns>The query; or 400 <c>invalidValue</c> or <c>invalidCount</c>.</returns>
    public static Outcome<SearchRequest> From(Func<string, string?> parameter, ScimLimits limits) =>
        PageRequest.Parse(parameter("startIndex"), parameter("count"), parameter("cursor"), limits).TryGet(out var page, out var error)
            ? new SearchRequest(
                parameter("attributes"), parameter("excludedAttributes"), parameter("filter"), parameter("sortBy"), parameter("sortOrder"), page)
            : error;

    private static Outcome<Given> Text(JsonProperty member)
    {
        var value = member.Value;
        if (value.ValueKind == JsonValueKind.Null || !Types.TryGetValue(member.Name, out var type))
        {
            return default(Given);
        }

        return (type, value.ValueKind) switch
        {
            (JsonValueKind.Number, JsonValueKind.Number) => new Given(value.GetRawText()),
            (JsonValueKind.String or JsonValueKind.Array, JsonValueKind.String) => new Given(value.GetString()),
            (JsonValueKind.Array, JsonValueKind.Array) when value.GetArrayLength() == 0 => default(Given),
            (JsonValueKind.Array, JsonValueKind.Array) when value.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String) =>
                new Given(string.Join(',', value.EnumerateArray().Select(name => name.GetString()))),
            _ => ScimErrors.InvalidValue("search-value-type", $"'{member.Name}' of a search must be of the JSON type {type}. Correct it."),
        };
    }

    private readonly record struct Given(string? Value);
}
