using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Patch;

/// <summary>
/// RFC 7644 §3.5.2 as a table: operation × kind of target × what is there × what is given. The last column is the resource afterwards, or the
/// keyword of the refusal.
/// </summary>
public sealed class PatchTableTests
{
    private const string Work = """{"emails":[{"value":"w","type":"work"},{"value":"h","type":"home"}]}""";
    private const string Dept = $$"""{"{{SchemaUrns.EnterpriseUser}}":{"department":"Old","division":"D"} }""";

    // No path: the value is an object of attributes.
    [Theory]
    [InlineData("add", """{}""", """{"nickName":"n","title":"t"}""", """{"nickName":"n","title":"t"}""")]
    [InlineData("add", """{"nickName":"old"}""", """{"nickName":"n"}""", """{"nickName":"n"}""")]
    [InlineData("add", """{"name":{"familyName":"F"}}""", """{"name":{"givenName":"G"}}""", """{"name":{"familyName":"F","givenName":"G"}}""")]
    [InlineData("add", Work, """{"emails":[{"value":"x"}]}""", """{"emails":[{"value":"w","type":"work"},{"value":"h","type":"home"},{"value":"x"}]}""")]
    [InlineData("add", Work, """{"emails":[{"type":"home","value":"h"}]}""", Work)]
    [InlineData("replace", """{}""", """{"nickName":"n"}""", """{"nickName":"n"}""")]
    [InlineData("replace", """{"nickName":"old","title":"t"}""", """{"nickName":"n"}""", """{"nickName":"n","title":"t"}""")]
    [InlineData("replace", """{"name":{"familyName":"F","givenName":"old"}}""", """{"name":{"givenName":"G"}}""", """{"name":{"familyName":"F","givenName":"G"}}""")]
    [InlineData("replace", Work, """{"emails":[{"value":"x"}]}""", """{"emails":[{"value":"x"}]}""")]
    [InlineData("replace", Work, """{"emails":[]}""", """{}""")]
    [InlineData("add", "{}", "\"text\"", "invalidValue")]
    [InlineData("replace", "{}", "[]", "invalidValue")]
    [InlineData("replace", "{}", null, "invalidValue")]
    [InlineData("remove", Work, null, "noTarget")]
    [InlineData("remove", Work, """{"emails":[]}""", "noTarget")]
    public void NoPath(string op, string before, string? value, string expected) => Check(op, null, before, value, expected);

    // A single simple attribute.
    [Theory]
    [InlineData("add", "nickName", """{}""", "\"n\"", """{"nickName":"n"}""")]
    [InlineData("add", "nickName", """{"nickName":"old"}""", "\"n\"", """{"nickName":"n"}""")]
    [InlineData("replace", "nickName", """{}""", "\"n\"", """{"nickName":"n"}""")]
    [InlineData("replace", "nickName", """{"nickName":"old"}""", "\"n\"", """{"nickName":"n"}""")]
    [InlineData("remove", "nickName", """{}""", null, """{}""")]
    [InlineData("remove", "nickName", """{"nickName":"old"}""", null, """{}""")]
    [InlineData("remove", "userName", """{"userName":"u"}""", null, "mutability")]
    [InlineData("add", "nickName", "{}", null, "invalidValue")]
    [InlineData("replace", "nickName", "{}", null, "invalidValue")]
    [InlineData("add", "nickName", "{}", "5", "invalidValue")]
    [InlineData("add", "nickName", "{}", """{"value":"n"}""", "invalidValue")]
    [InlineData("replace", "active", "{}", "\"perhaps\"", "invalidValue")]
    [InlineData("add", "nickName", """{"nickName":"old"}""", "null", """{"nickName":"old"}""")]
    [InlineData("replace", "nickName", """{"nickName":"old"}""", "null", """{}""")]
    [InlineData("replace", "nickName", """{"nickName":"old"}""", "\"\"", """{}""")]
    [InlineData("add", "userName", """{"userName":"u"}""", "null", """{"userName":"u"}""")]
    [InlineData("replace", "userName", """{"userName":"u"}""", "null", "mutability")]
    [InlineData("replace", "userName", """{"userName":"u"}""", "\"\"", "mutability")]
    public void SimpleAttribute(string op, string path, string before, string? value, string expected) => Check(op, path, before, value, expected);

