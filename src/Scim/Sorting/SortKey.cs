using System.Globalization;
using System.Text.Json;
using OrleansIdentity.Scim.Filters;
using OrleansIdentity.Scim.Paths;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Scim.Sorting;

/// <summary>
/// The value by which a resource is sorted, made ready for comparison (RFC 7644 §3.4.2.3). Ascending: numbers, then texts, then resources without a
/// value. An instant is the number of its ticks, of Booleans <c>false</c> is 0 and <c>true</c> is 1.
/// </summary>
/// <param name="Text">For texts: folded, unless the attribute is case-exact, and no longer than <see cref="MaxLength"/>.</param>
/// <param name="Number">For everything else.</param>
public readonly record struct SortKey(string? Text, decimal? Number) : IComparable<SortKey>
{
    /// <summary>How many characters of a text count. Resources that differ behind them only are in the order of their ids.</summary>
    public const int MaxLength = 256;

    /// <summary>The key of a resource that has no value.</summary>
    public static SortKey Missing => default;

    private int Rank => Number is not null ? 0 : Text is not null ? 1 : 2;

    /// <summary>The key of a resource. Its member names are canonical, and <c>meta</c> is among them.</summary>
    /// <param name="path">The attribute; of one with many values the primary one counts, otherwise the first.</param>
    /// <param name="resource">The stored form.</param>
    public static SortKey Of(AttributePath path, JsonElement resource)
    {
        var value = Choose(Values(path, resource));
        if (value.ValueKind == JsonValueKind.Undefined
            || (path.SubAttribute is not null && (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(path.SubAttribute.Name, out value))))
        {
            return Missing;
        }

        return FilterValue.For(path.Target, value) switch
        {
            { Text: { Length: > 0 } text } => new SortKey(Cut(text), null),
            { Number: { } number } => new SortKey(null, number),
            { Flag: { } flag } => new SortKey(null, flag ? 1 : 0),
            { Instant: { } instant } => new SortKey(null, instant.UtcTicks),
            _ => Missing,
        };
    }

    /// <summary>Reads what <see cref="ToString"/> has written; null when it has not.</summary>
    public static SortKey? Parse(string text) => text switch
    {
        "" => Missing,
        ['\'', .. var rest] => new SortKey(rest, null),
        ['#', .. var rest] when decimal.TryParse(rest, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => new SortKey(null, number),
        _ => null,
    };

    /// <inheritdoc/>
    public int CompareTo(SortKey other) => Rank != other.Rank
        ? Rank.CompareTo(other.Rank)
        : Number is { } number ? number.CompareTo(other.Number!.Value) : string.CompareOrdinal(Text, other.Text);

    /// <summary>The key as text, for <see cref="Parse"/>.</summary>
    public override string ToString() => Text is not null ? $"'{Text}" : Number is { } number ? $"#{number.ToString(CultureInfo.InvariantCulture)}" : "";

    private static IEnumerable<JsonElement> Values(AttributePath path, JsonElement resource) =>
        path.SchemaUrn is { } urn ? StoredExtension.Values(resource, urn, path.Attribute)
        : !resource.TryGetProperty(path.Attribute.Name, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray()
        : [value];

    // RFC 7644 §3.4.2.3: the primary value, otherwise the first.
    private static JsonElement Choose(IEnumerable<JsonElement> values)
    {
        JsonElement first = default;
        foreach (var value in values)
        {
            if (IsPrimary(value))
            {
                return value;
            }

            first = first.ValueKind == JsonValueKind.Undefined ? value : first;
        }

        return first;
    }

    private static bool IsPrimary(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("primary"u8, out var primary) && primary.ValueKind == JsonValueKind.True;

    // Never in the middle of a surrogate pair: half of one could not be written down.
    private static string Cut(string text) => text.Length <= MaxLength ? text : text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
}
