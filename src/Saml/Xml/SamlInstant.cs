using System.Globalization;

namespace OrleansIdentity.Saml.Xml;

/// <summary>Moments as SAML writes them: <c>xs:dateTime</c> in UTC, with <c>Z</c> (core §1.3.3).</summary>
internal static class SamlInstant
{
    private const string Seconds = "yyyy-MM-dd'T'HH:mm:ss";
    private const int SecondsLength = 19;
    private const int TickDigits = 7;

    public static string Write(DateTimeOffset instant) => instant.UtcDateTime.ToString(Seconds + ".fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads it; digits below a tick are cut off. Null for anything else than the form above.</summary>
    public static DateTimeOffset? Read(string? text)
    {
        if (text is null || !text.EndsWith('Z') || text.Length <= SecondsLength
            || !DateTimeOffset.TryParseExact(text[..SecondsLength], Seconds, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return null;
        }

        var fraction = text[SecondsLength..^1];
        if (fraction.Length == 0)
        {
            return instant;
        }

        var digits = fraction[1..];
        return fraction[0] == '.' && digits.Length > 0 && digits.All(char.IsAsciiDigit)
            ? instant.AddTicks(int.Parse(digits.PadRight(TickDigits, '0')[..TickDigits], CultureInfo.InvariantCulture))
            : null;
    }
}