    // A single complex attribute, and a part of one.
    [Theory]
    [InlineData("add", "name", """{}""", """{"givenName":"G"}""", """{"name":{"givenName":"G"}}""")]
    [InlineData("add", "name", """{"name":{"familyName":"F"}}""", """{"givenName":"G"}""", """{"name":{"familyName":"F","givenName":"G"}}""")]
    [InlineData("replace", "name", """{"name":{"familyName":"F"}}""", """{"givenName":"G"}""", """{"name":{"familyName":"F","givenName":"G"}}""")]
    [InlineData("replace", "name", """{"name":{"familyName":"F","givenName":"G"}}""", """{"familyName":null}""", """{"name":{"givenName":"G"}}""")]
    [InlineData("add", "name", """{"name":{"familyName":"F"}}""", """{"familyName":null,"givenName":"G"}""", """{"name":{"familyName":"F","givenName":"G"}}""")]
    [InlineData("replace", "name", """{"name":{"familyName":"F"}}""", """{"shoeSize":44}""", """{"name":{"familyName":"F"}}""")]
    [InlineData("replace", "name", """{"name":{"familyName":"F"}}""", "null", """{}""")]
    [InlineData("add", "name", """{"name":{"familyName":"F"}}""", "null", """{"name":{"familyName":"F"}}""")]
    [InlineData("remove", "name", """{"name":{"familyName":"F"}}""", null, """{}""")]
    [InlineData("remove", "name", """{}""", null, """{}""")]
    [InlineData("replace", "name", """{}""", "\"Ann\"", "invalidValue")]
    [InlineData("replace", "name", """{}""", """{"givenName":1}""", "invalidValue")]
    [InlineData("add", "name.givenName", """{}""", "\"G\"", """{"name":{"givenName":"G"}}""")]
    [InlineData("add", "name.givenName", """{"name":{"familyName":"F"}}""", "\"G\"", """{"name":{"familyName":"F","givenName":"G"}}""")]
    [InlineData("replace", "name.givenName", """{}""", "\"G\"", """{"name":{"givenName":"G"}}""")]
    [InlineData("replace", "name.givenName", """{"name":{"givenName":"old"}}""", "\"G\"", """{"name":{"givenName":"G"}}""")]
    [InlineData("replace", "name.givenName", """{"name":{"givenName":"G","familyName":"F"}}""", "null", """{"name":{"familyName":"F"}}""")]
    [InlineData("remove", "name.givenName", """{"name":{"givenName":"G","familyName":"F"}}""", null, """{"name":{"familyName":"F"}}""")]
    [InlineData("remove", "name.givenName", """{"name":{"givenName":"G"}}""", null, """{}""")]
    [InlineData("remove", "name.givenName", """{}""", null, """{}""")]
    public void ComplexAttribute(string op, string path, string before, string? value, string expected) => Check(op, path, before, value, expected);

    // A multi-valued attribute without a condition.
    [Theory]
    [InlineData("add", "emails", """{}""", """[{"value":"x"}]""", """{"emails":[{"value":"x"}]}""")]
    [InlineData("add", "emails", """{}""", """{"value":"x"}""", """{"emails":[{"value":"x"}]}""")]
    [InlineData("add", "emails", Work, """[{"value":"x"}]""", """{"emails":[{"value":"w","type":"work"},{"value":"h","type":"home"},{"value":"x"}]}""")]
    [InlineData("add", "emails", Work, """[{"type":"work","value":"w"}]""", Work)]
    [InlineData("add", "emails", Work, "[]", Work)]
    [InlineData("add", "emails", Work, "null", Work)]
    [InlineData("replace", "emails", """{}""", """[{"value":"x"}]""", """{"emails":[{"value":"x"}]}""")]
    [InlineData("replace", "emails", Work, """[{"value":"x"}]""", """{"emails":[{"value":"x"}]}""")]
    [InlineData("replace", "emails", Work, "[]", """{}""")]
    [InlineData("replace", "emails", Work, "null", """{}""")]
    [InlineData("replace", "emails", Work, """[{"value":""}]""", """{}""")]
    [InlineData("remove", "emails", Work, null, """{}""")]
    [InlineData("remove", "emails", """{}""", null, """{}""")]
    [InlineData("replace", "emails", Work, "5", "invalidValue")]
    [InlineData("replace", "emails", Work, """[{"value":"a","primary":true},{"value":"b","primary":true}]""", "invalidValue")]
    [InlineData("replace", "emails.type", Work, "\"other\"", """{"emails":[{"value":"w","type":"other"},{"value":"h","type":"other"}]}""")]
    [InlineData("add", "emails.value", """{}""", "\"x\"", """{"emails":[{"value":"x"}]}""")]
    [InlineData("remove", "emails.type", Work, null, """{"emails":[{"value":"w"},{"value":"h"}]}""")]
    public void MultiValuedAttribute(string op, string path, string before, string? value, string expected) => Check(op, path, before, value, expected);

