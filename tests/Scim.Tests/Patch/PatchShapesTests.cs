using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Patch;

/// <summary>The requests that Okta and Entra ID send.</summary>
public sealed class PatchShapesTests
{
    private const string Urn = SchemaUrns.EnterpriseUser;
    private const string Ann = """{"userName":"ann","externalId":"00u1","active":true,"name":{"givenName":"Ann","familyName":"Lee"}}""";

    // Okta deactivates and reactivates without a path.
    [Fact]
    public void Okta_DeactivateAndReactivate_ChangesActiveAlone()
    {
        var off = Engine.Patch(Ann, """{"op":"replace","value":{"active":false}}""").Value.Attributes;
        Json.Same("""{"userName":"ann","externalId":"00u1","active":false,"name":{"givenName":"Ann","familyName":"Lee"}}""", off);
        Json.Same(Ann, Engine.Patch(off.ToJsonString(), """{"op":"replace","value":{"active":true}}""").Value.Attributes);
    }

    // Okta updates a profile without a path: sub-objects merge.
    [Fact]
    public void Okta_ProfileUpdate_MergesComplexAttributes() => Json.Same(
        """{"userName":"ann","externalId":"00u1","active":true,"name":{"givenName":"A","familyName":"Lee"},"title":"T"}""",
        Engine.Patch(Ann, """{"op":"replace","value":{"name":{"givenName":"A"},"title":"T"}}""").Value.Attributes);

    // Okta clears an attribute with an empty text, null or an empty array.
    [Theory]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("[]")]
    public void Okta_ClearedAttribute_IsUnassigned(string cleared) =>
        PatchTableTests.Check("replace", null, """{"userName":"u","title":"t"}""", $$"""{"title":{{cleared}} }""", """{"userName":"u"}""");

    // Entra capitalises operations and writes Booleans as texts.
    [Theory]
    [InlineData("Replace", "False", "false")]
    [InlineData("Add", "True", "true")]
    [InlineData("REPLACE", "false", "false")]
    public void Entra_BooleanAsText_IsABoolean(string op, string value, string active) =>
        PatchTableTests.Check(op, "active", """{"userName":"u"}""", $"\"{value}\"", $$"""{"userName":"u","active":{{active}} }""");

    // Entra uses dotted and URN-qualified names, and even paths with brackets, as members.
    [Fact]
    public void Entra_PathsAsMembers_AreRead() => Json.Same(
        $$$"""
        {"userName":"u","active":true,"name":{"givenName":"G"},"emails":[{"type":"work","value":"w"}],"{{{Urn}}}":{"department":"D","manager":{"value":"m"} } }
        """,
        Engine.Patch(
            """{"userName":"u"}""",
            $$"""
            {"op":"Add","value":{"name.givenName":"G","{{Urn}}:department":"D","{{Urn}}:manager":"m","emails[type eq \"work\"].value":"w","{{SchemaUrns.User}}:active":"True"} }
            """).Value.Attributes);

    // Entra sends a manager as a bare text.
    [Theory]
    [InlineData("\"m\"")]
    [InlineData("""{"value":"m"}""")]
    [InlineData("""{"value":"m","$ref":"","displayName":"Boss"}""")]
    public void Entra_Manager_BareOrWhole_IsTheSame(string value) =>
        PatchTableTests.Check("Add", $"{Urn}:manager", "{}", value, $$$"""{"{{{Urn}}}":{"manager":{"value":"m"} } }""");

    // A7: `schemas` is written from what is there, so an extension that comes by path is in it.
    [Fact]
    public void Extension_AddedByPath_IsStoredUnderItsUrn() =>
        PatchTableTests.Check("add", Urn.ToUpperInvariant() + ":DEPARTMENT", "{}", "\"D\"", $$"""{"{{Urn}}":{"department":"D"} }""");

    // Members of the core schema under its URN are members of the core schema.
    [Fact]
    public void CoreUrn_AsAMember_HoldsCoreAttributes() =>
        PatchTableTests.Check("replace", null, Ann, $$"""{"{{SchemaUrns.User}}":{"active":false} }""", Ann.Replace("true", "false"));

    // An unknown extension is kept: laid over what is there, by its name in any letter case.
    [Theory]
    [InlineData("""{"urn:x:1.0:User":{"a":1,"b":{"c":2}}}""", """{"urn:x:1.0:User":{"a":1,"b":{"c":2},"z":0}}""")]
    [InlineData("""{"URN:X:1.0:user":{"a":1}}""", """{"urn:x:1.0:User":{"a":1,"z":0}}""")]
    [InlineData("""{"urn:x:1.0:User":{"z":null,"a":1}}""", """{"urn:x:1.0:User":{"a":1}}""")]
    [InlineData("""{"urn:x:1.0:User":{"z":null}}""", """{}""")]
    [InlineData("""{"urn:x:1.0:User":null}""", """{}""")]
    [InlineData("""{"urn:x:1.0:User":"text"}""", """{"urn:x:1.0:User":{"z":0}}""")]
    [InlineData("""{"urn:x:1.0:User":{"a":1e999}}""", "invalidValue")]
    public void UnknownExtension_IsLaidOverWhatIsThere(string value, string expected) =>
        PatchTableTests.Check("replace", null, """{"urn:x:1.0:User":{"z":0}}""", value, expected);

    // What a known schema does not know is unknown: not an extension of its own.
    [Theory]
    [InlineData(Urn + ":shoe")]
    [InlineData(SchemaUrns.User + ":shoe")]
    [InlineData("shoe")]
    [InlineData("name.shoe")]
    public void UnknownAttribute_IsIgnored(string name) =>
        PatchTableTests.Check("add", null, """{"userName":"u"}""", $$$"""{"{{{name}}}":{"size":44}}""", """{"userName":"u"}""");

    [Fact]
    public void UnknownAttribute_InAKnownExtension_IsIgnored() =>
        PatchTableTests.Check("add", null, """{"userName":"u"}""", $$$"""{"{{{Urn}}}":{"shoe":{"size":44} } }""", """{"userName":"u"}""");
}
