using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Filters;

/// <summary>RFC 7644 §3.4.2.2, what a filter means for the values that are there, and for those that are not.</summary>
public sealed class FilterMeaningTests
{
    private const string User = $$$"""
        {"schemas":["{{{SchemaUrns.User}}}","{{{SchemaUrns.EnterpriseUser}}}"],"id":"aB1","externalId":"00uX","userName":"Ann@Example.com","displayName":"Ann",
         "active":false,"name":{"familyName":"Lee"},
         "emails":[{"value":"Ann@Example.com","type":"work","primary":true},{"value":"ann@home.example","type":"home"}],
         "{{{SchemaUrns.EnterpriseUser}}}":{"employeeNumber":"701984","manager":{"value":"m-1"}},
         "meta":{"resourceType":"User","created":"2026-01-31T23:30:00.000Z","lastModified":"2026-02-01T00:00:00.500Z","version":"W/\"3\""}}
        """;

    // F8: userName, displayName, emails.value without regard to case; id, externalId case-exact.
    [Theory]
    [InlineData("userName eq \"ANN@EXAMPLE.COM\"", true)]
    [InlineData("displayName eq \"aNN\"", true)]
    [InlineData("emails.value eq \"ANN@HOME.EXAMPLE\"", true)]
    [InlineData("userName sw \"ANN@\"", true)]
    [InlineData("id eq \"aB1\"", true)]
    [InlineData("id eq \"AB1\"", false)]
    [InlineData("externalId eq \"00uX\"", true)]
    [InlineData("externalId eq \"00UX\"", false)]
    [InlineData("externalId co \"ux\"", false)]
    public void Case_FollowsCaseExact(string filter, bool matches) => Assert.Equal(matches, Engine.Matches(filter, User));

    // F9: a multi-valued attribute matches if any of its elements does.
    [Theory]
    [InlineData("emails.type eq \"home\"", true)]
    [InlineData("emails.type eq \"other\"", false)]
    [InlineData("emails.type ne \"home\"", true)]
    [InlineData("emails.primary eq true", true)]
    public void MultiValued_AnyElement_Matches(string filter, bool matches) => Assert.Equal(matches, Engine.Matches(filter, User));

    // F9, for values that are not complex.
    [Fact]
    public void MultiValued_OfPlainValues_AnyElementMatches()
    {
        Assert.True(Engine.Matches("tags eq \"RED\"", """{"tags":["blue","red"]}""", Things.Type));
        Assert.False(Engine.Matches("tags eq \"green\"", """{"tags":["blue","red"]}""", Things.Type));
    }

    // F10: brackets ask for one and the same element; two dotted names do not.
    [Theory]
    [InlineData("emails[type eq \"home\" and value co \"Example.com\"]", false)]
    [InlineData("emails.type eq \"home\" and emails.value co \"Example.com\"", true)]
    [InlineData("emails[type eq \"work\" and value co \"Example.com\"]", true)]
    [InlineData("emails[type eq \"home\" and primary eq true]", false)]
    public void ValuePath_AsksOneElementForEverything(string filter, bool matches) => Assert.Equal(matches, Engine.Matches(filter, User));

    // F11: a complex attribute stands for its "value".
    [Theory]
    [InlineData("emails eq \"ann@example.com\"", true)]
    [InlineData("emails co \"home\"", true)]
    [InlineData("emails eq \"work\"", false)]
    [InlineData(SchemaUrns.EnterpriseUser + ":manager eq \"m-1\"", true)]
    public void Complex_Compared_IsItsValue(string filter, bool matches) => Assert.Equal(matches, Engine.Matches(filter, User));

    // F11: and without a "value" it cannot be compared.
    [Fact]
    public void Complex_WithoutValue_IsRefused() => Json.Refused("invalidFilter", "filter-complex-attribute", Engine.Parse("name eq \"Lee\""));

    // F14: dates are compared as instants: zones, and fractions of any length.
    [Theory]
    [InlineData("meta.created eq \"2026-01-31T23:30:00Z\"", true)]
    [InlineData("meta.created eq \"2026-02-01T00:30:00+01:00\"", true)]
    [InlineData("meta.created eq \"2026-01-31T18:30:00.0-05:00\"", true)]
    [InlineData("meta.created lt \"2026-01-31T23:45:00Z\"", true)]
    [InlineData("meta.created gt \"2026-02-01T00:15:00+01:00\"", true)]
    [InlineData("meta.created gt \"2026-02-01T00:15:00Z\"", false)]
    [InlineData("meta.lastModified gt \"2026-02-01T00:00:00Z\"", true)]
    [InlineData("meta.lastModified eq \"2026-02-01T00:00:00.5Z\"", true)]
    [InlineData("meta.lastModified eq \"2026-02-01T00:00:00.500000000Z\"", true)]
    [InlineData("meta.lastModified lt \"2026-02-01T00:00:00.500000100Z\"", true)]
    [InlineData("meta.lastModified ge \"2026-02-01T00:00:00.500\"", true)]
    public void Instants_AreComparedAsInstants(string filter, bool matches) => Assert.Equal(matches, Engine.Matches(filter, User));

