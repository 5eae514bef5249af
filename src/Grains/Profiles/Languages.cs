using System.Collections.Frozen;
using System.Globalization;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Profiles;

/// <summary>Languages as people and directories write them, as BCP 47 tags.</summary>
internal static class Languages
{
    private const string Hint = "Send a language tag such as 'de' or 'de-DE', or the name of a language in English or in itself.";

    // What ICU knows, by what it may be called. A name that means several cultures means the one without a region.
    private static readonly Lazy<(FrozenDictionary<string, string> Tags, FrozenDictionary<string, string> Names)> Known = new(Read);

    /// <summary>A language: <c>de_DE</c>, <c>de-de</c>, <c>German</c>, <c>Deutsch</c>, <c>Deutsch (Österreich)</c>, the first of <c>de-DE,en;q=0.5</c>.</summary>
    public static Understood Normalise(string value)
    {
        // RFC 7643 §4.1.1: preferredLanguage is written as the HTTP header Accept-Language is, which may list several.
        var first = value.Split(',', ';')[0].Trim();
        var tag = first.Split('.', '@')[0].Replace('_', '-');
        var (tags, names) = Known.Value;
        return tags.TryGetValue(tag, out var exact) ? Understood.As(exact)
            : names.TryGetValue(CaseFolding.Fold(first), out var named) ? Understood.As(named)
            : Regional(tag, tags) is { } regional ? Understood.As(regional)
            : Understood.Not($"This is no language that is known. {Hint}");
    }

    // A known language in a region where ICU does not expect it, such as en-JP, is well-formed and means something.
    private static string? Regional(string tag, FrozenDictionary<string, string> tags) =>
        tag.Split('-') is [var language, { Length: 2 } region] && tags.TryGetValue(language, out var known) && region.All(char.IsAsciiLetter)
            ? $"{known}-{region.ToUpperInvariant()}"
            : null;

    private static (FrozenDictionary<string, string> Tags, FrozenDictionary<string, string> Names) Read()
    {
        var cultures = CultureInfo.GetCultures(CultureTypes.AllCultures).Where(culture => culture.Name.Length > 0).OrderBy(culture => culture.Name.Length).ToArray();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var culture in cultures)
        {
            names.TryAdd(CaseFolding.Fold(culture.EnglishName), culture.Name);
            names.TryAdd(CaseFolding.Fold(culture.NativeName), culture.Name);
        }

        return (
            cultures.DistinctBy(culture => culture.Name, StringComparer.OrdinalIgnoreCase)
                .ToFrozenDictionary(culture => culture.Name, culture => culture.Name, StringComparer.OrdinalIgnoreCase),
            names.ToFrozenDictionary(StringComparer.Ordinal));
    }
}
