using CsCheck;
using OrleansIdentity.Okta.Paging;

namespace OrleansIdentity.Okta.Tests.Paging;

/// <summary>RFC 8288 §3, as far as an org may make use of it.</summary>
public class LinkHeaderTests
{
    [Theory]
    [InlineData("<https://a.okta.com/x?after=1>; rel=\"next\"", "https://a.okta.com/x?after=1")]
    [InlineData("<https://a.okta.com/x>;rel=next", "https://a.okta.com/x")]
    [InlineData("<https://a.okta.com/x> ; title=\"a, b; rel=\\\"prev\\\"\" ; REL=\"NEXT\"", "https://a.okta.com/x")]
    [InlineData("<https://a.okta.com/s>; rel=\"self\", <https://a.okta.com/n?a=1,2;3>; rel=\"next\"", "https://a.okta.com/n?a=1,2;3")]
    [InlineData("<https://a.okta.com/x>; rel=\"start next\"", "https://a.okta.com/x")]
    [InlineData("<https://a.okta.com/x>; rel=\"self\"; rel=\"next\"", null)]
    [InlineData("<https://a.okta.com/x>; rel=\"nextish\"", null)]
    [InlineData("<https://a.okta.com/x>", null)]
    [InlineData("<https://a.okta.com/x; rel=\"next\"", null)]
    [InlineData("", null)]
    public void Find_OneLine_GivesTheNextLink(string line, string? expected) => Assert.Equal(expected, LinkHeader.Find([line], "next"));

    [Fact]
    public void Find_SeveralLines_LooksAtAll() =>
        Assert.Equal("https://a.okta.com/n", LinkHeader.Find(["<https://a.okta.com/s>; rel=\"self\"", "<https://a.okta.com/n>; rel=\"next\""], "next"));

    [Fact]
    public void Find_LinksInAnyOrderAndSplit_GivesTheSame()
    {
        var target = Gen.String[Gen.Char["abc/?&=%,;.- "], 1, 20].Select(text => $"https://a.okta.com/{text.Trim()}");
        Gen.Select(target.Array[1, 4], Gen.Int[0, 3], Gen.Bool).Sample((targets, at, isOneLine) =>
        {
            var next = at % targets.Length;
            var links = targets.Select((one, index) => $"<{one}>; rel=\"{(index == next ? "next" : "self")}\"").ToArray();
            string[] lines = isOneLine ? [string.Join(", ", links)] : links;
            return LinkHeader.Find(lines, "next") == targets[next];
        });
    }

    [Fact]
    public void Find_Anything_EndsWithoutException() =>
        Gen.String[Gen.Char["<>;,=\"\\ relnxt"], 0, 40].Sample(text => LinkHeader.Find([text], "next") is null or { Length: < 40 });
}
