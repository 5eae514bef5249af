using CsCheck;

namespace OrleansIdentity.Scim.Tests.Support;

/// <summary>Generators that several properties share.</summary>
internal static class Gens
{
    /// <summary>One of these texts. (A plain array of strings would be taken for generators.)</summary>
    public static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    /// <summary>One of these texts, or none.</summary>
    public static Gen<string?> Maybe(params string[] texts) =>
        Gen.Int[-1, texts.Length - 1].Select(index => index < 0 ? null : texts[index]);

    /// <summary>The word with each letter in either case, as the bits of the seed say.</summary>
    public static string OddCase(string word, int seed) => string.Concat(word.Select((letter, index) =>
        ((seed >> (index % 30)) & 1) == 0 ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter)));
}
