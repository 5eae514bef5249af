using System.Text.Json.Nodes;

namespace OrleansIdentity.Api.Tests.Truth;

/// <summary>Values that an attribute must take, and values that it must not, by what discovery says of it.</summary>
internal static class Samples
{
    /// <summary>One value of the attribute's type; another number gives another value, where the type has two.</summary>
    public static JsonNode One(Discovered attribute, int number = 0, IEnumerable<Discovered>? all = null) => attribute.Type switch
    {
        _ when attribute.CanonicalValues is { Length: > 0 } values => values[number % values.Length],
        "string" => $"Value {number} of {attribute.Name}",
        "boolean" => number % 2 == 0,
        "integer" => 7 + number,
        "decimal" => 1.5m + number,
        "dateTime" => $"2026-01-{number + 1:00}T03:04:05Z",
        "reference" => $"https://example.test/Value{number}",
        "binary" => number % 2 == 0 ? "AAAA" : "AQID",
        "complex" => new JsonObject(Parts(attribute, all!).Select(part => KeyValuePair.Create(part.Name, (JsonNode?)One(part, number)))),
        var other => throw new InvalidOperationException($"'{other}' is no type of RFC 7643 §2.3."),
    };

    /// <summary>A whole value: an array where the attribute has several.</summary>
    public static JsonNode Whole(Discovered attribute, IEnumerable<Discovered> all) => attribute.MultiValued ? new JsonArray(One(attribute, 0, all)) : One(attribute, 0, all);

    /// <summary>A value of another type.</summary>
    public static JsonNode Wrong(Discovered attribute) => attribute.Type switch
    {
        "boolean" => "perhaps",
        "integer" => 1.5m,
        "decimal" => "1.5",
        "dateTime" => "yesterday",
        "binary" => "not base64!",
        "complex" => 5,
        _ => 5,
    };

    /// <summary>The value as a filter has it.</summary>
    public static string Literal(JsonNode value) => value.ToJsonString();

    /// <summary>The same text with the letters in the other case.</summary>
    public static string OtherCase(string text) => string.Concat(text.Select(letter => char.IsUpper(letter) ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter)));

    // At most one element may be primary, so that is left to be.
    private static IEnumerable<Discovered> Parts(Discovered attribute, IEnumerable<Discovered> all) =>
        all.Where(part => part.Parent?.Path == attribute.Path && part.IsReadWrite && part.Type != "boolean");
}
