using System.Text.Json;
using CsCheck;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Schemas;

/// <summary>Unique keys and filters must not disagree about what is the same name.</summary>
public sealed class CaseFoldingTests
{
    private static readonly Gen<string> Names = Gen.OneOf(
        Gens.OneOf("a", "A", "é", "É", "e\u0301", "E\u0301", "ß", "SS", "i", "I", "İ", "ı", "ς", "σ", "Σ", "ǆ", "ǅ", "K", "\u212a", "ﬁ", "😀", "\u0345", "α"),
        Gen.Char.Where(letter => !char.IsSurrogate(letter)).Select(letter => letter.ToString()));

    [Fact]
    public void Fold_OfTwoNames_IsEqualExactlyWhenAFilterFindsOneByTheOther() =>
        Gen.Select(Names.Array[0, 3].Select(string.Concat), Names.Array[0, 3].Select(string.Concat)).Sample((one, other) =>
        {
            var filter = $"userName eq {JsonSerializer.Serialize(other)}";
            if (!other.Contains('\0') && one.Length > 0 && other.Length > 0)
            {
                Assert.Equal(CaseFolding.Fold(one) == CaseFolding.Fold(other), Engine.Matches(filter, JsonSerializer.Serialize(new { userName = one })));
            }
        }, iter: 5_000);

    [Fact]
    public void Fold_OfAnyText_NeverThrowsAndDoesNotSeeCaseOrComposition() => Gen.String.Sample(text =>
    {
        Assert.Equal(CaseFolding.Fold(text), CaseFolding.Fold(text));
        if (CaseFolding.IsWellFormed(text))
        {
            Assert.Equal(CaseFolding.Fold(text), CaseFolding.Fold(text.Normalize()));
        }
    });

    [Theory]
    [InlineData("Straße", "STRASSE", false)]
    [InlineData("ﬁ", "fi", false)]
    [InlineData("é", "E\u0301", true)]
    [InlineData("I", "ı", false)]
    [InlineData("İ", "i", false)]
    [InlineData("o", "ö", false)]
    [InlineData("ÄÖÜ", "äöü", true)]
    public void Fold_OfOddLetters_DoesNotMergeDifferentPeople(string one, string other, bool isSame) =>
        Assert.Equal(isSame, CaseFolding.Fold(one) == CaseFolding.Fold(other));

    // No theory: a runner that writes its cases down would mend the halves.
    [Fact]
    public void IsWellFormed_SeesHalfPairs()
    {
        Assert.All(new[] { "", "a", "😀", "a😀b" }, text => Assert.True(CaseFolding.IsWellFormed(text)));
        Assert.All(new[] { "\ud83d", "\ude00\ud83d", "a\ud83d\ude00\ud83d", "\ude00" }, text => Assert.False(CaseFolding.IsWellFormed(text)));
    }
}
