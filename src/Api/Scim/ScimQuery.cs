using OrleansIdentity.Scim;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Search;

namespace OrleansIdentity.Api.Scim;

/// <summary>Reads query parameters. Unknown ones are ignored.</summary>
internal static class ScimQuery
{
    private static readonly string[] OfSearch = ["filter", "sortBy", "sortOrder", "startIndex", "count", "cursor", "attributes", "excludedAttributes"];

    /// <summary>The value of a parameter, null when it is absent. Given twice it is refused: the caller cannot have meant both.</summary>
    public static Outcome<Parameter> Single(HttpRequest request, string name)
    {
        var values = request.Query[name];
        return values.Count <= 1
            ? new Parameter(values.Count == 0 ? null : values[0])
            : ScimErrors.InvalidValue("query-parameter-repeated", $"The query parameter '{name}' is given {values.Count} times. Give it once.");
    }

    /// <summary>The query of a GET (RFC 7644 §3.4.2).</summary>
    public static Outcome<SearchRequest> Search(HttpRequest request)
    {
        var given = new Dictionary<string, string?>();
        foreach (var name in OfSearch)
        {
            if (!Single(request, name).TryGet(out var parameter, out var error))
            {
                return error;
            }

            given.Add(name, parameter.Value);
        }

        return SearchRequest.From(given.GetValueOrDefault, ScimLimits.Default);
    }

    /// <summary>A parameter's value.</summary>
    internal readonly record struct Parameter(string? Value);
}
