using CsCheck;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Filters;

/// <summary>What is refused, and that nothing gets past the limits.</summary>
public sealed class FilterRefusalTests
{
    // F12: gt, ge, lt, le on a Boolean or on binary data.
    [Theory]
    [InlineData("flag gt false")]
    [InlineData("flag ge true")]
    [InlineData("flag lt \"true\"")]
    [InlineData("flag le true")]
    [InlineData("blob gt \"AAAA\"")]
    [InlineData("blob ge \"AAAA\"")]
    [InlineData("blob lt \"AAAA\"")]
    [InlineData("blob le \"AAAA\"")]
    public void Order_OfBooleanOrBinary_IsRefused(string filter) => Json.Refused("invalidFilter", "filter-operator-type", Engine.Parse(filter, Things.Type));

    // Parts of a text are parts of a text: nothing else has any.
    [Theory]
    [InlineData("flag co true")]
    [InlineData("count sw 1")]
    [InlineData("when ew \"2026-01-01T00:00:00Z\"")]
    [InlineData("label co null")]
    [InlineData("label gt null")]
    public void Substring_OfWhatIsNoText_IsRefused(string filter) => Json.Refused("invalidFilter", "filter-operator-type", Engine.Parse(filter, Things.Type));

    [Theory]
    [InlineData("label eq 1")]
    [InlineData("label eq true")]
    [InlineData("count eq \"1\"")]
    [InlineData("count eq 1e400")]
    [InlineData("score gt \"1\"")]
    [InlineData("flag eq \"yes\"")]
    [InlineData("flag eq 1")]
    [InlineData("when gt \"yesterday\"")]
    [InlineData("when gt \"2026-13-01T00:00:00Z\"")]
    [InlineData("when gt 2026")]
    public void Value_OfAnotherType_IsRefused(string filter) => Json.Refused("invalidFilter", "filter-value-type", Engine.Parse(filter, Things.Type));

    // F13: an unknown operator, or what cannot be read.
    [Theory]
    [InlineData("userName xx \"a\"")]
    [InlineData("userName = \"a\"")]
    [InlineData("userName")]
    [InlineData("userName eq")]
    [InlineData("eq \"a\"")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\"a\" eq userName")]
    [InlineData("userName eq \"a\" and")]
    [InlineData("userName eq \"a\" or or active pr")]
    [InlineData("and userName pr")]
    [InlineData("(userName eq \"a\"")]
    [InlineData("userName eq \"a\")")]
    [InlineData("()")]
    [InlineData("userName eq \"a\" \"b\"")]
    [InlineData("userName eq \"a\" userName eq \"b\"")]
    [InlineData("userName pr pr")]
    [InlineData("emails[type eq \"work\"].value eq \"a\"")]
    public void Unreadable_IsRefused(string filter) => Json.Refused("invalidFilter", Engine.Parse(filter));

    // F18: an unknown name is refused. An empty answer would make Okta create what it did not find.
    [Theory]
    [InlineData("userNmae eq \"a\"")]
    [InlineData("name.middle eq \"a\"")]
    [InlineData("userName.value eq \"a\"")]
    [InlineData("employeeNumber eq \"1\"")]
    [InlineData("urn:unknown:2.0:User:thing eq \"1\"")]
    [InlineData(SchemaUrns.EnterpriseUser + " pr")]
    [InlineData(SchemaUrns.EnterpriseUser + ":userName eq \"a\"")]
    [InlineData("emails[colour eq \"a\"]")]
    [InlineData(".userName eq \"a\"")]
    [InlineData("emails.value. eq \"a\"")]
    public void UnknownName_IsRefused(string filter) => Json.Refused("invalidFilter", "filter-unknown-attribute", Engine.Parse(filter));

    // F22: a password cannot be guessed by filters, whatever it is called by.
    [Theory]
    [InlineData("password eq \"secret\"")]
    [InlineData("PASSWORD pr")]
    [InlineData("userName pr and not (password sw \"a\")")]
    [InlineData(SchemaUrns.User + ":password ge \"a\"")]
    public void Password_IsNotFilterable(string filter) => Json.Refused("invalidFilter", "filter-forbidden-attribute", Engine.Parse(filter));

    // F22, for any schema: neither what is never returned, nor a part of it.
    [Theory]
    [InlineData("secret eq \"a\"")]
    [InlineData("hidden.value eq \"a\"")]
    [InlineData("hidden eq \"a\"")]
    [InlineData("hidden[value eq \"a\"]")]
    public void NeverReturned_IsNotFilterable(string filter) => Json.Refused("invalidFilter", "filter-forbidden-attribute", Engine.Parse(filter, Things.Type));

    // F23: depth.
    [Theory]
    [InlineData("(", ")")]
    [InlineData("not (", ")")]
    public void Depth_UpToTheLimitAndNoFurther(string open, string close)
    {
        string Nested(int depth) => string.Concat(Enumerable.Repeat(open, depth)) + "userName pr" + string.Concat(Enumerable.Repeat(close, depth));

        Assert.True(Engine.Parse(Nested(64)).Succeeded);
        Json.Refused("invalidFilter", "filter-too-deep", Engine.Parse(Nested(65)));
        Json.Refused("invalidFilter", "filter-too-deep", Engine.Parse("emails[" + Nested(1_000).Replace("userName", "value") + "]"));
    }

    // F23: no run of brackets of any kind exhausts the stack.
    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("not(")]
    [InlineData("emails[")]
    [InlineData("emails[(")]
    public void Brackets_AsManyAsTheLengthAllows_AreRefused(string open) =>
        Json.Refused("invalidFilter", Engine.Parse(string.Concat(Enumerable.Repeat(open, 8_192 / open.Length))));

    // F23: terms, and length.
    [Fact]
    public void Terms_UpToTheLimitAndNoFurther()
    {
        string Terms(int count, string word) => string.Join(word, Enumerable.Repeat("title pr", count));

        Assert.True(Engine.Matches(Terms(256, " or "), """{"title":"x"}"""));
        Assert.True(Engine.Matches(Terms(256, " and "), """{"title":"x"}"""));
        Json.Refused("invalidFilter", "filter-too-many-terms", Engine.Parse(Terms(257, " or ")));
    }

    [Fact]
    public void Length_UpToTheLimitAndNoFurther()
    {
        string Long(int length) => $"title eq \"{new string('x', length - 11)}\"";

        Assert.True(Engine.Parse(Long(8_192)).Succeeded);
        Json.Refused("invalidFilter", "filter-too-long", Engine.Parse(Long(8_193)));
    }

    // Arbitrary text, and text made of a filter's own pieces, which gets further in.
    [Fact]
    public void Parse_AnyText_AnswersAndNeverThrows()
    {
        var pieces = Gens.OneOf(
            "userName", "emails", "emails[", "name.", "active", "not", "not(", "(", ")", "[", "]", " ", " ", " eq ", " pr", " and ", " or ", "\"a\"", "\"", "\\",
            "\\u", "\\ud800", "1e999", "null", "true", "urn:", SchemaUrns.User, ":", ".", "\0", "\ud800", "é");
        var texts = Gen.OneOf(Gen.String, pieces.Array[0, 20].Select(string.Concat));

        texts.Sample(
            text =>
            {
                var parsed = Engine.Parse(text);
                Assert.True(parsed.Succeeded || parsed.Error is { Status: 400, ScimType: "invalidFilter", Detail.Length: < 1_000 });
                Assert.True(parsed.Succeeded || ErrorText.Of(parsed.Error).Length > 0);
            },
            iter: 20_000);
    }
}