    // Entra names what to remove in the value. It must never be read as "remove all".
    [Theory]
    [InlineData("""[{"value":"W"}]""", """{"emails":[{"value":"h","type":"home"}]}""")]
    [InlineData("""{"value":"h"}""", """{"emails":[{"value":"w","type":"work"}]}""")]
    [InlineData("""[{"value":"w"},{"value":"h"}]""", """{}""")]
    [InlineData("""[{"value":"nobody"}]""", Work)]
    [InlineData("""[{"type":"work"}]""", Work)]
    [InlineData("""[{"shoeSize":"44"}]""", Work)]
    [InlineData("[]", Work)]
    [InlineData("5", "invalidValue")]
    public void MultiValuedAttribute_RemoveOfListedValues(string value, string expected) => Check("remove", "emails", Work, value, expected);

    // A value path: attr[condition].
    [Theory]
    [InlineData("add", """{"display":"d"}""", """{"emails":[{"value":"w","type":"work","display":"d"},{"value":"h","type":"home"}]}""")]
    [InlineData("add", """{"value":"x"}""", """{"emails":[{"value":"x","type":"work"},{"value":"h","type":"home"}]}""")]
    [InlineData("replace", """{"value":"x"}""", """{"emails":[{"value":"x"},{"value":"h","type":"home"}]}""")]
    [InlineData("replace", """{"shoeSize":"44"}""", Work)]
    [InlineData("replace", "null", """{"emails":[{"value":"h","type":"home"}]}""")]
    [InlineData("remove", null, """{"emails":[{"value":"h","type":"home"}]}""")]
    [InlineData("replace", "5", "invalidValue")]
    public void ValuePath_Match(string op, string? value, string expected) => Check(op, "emails[type eq \"work\"]", Work, value, expected);

    [Theory]
    [InlineData("add", "emails[type eq \"other\"]", """{"value":"o"}""", """{"emails":[{"value":"w","type":"work"},{"value":"h","type":"home"},{"type":"other","value":"o"}]}""")]
    [InlineData("add", "emails[type eq \"other\"].value", "\"o\"", """{"emails":[{"value":"w","type":"work"},{"value":"h","type":"home"},{"type":"other","value":"o"}]}""")]
    [InlineData("add", "emails[type eq \"x\" and primary eq \"True\"].value", "\"o\"", """{"emails":[{"value":"w","type":"work"},{"value":"h","type":"home"},{"type":"x","primary":true,"value":"o"}]}""")]
    [InlineData("add", "emails[type eq \"\"].value", "\"o\"", """{"emails":[{"value":"w","type":"work"},{"value":"h","type":"home"},{"value":"o"}]}""")]
    [InlineData("add", "emails[type sw \"o\"].value", "\"o\"", "noTarget")]
    [InlineData("add", "emails[type eq \"o\" or type eq \"p\"].value", "\"o\"", "noTarget")]
    [InlineData("replace", "emails[type eq \"other\"]", """{"value":"o"}""", "noTarget")]
    [InlineData("replace", "emails[value eq \"other\"]", """{"value":"o"}""", "noTarget")]
    [InlineData("replace", "emails[value eq \"other\"].value", "\"o\"", "noTarget")]
    [InlineData("replace", "emails[type eq \"other\" and value eq \"o\"].value", "\"o\"", "noTarget")]
    [InlineData("replace", "emails[type sw \"o\"].value", "\"o\"", "noTarget")]
    [InlineData("replace", "emails[type eq \"other\"].value", "\"o\"", """{"emails":[{"value":"w","type":"work"},{"value":"h","type":"home"},{"type":"other","value":"o"}]}""")]
    [InlineData("replace", "emails[type eq \"x\" and primary eq \"True\"].value", "\"o\"", """{"emails":[{"value":"w","type":"work"},{"value":"h","type":"home"},{"type":"x","primary":true,"value":"o"}]}""")]
    [InlineData("replace", "emails[type eq \"other\"].value", "null", Work)]
    [InlineData("remove", "emails[type eq \"other\"]", null, Work)]
    [InlineData("remove", "emails[type eq \"other\"].value", null, Work)]
    public void ValuePath_NoMatch(string op, string path, string? value, string expected) => Check(op, path, Work, value, expected);

