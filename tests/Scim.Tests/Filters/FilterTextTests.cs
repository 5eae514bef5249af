using System.Text.Json;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Filters;

/// <summary>The texts inside filters: escapes, quotes, and characters of every kind (RFC 7644 §3.4.2.2, RFC 8259 §7).</summary>
public sealed class FilterTextTests
{
    [Theory]
    [InlineData("say \\\"hi\\\"", "say \"hi\"")]
    [InlineData("back\\\\slash", "back\\slash")]
    [InlineData("\\u0041nn", "Ann")]
    [InlineData("tab\\tnew\\nline\\/", "tab\tnew\nline/")]
    [InlineData("\\ud83d\\ude00", "😀")]
    [InlineData("o'neil+tag@example.com", "o'neil+tag@example.com")]
    [InlineData("a ) ] ( [ b", "a ) ] ( [ b")]
    [InlineData("x\\\" or \\\"\\\" eq \\\"", "x\" or \"\" eq \"")]
    [InlineData("Zoë Ångström 東京", "Zoë Ångström 東京")]
    [InlineData("ann and bob or not (eve)", "ann and bob or not (eve)")]
    public void Text_WithEscapesOrOddCharacters_IsComparedAsItReads(string written, string meant)
    {
        var user = JsonSerializer.Serialize(new { userName = meant, emails = new[] { new { value = meant } } });

        Assert.True(Engine.Matches($"userName eq \"{written}\"", user));
        Assert.True(Engine.Matches($"emails[value eq \"{written}\"] and userName pr", user));
        Assert.False(Engine.Matches($"userName ne \"{written}\"", user));
    }

    [Theory]
    [InlineData("É", "é")]
    [InlineData("e\u0301", "é")]
    [InlineData("ÅNGSTRÖM", "ångström")]
    [InlineData("ПЁТР", "пётр")]
    public void Text_NotCaseExact_IsFoldedBeyondAscii(string asked, string stored) =>
        Assert.True(Engine.Matches($"userName eq \"{asked}\"", JsonSerializer.Serialize(new { userName = stored })));

    // Culture would put "Z" after "é" and ignore hyphens; code units do neither, on any machine.
    [Theory]
    [InlineData("userName gt \"z\"", "é", true)]
    [InlineData("userName lt \"co-op\"", "coop", false)]
    [InlineData("userName sw \"\u00ad\"", "ann", false)]
    public void Text_Ordered_IsOrderedByCodeUnitsNotCulture(string filter, string stored, bool matches) =>
        Assert.Equal(matches, Engine.Matches(filter, JsonSerializer.Serialize(new { userName = stored })));

    [Theory]
    [InlineData("userName eq \"\\ud800\"")]
    [InlineData("userName eq \"\\udc00x\"")]
    [InlineData("emails[value eq \"\\ud800\\ud800\"]")]
    [InlineData("active eq \"\\ud800\"")]
    [InlineData("meta.created gt \"\\ud800\"")]
    public void Text_HalfASurrogatePair_IsRefused(string filter) => Json.Refused("invalidFilter", "filter-malformed", Engine.Parse(filter));

    [Theory]
    [InlineData("userName eq \"x\" \0")]
    [InlineData("userName eq \"x\"\0 or active eq true")]
    [InlineData("userName pr \0")]
    [InlineData("\0userName pr")]
    [InlineData("userName\tpr")]
    [InlineData("userName eq\n\"x\"")]
    public void Text_ControlCharacterBetweenTokens_IsRefused(string filter) => Json.Refused("invalidFilter", Engine.Parse(filter));

    [Theory]
    [InlineData("  userName   eq   \"x\"  ")]
    [InlineData("( userName eq \"x\" )")]
    [InlineData("userName eq \"x\"   and   ( userName pr )")]
    public void Spaces_MoreThanOne_DoNotMatter(string filter) => Assert.True(Engine.Matches(filter, """{"userName":"x"}"""));
}
