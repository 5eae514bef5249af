using System.Globalization;
using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Api.HostProduct.Import;

/// <summary>
/// Reads a cell of a custom field as what the tenant's schema says that it is. What it cannot be read as stays a text, which the schema then refuses in the
/// words that everybody is refused in.
/// </summary>
internal static class CustomCell
{
    private const char Separator = ';';

    /// <summary>The value of a cell that is not empty.</summary>
    public static JsonNode Read(AttributeDefinition attribute, string cell) => attribute.MultiValued
        ? new JsonArray([.. cell.Split(Separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(one => Single(attribute.Type, one))])
        : Single(attribute.Type, cell);

    // A day begins in UTC, as it does for invitations that wait for one.
    private static JsonNode Single(AttributeType type, string text) => type switch
    {
        AttributeType.Integer when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        AttributeType.Decimal when decimal.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => number,
        AttributeType.DateTime when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) =>
            $"{day:yyyy-MM-dd}T00:00:00Z",
        AttributeType.Boolean when bool.TryParse(text, out var flag) => flag,
        _ => text,
    };
}