    // A value path and a part: all the elements that match.
    [Theory]
    [InlineData("add", "emails[type eq \"work\"].value", "\"x\"", """{"emails":[{"value":"x","type":"work"},{"value":"h","type":"home"}]}""")]
    [InlineData("replace", "emails[type eq \"work\"].value", "\"x\"", """{"emails":[{"value":"x","type":"work"},{"value":"h","type":"home"}]}""")]
    [InlineData("replace", "emails[value pr].display", "\"d\"", """{"emails":[{"value":"w","type":"work","display":"d"},{"value":"h","type":"home","display":"d"}]}""")]
    [InlineData("remove", "emails[type eq \"work\"].type", null, """{"emails":[{"value":"w"},{"value":"h","type":"home"}]}""")]
    [InlineData("remove", "emails[type eq \"work\"].value", null, """{"emails":[{"value":"h","type":"home"}]}""")]
    [InlineData("replace", "emails[type eq \"work\"].value", "\"\"", """{"emails":[{"value":"h","type":"home"}]}""")]
    [InlineData("replace", "emails[type eq \"work\"].value", "7", "invalidValue")]
    public void ValuePath_Part(string op, string path, string? value, string expected) => Check(op, path, Work, value, expected);

    // Extensions: by URN-qualified path, as a whole by path, and as a member of the value.
    [Theory]
    [InlineData("add", SchemaUrns.EnterpriseUser + ":department", "{}", "\"New\"", $$"""{"{{SchemaUrns.EnterpriseUser}}":{"department":"New"} }""")]
    [InlineData("replace", SchemaUrns.EnterpriseUser + ":department", Dept, "\"New\"", $$"""{"{{SchemaUrns.EnterpriseUser}}":{"department":"New","division":"D"} }""")]
    [InlineData("remove", SchemaUrns.EnterpriseUser + ":division", Dept, null, $$"""{"{{SchemaUrns.EnterpriseUser}}":{"department":"Old"} }""")]
    [InlineData("replace", SchemaUrns.EnterpriseUser, Dept, """{"department":"New"}""", $$"""{"{{SchemaUrns.EnterpriseUser}}":{"department":"New","division":"D"} }""")]
    [InlineData("remove", SchemaUrns.EnterpriseUser, Dept, null, "{}")]
    [InlineData("replace", SchemaUrns.EnterpriseUser, Dept, "null", "{}")]
    [InlineData("add", SchemaUrns.EnterpriseUser, Dept, "null", Dept)]
    [InlineData("replace", null, Dept, $$"""{"{{SchemaUrns.EnterpriseUser}}":{"department":null} }""", $$"""{"{{SchemaUrns.EnterpriseUser}}":{"division":"D"} }""")]
    [InlineData("add", SchemaUrns.EnterpriseUser + ":manager.value", "{}", "\"m\"", $$$"""{"{{{SchemaUrns.EnterpriseUser}}}":{"manager":{"value":"m"} } }""")]
    [InlineData("replace", SchemaUrns.EnterpriseUser, Dept, "\"x\"", "invalidValue")]
    [InlineData("replace", SchemaUrns.EnterpriseUser, Dept, """{"department":"a","DEPARTMENT":"b"}""", "invalidSyntax")]
    public void Extension(string op, string? path, string before, string? value, string expected) => Check(op, path, before, value, expected);

    internal static void Check(string op, string? path, string before, string? value, string expected, ResourceType? type = null)
    {
        var outcome = Engine.Patch(before, Engine.Operation(op, path, value), type);
        if (!expected.StartsWith('{'))
        {
            Json.Refused(expected, outcome);
            return;
        }

        Assert.True(outcome.Succeeded, outcome.Succeeded ? "" : outcome.Error.Detail);
        Json.Same(expected, outcome.Value.Attributes);
    }
}
