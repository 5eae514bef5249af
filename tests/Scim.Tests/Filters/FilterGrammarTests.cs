using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Filters;

/// <summary>RFC 7644 §3.4.2.2, what a filter may look like. Precedence is proven by what a filter means.</summary>
public sealed class FilterGrammarTests
{
    private const string Ann = """
        {"userName":"Ann","title":"Engineer","active":true,"emails":[{"value":"ann@example.com","type":"work"},{"value":"ann@home.example","type":"home"}]}
        """;

    // F2: eq ne co sw ew pr gt ge lt le, and or not, parentheses, attr[ … ].
    [Theory]
    [InlineData("userName eq \"ann\"", true)]
    [InlineData("userName eq \"an\"", false)]
    [InlineData("userName ne \"ann\"", false)]
    [InlineData("userName ne \"bob\"", true)]
    [InlineData("title co \"gine\"", true)]
    [InlineData("title co \"x\"", false)]
    [InlineData("title sw \"eng\"", true)]
    [InlineData("title sw \"ngi\"", false)]
    [InlineData("title ew \"EER\"", true)]
    [InlineData("title ew \"eng\"", false)]
    [InlineData("title pr", true)]
    [InlineData("nickName pr", false)]
    [InlineData("userName gt \"ANM\"", true)]
    [InlineData("userName gt \"ann\"", false)]
    [InlineData("userName ge \"ann\"", true)]
    [InlineData("userName ge \"ano\"", false)]
    [InlineData("userName lt \"ANO\"", true)]
    [InlineData("userName lt \"ann\"", false)]
    [InlineData("userName le \"ann\"", true)]
    [InlineData("userName le \"anm\"", false)]
    [InlineData("userName eq \"ann\" and active eq true", true)]
    [InlineData("userName eq \"ann\" and active eq false", false)]
    [InlineData("userName eq \"bob\" or active eq true", true)]
    [InlineData("userName eq \"bob\" or active eq false", false)]
    [InlineData("not (userName eq \"bob\")", true)]
    [InlineData("not (userName eq \"ann\")", false)]
    [InlineData("(userName eq \"ann\")", true)]
    [InlineData("emails[type eq \"work\"]", true)]
    [InlineData("emails[type eq \"other\"]", false)]
    public void Operator_OnAValue_MeansWhatTheRfcSays(string filter, bool matches) => Assert.Equal(matches, Engine.Matches(filter, Ann));

    // F3: operators and logical words are case-insensitive.
    [Theory]
    [InlineData("userName EQ \"ann\" AND active Eq true")]
    [InlineData("userName eQ \"bob\" oR title PR")]
    [InlineData("NOT (userName cO \"bob\") AnD Emails[Type EQ \"work\"]")]
    public void Word_InAnyLetterCase_IsTheSame(string filter) => Assert.True(Engine.Matches(filter, Ann));

    // F4: grouping, then not, then and, then or. Each filter is false, or true, only under that reading.
    [Theory]
    [InlineData("active eq true or title pr and nickName pr", true)]
    [InlineData("nickName pr and title pr or active eq true", true)]
    [InlineData("(active eq true or title pr) and nickName pr", false)]
    [InlineData("nickName pr and (title pr or active eq true)", false)]
    [InlineData("not (nickName pr) or title pr and nickName pr", true)]
    [InlineData("not (title pr) and nickName pr or active eq true", true)]
    [InlineData("not (title pr or nickName pr) or not (active eq true and title pr)", false)]
    [InlineData("emails[type eq \"work\" or type eq \"home\" and value eq \"nobody\"]", true)]
    [InlineData("emails[(type eq \"work\" or type eq \"home\") and value eq \"nobody\"]", false)]
    public void Precedence_WithoutParentheses_IsNotThenAndThenOr(string filter, bool matches) => Assert.Equal(matches, Engine.Matches(filter, Ann));

    // F5, erratum 7319: "not" is followed by a parenthesis, with or without a space between.
    [Theory]
    [InlineData("not(nickName pr)")]
    [InlineData("not (nickName pr)")]
    [InlineData("NOT(nickName pr) and not(userName eq \"bob\")")]
    [InlineData("emails[not(type eq \"home\")]")]
    [InlineData("not(emails[type eq \"other\"])")]
    [InlineData("not (not (title pr))")]
    public void Not_BeforeAParenthesis_WithOrWithoutASpace(string filter) => Assert.True(Engine.Matches(filter, Ann));

    // F5: nothing else may follow it.
    [Theory]
    [InlineData("not title pr")]
    [InlineData("not title pr)")]
    [InlineData("not not (title pr)")]
    [InlineData("not")]
    [InlineData("not emails[type eq \"work\"]")]
    public void Not_BeforeAnythingElse_IsRefused(string filter) => Json.Refused("invalidFilter", "filter-malformed", Engine.Parse(filter));

    // F6, errata 4690 and 7322: the condition in brackets has its own and, or, not and parentheses.
    [Theory]
    [InlineData("emails[type eq \"work\" and value ew \"example.com\"]", true)]
    [InlineData("emails[type eq \"work\" and not (value ew \"example.com\")]", false)]
    [InlineData("emails[(type eq \"x\" or type eq \"home\") and not (value sw \"bob\")]", true)]
    [InlineData("emails[ type eq \"work\" ]", true)]
    [InlineData("emails [type eq \"work\"]", true)]
    public void ValuePath_WithItsOwnExpression_IsRead(string filter, bool matches) => Assert.Equal(matches, Engine.Matches(filter, Ann));

    // F6: brackets are not nested, and stand after an attribute that has sub-attributes.
    [Theory]
    [InlineData("emails[value[type eq \"work\"]]", "filter-malformed")]
    [InlineData("emails[type[value eq \"x\"] eq \"work\"]", "filter-malformed")]
    [InlineData("userName[value eq \"x\"]", "filter-brackets-misplaced")]
    [InlineData("emails.value[type eq \"work\"]", "filter-brackets-misplaced")]
    [InlineData("emails[]", "filter-malformed")]
    [InlineData("emails[type eq \"work\"", "filter-malformed")]
    [InlineData("emails[emails.type eq \"work\"]", "filter-unknown-attribute")]
    public void ValuePath_NestedOrMisplaced_IsRefused(string filter, string id) => Json.Refused("invalidFilter", id, Engine.Parse(filter));

    // F7: values are JSON scalars.
    [Theory]
    [InlineData("label eq \"x\"")]
    [InlineData("count eq 3")]
    [InlineData("count eq -3")]
    [InlineData("score eq 1.5e3")]
    [InlineData("flag eq true")]
    [InlineData("flag eq false")]
    [InlineData("label eq null")]
    public void Value_AnyJsonScalar_IsRead(string filter) => Assert.True(Engine.Parse(filter, Things.Type).Succeeded);

    // F7: and nothing else.
    [Theory]
    [InlineData("label eq x")]
    [InlineData("label eq 'x'")]
    [InlineData("label eq True")]
    [InlineData("label eq {}")]
    [InlineData("label eq []")]
    [InlineData("count eq 01")]
    [InlineData("count eq +1")]
    [InlineData("count eq 1.")]
    [InlineData("count eq NaN")]
    [InlineData("label eq \"x\\q\"")]
    [InlineData("label eq \"x")]
    [InlineData("label eq \"x\\\"")]
    [InlineData("label eq \"\t\"")]
    [InlineData("label eq /*x*/ \"x\"")]
    public void Value_NoJsonScalar_IsRefused(string filter) => Json.Refused("invalidFilter", "filter-malformed", Engine.Parse(filter, Things.Type));
}