    // F15: pr asks for a non-empty value, of a complex attribute for at least one non-empty sub-attribute.
    [Theory]
    [InlineData("active pr", true)]
    [InlineData("name pr", true)]
    [InlineData("emails pr", true)]
    [InlineData("emails.display pr", false)]
    [InlineData("nickName pr", false)]
    [InlineData("addresses pr", false)]
    [InlineData(SchemaUrns.EnterpriseUser + ":manager pr", true)]
    [InlineData(SchemaUrns.EnterpriseUser + ":division pr", false)]
    public void Present_IsANonEmptyValue(string filter, bool matches) => Assert.Equal(matches, Engine.Matches(filter, User));

    // F15, for what no writer of ours leaves behind.
    [Theory]
    [InlineData("""{"name":{}}""", "name pr")]
    [InlineData("""{"name":{"familyName":""}}""", "name pr")]
    [InlineData("""{"emails":[]}""", "emails pr")]
    [InlineData("""{"emails":[{}]}""", "emails pr")]
    [InlineData("""{"nickName":""}""", "nickName pr")]
    [InlineData("""{"nickName":null}""", "nickName pr")]
    public void Present_EmptyValue_IsNone(string user, string filter) => Assert.False(Engine.Matches(filter, user));

    // F16: an absent attribute equals nothing, and differs from everything.
    [Theory]
    [InlineData("nickName eq \"x\"", false)]
    [InlineData("nickName ne \"x\"", true)]
    [InlineData("nickName co \"x\"", false)]
    [InlineData("nickName lt \"x\"", false)]
    [InlineData("addresses.locality ne \"x\"", true)]
    [InlineData("emails[display ne \"x\"]", true)]
    [InlineData("addresses[locality ne \"x\"]", false)]
    [InlineData("nickName eq null", true)]
    [InlineData("nickName ne null", false)]
    [InlineData("userName eq null", false)]
    [InlineData("userName ne null", true)]
    public void Absent_EqualsNothingButNull(string filter, bool matches) => Assert.Equal(matches, Engine.Matches(filter, User));

    // F17: URN-prefixed names, of extensions and of the core schema, in any letter case.
    [Theory]
    [InlineData(SchemaUrns.EnterpriseUser + ":employeeNumber eq \"701984\"")]
    [InlineData("URN:IETF:PARAMS:SCIM:SCHEMAS:EXTENSION:ENTERPRISE:2.0:USER:EMPLOYEENUMBER eq \"701984\"")]
    [InlineData(SchemaUrns.EnterpriseUser + ":manager.value eq \"m-1\"")]
    [InlineData(SchemaUrns.EnterpriseUser + ":manager[value eq \"m-1\"]")]
    [InlineData(SchemaUrns.User + ":userName eq \"ann@example.com\"")]
    [InlineData(SchemaUrns.User + ":name.familyName eq \"lee\"")]
    [InlineData(SchemaUrns.User + ":emails[type eq \"work\"]")]
    [InlineData(SchemaUrns.User + ":externalId eq \"00uX\"")]
    public void Urn_BeforeAName_IsTakenOff(string filter) => Assert.True(Engine.Matches(filter, User));

    // F17: the longest known URN is the prefix, where one begins with another.
    [Fact]
    public void Urn_ThatBeginsWithAnother_IsTakenOffWhole()
    {
        const string thing = $$"""{"{{Things.Extra}}":{"note":"short"},"{{Things.Plus}}":{"note":"long"} }""";

        Assert.True(Engine.Matches($"{Things.Plus}:note eq \"long\" and {Things.Extra}:note eq \"short\"", thing, Things.Type));
    }

    // F19: schemas, meta.resourceType and meta.lastModified are attributes like others.
    [Theory]
    [InlineData($"schemas eq \"{SchemaUrns.EnterpriseUser}\"", true)]
    [InlineData("schemas eq \"urn:other\"", false)]
    [InlineData("meta.resourceType eq \"User\"", true)]
    [InlineData("meta.resourceType eq \"Group\"", false)]
    [InlineData("meta.lastModified gt \"2026-01-01T00:00:00Z\"", true)]
    [InlineData("meta.version eq \"W/\\\"3\\\"\"", true)]
    public void CommonAttribute_IsFilterable(string filter, bool matches) => Assert.Equal(matches, Engine.Matches(filter, User));

    // F20: what nothing matches is no error (Entra asks for a random userName when it tests a connection).
    [Fact]
    public void NoMatch_IsNoError() => Assert.False(Engine.Matches("userName eq \"0b1f8a52-7f5e-4b52-9f0a-1c6f4c1d4b1e\"", User));

    // Entra writes Booleans as texts.
    [Theory]
    [InlineData("active eq \"False\"", true)]
    [InlineData("active eq \"true\"", false)]
    [InlineData("active ne \"True\"", true)]
    [InlineData("emails[primary eq \"True\" and type eq \"work\"]", true)]
    public void Boolean_AsText_IsABoolean(string filter, bool matches) => Assert.Equal(matches, Engine.Matches(filter, User));

    [Theory]
    [InlineData("count gt 9", true)]
    [InlineData("count eq 10.0", true)]
    [InlineData("score lt 1e-3", true)]
    [InlineData("score eq 0.0005", true)]
    [InlineData("score ge 0.00051", false)]
    [InlineData("items[number ge 2 and number le 2]", true)]
    public void Numbers_AreComparedAsNumbers(string filter, bool matches) =>
        Assert.Equal(matches, Engine.Matches(filter, """{"count":10,"score":0.00050,"items":[{"number":2},{"number":30}]}""", Things.Type));
}
