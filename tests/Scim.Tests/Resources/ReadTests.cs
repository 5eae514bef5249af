using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Resources;

/// <summary>How the body of a POST or PUT is read.</summary>
public sealed class ReadTests
{
    private const string Urn = SchemaUrns.EnterpriseUser;

    // C4: names and URNs in any letter case, stored in the canonical one.
    [Fact]
    public void Names_InAnyLetterCase_AreStoredCanonically() => Json.Same(
        $$"""{"userName":"u","name":{"givenName":"G"},"emails":[{"value":"a","type":"WORK"}],"{{Urn}}":{"costCenter":"c"} }""",
        Engine.Stored($$"""
            "USERNAME":"u","Name":{"GIVENNAME":"G"},"eMails":[{"VALUE":"a","Type":"WORK"}],"{{Urn.ToUpperInvariant()}}":{"COSTCENTER":"c"}
            """));

    // C5: null, an empty array and absence all mean "unassigned". Okta also clears with an empty text.
    [Theory]
    [InlineData("\"nickName\":null")]
    [InlineData("\"nickName\":\"\"")]
    [InlineData("\"nickName\":[]")]
    [InlineData("\"emails\":[]")]
    [InlineData("\"emails\":null")]
    [InlineData("\"emails\":[null,{},\"\"]")]
    [InlineData("\"emails\":[{\"value\":\"\",\"type\":\"work\",\"primary\":true}]")]
    [InlineData("\"emails\":[{\"value\":null}]")]
    [InlineData("\"name\":{}")]
    [InlineData("\"name\":null")]
    [InlineData("\"name\":{\"givenName\":null,\"familyName\":\"\"}")]
    [InlineData($"\"{Urn}\":{{}}")]
    [InlineData($"\"{Urn}\":null")]
    [InlineData($"\"{Urn}\":{{\"manager\":{{\"value\":\"\"}},\"division\":null}}")]
    [InlineData("\"urn:x:1.0:User\":{}")]
    [InlineData("\"urn:x:1.0:User\":null")]
    public void Empty_OfAnyKind_IsUnassigned(string member) => Json.Same("""{"userName":"u"}""", Engine.Stored($"\"userName\":\"u\",{member}"));

    // C5, but these are values.
    [Theory]
    [InlineData("\"active\":false")]
    [InlineData("\"nickName\":\" \"")]
    public void FalseAndBlank_AreValues(string member) => Json.Same($"{{{member}}}", Engine.Stored(member));

    // C6: `schemas` present and not empty.
    [Theory]
    [InlineData("""{"userName":"u"}""")]
    [InlineData("""{"schemas":[],"userName":"u"}""")]
    [InlineData("""{"schemas":null,"userName":"u"}""")]
    [InlineData("""{"schemas":"urn:ietf:params:scim:schemas:core:2.0:User","userName":"u"}""")]
    [InlineData("""{"schemas":[1],"userName":"u"}""")]
    public void Schemas_MissingOrEmpty_IsInvalidSyntax(string body) => Json.Refused("invalidSyntax", "schemas-missing", Engine.Read(body));

    // C6: read in any letter case, and computed from what is there: not stored, not counted.
    [Fact]
    public void Schemas_AreComputed()
    {
        var input = Engine.Read($$"""{"SCHEMAS":["{{SchemaUrns.User}}","urn:not:there"],"userName":"u"}""").Value;

        Json.Same("""{"userName":"u"}""", input.Attributes);
        Assert.Empty(input.Ignored);
    }

    // C7, C9, W3: what only the server sets is ignored, and counted.
    [Fact]
    public void ReadOnly_IsIgnored()
    {
        var input = Engine.Read(Engine.Body(
            $$$"""
            "userName":"u","id":"mine","meta":{"version":"W/\"9\""},"groups":[{"value":"g"}],"{{{Urn}}}":{"manager":{"value":"m","displayName":"Boss"} }
            """)).Value;

        Json.Same($$$"""{"userName":"u","{{{Urn}}}":{"manager":{"value":"m"} } }""", input.Attributes);
        Assert.Equal([new IgnoredReason(Ignored.ReadOnly, 4)], input.Ignored);
    }

    // Okta sends an empty `groups` with every user that it creates.
    [Fact]
    public void ReadOnly_EmptyOrOfTheWrongType_IsIgnoredAllTheSame() =>
        Json.Same("""{"userName":"u"}""", Engine.Stored("\"userName\":\"u\",\"groups\":[],\"meta\":5,\"id\":{}"));

    // C8: `externalId` is the client's, kept as it is.
    [Fact]
    public void ExternalId_IsKeptAsItIs() => Json.Same("""{"externalId":"00uAbC"}""", Engine.Stored("\"externalId\":\"00uAbC\""));

