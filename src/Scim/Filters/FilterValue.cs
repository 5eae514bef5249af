using System.Globalization;
using System.Text.Json;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Filters;

/// <summary>The right side of a comparison, made ready for the attribute that it is compared with.</summary>
/// <param name="Text">For texts: folded, unless the attribute is case-exact. An index look-up uses the same text.</param>
/// <param name="Number">For numbers.</param>
/// <param name="Flag">For Booleans.</param>
/// <param name="Instant">For instants.</param>
/// <param name="Literal">The JSON scalar as it was given.</param>
public readonly record struct FilterValue(string? Text, decimal? Number, bool? Flag, DateTimeOffset? Instant, JsonElement Literal)
{
    private const int MaxFraction = 7;

    /// <summary>The value <c>null</c>: "unassigned".</summary>
    public bool IsNull => Text is null && Number is null && Flag is null && Instant is null;

    /// <summary>Makes a JSON scalar ready; null when it cannot be a value of the attribute.</summary>
    public static FilterValue? For(AttributeDefinition attribute, JsonElement scalar) => (attribute.Type, scalar.ValueKind) switch
    {
        (_, JsonValueKind.Null) => new FilterValue(null, null, null, null, scalar),
        (AttributeType.Boolean, JsonValueKind.True) => new FilterValue(null, null, true, null, scalar),
        (AttributeType.Boolean, JsonValueKind.False) => new FilterValue(null, null, false, null, scalar),
        (AttributeType.Boolean, JsonValueKind.String) => bool.TryParse(scalar.GetString(), out var flag) ? new FilterValue(null, null, flag, null, scalar) : null,
        (AttributeType.Integer or AttributeType.Decimal, JsonValueKind.Number) =>
            scalar.TryGetDecimal(out var number) ? new FilterValue(null, number, null, null, scalar) : null,
        (AttributeType.DateTime, JsonValueKind.String) =>
            TryInstant(scalar.GetString()!, out var instant) ? new FilterValue(null, null, null, instant, scalar) : null,
        (AttributeType.String or AttributeType.Reference or AttributeType.Binary, JsonValueKind.String) =>
            new FilterValue(Normalise(attribute, scalar.GetString()!), null, null, null, scalar),
        _ => null,
    };

    /// <summary>A text as comparisons and indexes of the attribute see it.</summary>
    public static string Normalise(AttributeDefinition attribute, string text) => attribute.CaseExact ? text : CaseFolding.Fold(text);

    /// <summary>Reads an xsd:dateTime; without a zone it is UTC. A fraction may have any number of digits, of which the first seven (100 ns) count.</summary>
    public static bool TryInstant(string text, out DateTimeOffset instant)
    {
        var fraction = text.IndexOf('.') + 1;
        var digits = fraction == 0 ? 0 : text.AsSpan(fraction).IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : text.Length - fraction;
        return DateTimeOffset.TryParseExact(
            digits > MaxFraction ? text.Remove(fraction + MaxFraction, digits - MaxFraction) : text,
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out instant);
    }
}
