using System.Globalization;
using System.Text.Json.Nodes;

namespace OrleansIdentity.OktaSimulator.Conformance;

/// <summary>
/// Reads members of what a server sent, by paths such as <c>name/givenName</c>. Names are taken in any letter case (RFC 7643 §2.1). In an array a
/// segment is the <c>type</c> or <c>value</c> of an element, and <c>#</c> is how many elements there are.
/// </summary>
internal static class Members
{
    public static JsonNode? At(this JsonNode? node, string path)
    {
        foreach (var segment in path.Split('/'))
        {
            node = node switch
            {
                JsonObject parent => parent.FirstOrDefault(member => member.Key.Equals(segment, StringComparison.OrdinalIgnoreCase)).Value,
                JsonArray elements when segment == "#" => elements.Count,
                JsonArray elements => elements.FirstOrDefault(element => element is JsonObject
                    && (element.Text("type") == segment || element.Text("value") == segment)),
                _ => null,
            };
        }

        return node;
    }

    /// <summary>The string at a path; null when there is none.</summary>
    public static string? Text(this JsonNode? node, string path) => node.At(path) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The whole number at a path; null when there is none, or it is a string.</summary>
    public static int? Number(this JsonNode? node, string path) => node.At(path) is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    /// <summary>The instant at a path; null when there is none.</summary>
    public static DateTimeOffset? Instant(this JsonNode? node, string path) =>
        DateTimeOffset.TryParse(node.Text(path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;

    /// <summary>The resources of a list.</summary>
    public static IEnumerable<JsonObject> Resources(this JsonNode? list) => (list.At("Resources") as JsonArray)?.OfType<JsonObject>() ?? [];

    /// <summary>Whether <c>schemas</c> has a URN.</summary>
    public static bool HasSchema(this JsonNode? node, string urn) =>
        node.At("schemas") is JsonArray schemas && schemas.Any(schema => urn.Equals(schema?.ToString(), StringComparison.OrdinalIgnoreCase));

    /// <summary>RFC 7643 §2.5: null, an empty array and absence are the same.</summary>
    public static bool IsUnassigned(JsonNode? node) => node is null or JsonArray { Count: 0 };
}
