using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Api.Scim;

/// <summary>Reads query parameters. Unknown ones are ignored.</summary>
internal static class ScimQuery
{
    /// <summary>The value of a parameter, null when it is absent. Given twice it is refused: the caller cannot have meant both.</summary>
    public static Outcome<Parameter> Single(HttpRequest request, string name)
    {
        var values = request.Query[name];
        return values.Count <= 1
            ? new Parameter(values.Count == 0 ? null : values[0])
            : ScimErrors.InvalidValue("query-parameter-repeated", $"The query parameter '{name}' is given {values.Count} times. Give it once.");
    }

    /// <summary>A parameter's value.</summary>
    internal readonly record struct Parameter(string? Value);
}