    // C10: a password is accepted and never kept, whatever it is.
    [Theory]
    [InlineData("\"s3cret\"")]
    [InlineData("5")]
    [InlineData("null")]
    public void Password_IsDropped(string password)
    {
        var input = Engine.Read(Engine.Body($"\"userName\":\"u\",\"password\":{password}")).Value;

        Json.Same("""{"userName":"u"}""", input.Attributes);
        Assert.Equal([new IgnoredReason(Ignored.WriteOnlyDiscarded, 1)], input.Ignored);
    }

    // C12: unknown attributes are ignored and counted.
    [Theory]
    [InlineData("\"shoeSize\":44")]
    [InlineData("\"name\":{\"shoeSize\":44}")]
    [InlineData("\"emails\":[{\"shoeSize\":44}]")]
    [InlineData($"\"{Urn}\":{{\"shoe\":{{\"size\":44}}}}")]
    [InlineData($"\"{Urn}:shoe\":{{\"size\":44}}")]
    [InlineData($"\"{SchemaUrns.User}\":{{\"nickName\":\"n\"}}")]
    [InlineData("\"urn:x:1.0:User\":\"text\"")]
    public void Unknown_IsIgnoredAndCounted(string member)
    {
        var input = Engine.Read(Engine.Body($"\"userName\":\"u\",{member}")).Value;

        Json.Same("""{"userName":"u"}""", input.Attributes);
        Assert.Equal([new IgnoredReason(Ignored.UnknownAttribute, 1)], input.Ignored);
    }

    // C12: an extension that no schema describes is kept as it is.
    [Fact]
    public void UnknownExtension_IsKept()
    {
        const string extension = """{"urn:acme:1.0:User":{"hireDate":"2026-01-01","Deep":{"a":[1,2.50,null,{"b":1e300}]},"A":1,"a":2} }""";

        var input = Engine.Read(Engine.Body(extension[1..^1])).Value;

        Json.Same(extension, input.Attributes);
        Assert.Empty(input.Ignored);
    }

    // RFC 8259 §6: numbers are interoperable within the range of a double.
    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e99999999999")]
    public void UnknownExtension_WithANumberOutOfRange_IsInvalidValue(string number) =>
        Json.Refused("invalidValue", "number-out-of-range", Engine.Read(Engine.Body($"\"urn:x:User\":{{\"a\":[{number}]}}")));

    [Fact]
    public void Primary_Several_IsInvalidValue() => Json.Refused(
        "invalidValue",
        "several-primary-values",
        Engine.Read(Engine.Body("\"emails\":[{\"value\":\"a\",\"primary\":true},{\"value\":\"b\",\"primary\":\"True\"}]")));

    // Types are those of the schema; each of these is nearly one.
    [Theory]
    [InlineData("label", "5")]
    [InlineData("label", "true")]
    [InlineData("label", "[\"x\"]")]
    [InlineData("label", "{\"value\":\"x\"}")]
    [InlineData("flag", "1")]
    [InlineData("flag", "\"yes\"")]
    [InlineData("count", "\"1\"")]
    [InlineData("count", "1.5")]
    [InlineData("count", "9223372036854775808")]
    [InlineData("count", "1e400")]
    [InlineData("score", "\"1\"")]
    [InlineData("score", "1e400")]
    [InlineData("when", "\"2026-01-01\"")]
    [InlineData("when", "\"2026-02-30T00:00:00Z\"")]
    [InlineData("when", "1767225600")]
    [InlineData("blob", "\"not base64!\"")]
    [InlineData("blob", "\"AAA\"")]
    [InlineData("box", "[{\"width\":1}]")]
    [InlineData("box", "\"x\"")]
    [InlineData("tags", "[[\"x\"]]")]
    [InlineData("tags", "[{\"value\":\"x\"}]")]
    [InlineData("items", "[5]")]
    [InlineData(Things.Extra, "\"x\"")]
    public void Value_OfAnotherType_IsInvalidValue(string name, string value) =>
        Json.Refused("invalidValue", "value-type", Engine.Read(Engine.Body($"\"{name}\":{value}"), Things.Type));

    [Theory]
    [InlineData("score", "1.5e3", "1500")]
    [InlineData("count", "-3", "-3")]
    [InlineData("flag", "\"TRUE\"", "true")]
    [InlineData("when", "\"2026-01-01T00:00:00.123456789+01:00\"", "\"2026-01-01T00:00:00.123456789+01:00\"")]
    [InlineData("blob", "\"AAAA\"", "\"AAAA\"")]
    [InlineData("tags", "\"x\"", "[\"x\"]")]
    [InlineData("items", "\"x\"", "[{\"value\":\"x\"}]")]
    [InlineData("items", "{\"value\":\"x\"}", "[{\"value\":\"x\"}]")]
    public void Value_OfTheType_IsKept(string name, string value, string stored) =>
        Json.Same($"{{\"{name}\":{stored}}}", Engine.Stored($"\"{name}\":{value}", Things.Type));
}
