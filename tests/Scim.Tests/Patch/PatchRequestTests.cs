using System.Text;
using OrleansIdentity.Scim.Patch;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Patch;

/// <summary>RFC 7644 §3.5.2, the request as a whole. A4 and A10 are the server's, and A5 is its choice to have PATCH at all.</summary>
public sealed class PatchRequestTests
{
    private const string Op = SchemaUrns.PatchOp;

    // A1: `schemas` with the PatchOp URN, and at least one operation. A9: a malformed body is invalidSyntax.
    [Theory]
    [InlineData("""{"Operations":[{"op":"remove","path":"title"}]}""", "patch-schema-missing")]
    [InlineData("""{"schemas":[],"Operations":[{"op":"remove","path":"title"}]}""", "patch-schema-missing")]
    [InlineData("""{"schemas":["urn:other"],"Operations":[{"op":"remove","path":"title"}]}""", "patch-schema-missing")]
    [InlineData($$"""{"schemas":"{{Op}}","Operations":[{"op":"remove","path":"title"}]}""", "patch-schema-missing")]
    [InlineData($$"""{"schemas":["{{Op}}"]}""", "patch-operations-missing")]
    [InlineData($$"""{"schemas":["{{Op}}"],"Operations":[]}""", "patch-operations-missing")]
    [InlineData($$"""{"schemas":["{{Op}}"],"Operations":{"op":"remove","path":"title"} }""", "patch-operations-missing")]
    [InlineData($$"""{"schemas":["{{Op}}"],"Operations":["remove"]}""", "patch-op-unknown")]
    [InlineData($$"""{"schemas":["{{Op}}"],"Operations":[{"path":"title"}]}""", "patch-op-unknown")]
    [InlineData($$"""{"schemas":["{{Op}}"],"Operations":[{"op":"move","path":"title"}]}""", "patch-op-unknown")]
    [InlineData($$"""{"schemas":["{{Op}}"],"Operations":[{"op":1,"path":"title"}]}""", "patch-op-unknown")]
    [InlineData($$"""{"schemas":["{{Op}}"],"Operations":[{"op":"remove","op":"add","path":"title"}]}""", "body-malformed")]
    [InlineData($$"""{"schemas":["{{Op}}"],"Operations":[{"op":"remove","OP":"add","path":"title","value":"x"}]}""", "member-given-twice")]
    [InlineData("[]", "body-not-an-object")]
    [InlineData("{", "body-malformed")]
    [InlineData("", "body-malformed")]
    public void Body_Malformed_IsInvalidSyntax(string body, string id) =>
        Json.Refused("invalidSyntax", id, PatchRequest.Read(ResourceTypes.User, Encoding.UTF8.GetBytes(body), Engine.Limits));

    // A2, C4: the operation, the members' names and the URN in any letter case.
    [Fact]
    public void Words_InAnyLetterCase_AreRead()
    {
        var body = $$"""{"SCHEMAS":["{{Op.ToUpperInvariant()}}"],"operations":[{"OP":"Replace","Path":"NICKNAME","VALUE":"n"}]}""";

        var request = PatchRequest.Read(ResourceTypes.User, Encoding.UTF8.GetBytes(body), Engine.Limits).Value;

        Json.Same("""{"nickName":"n"}""", request.Apply([]).Value.Attributes);
    }

    // A3: in order, on the evolving state.
    [Fact]
    public void Operations_AreAppliedInOrderToTheEvolvingState() => Json.Same(
        """{"emails":[{"type":"work","value":"c"}],"nickName":"2"}""",
        Engine.Patch(
            "{}",
            """
            {"op":"add","path":"nickName","value":"1"},{"op":"add","path":"emails","value":[{"type":"work","value":"a"}]},
            {"op":"replace","path":"emails[value eq \"a\"].value","value":"b"},{"op":"remove","path":"emails[value eq \"a\"]"},
            {"op":"replace","path":"emails[value eq \"b\"].value","value":"c"},{"op":"replace","path":"nickName","value":"2"}
            """).Value.Attributes);

    // A3: all or nothing.
    [Theory]
    [InlineData("""{"op":"replace","path":"emails[value eq \"x\"].display","value":"y"}""", "noTarget")]
    [InlineData("""{"op":"remove","path":"userName"}""", "mutability")]
    public void Operations_OneFails_NothingIsApplied(string failing, string scimType)
    {
        var before = Json.Object("""{"userName":"u","emails":[{"value":"a"}]}""");
        var request = Engine.ReadPatch("""{"op":"add","path":"nickName","value":"n"},{"op":"remove","path":"emails"},""" + failing).Value;

        Json.Refused(scimType, request.Apply(before));

        Json.Same("""{"userName":"u","emails":[{"value":"a"}]}""", before);
    }

    // A request can be applied to any number of resources, and leaves none of them tied to another.
    [Fact]
    public void Request_AppliedTwice_SharesNothing()
    {
        var request = Engine.ReadPatch("""{"op":"add","value":{"name":{"givenName":"G"},"emails":[{"value":"a"}]}}""").Value;
        var one = request.Apply([]).Value.Attributes;

        one["name"]!["givenName"] = "changed";
        one["emails"]![0]!["value"] = "changed";

        Json.Same("""{"name":{"givenName":"G"},"emails":[{"value":"a"}]}""", request.Apply([]).Value.Attributes);
    }

    // A6: one element set primary makes the others not primary.
    [Theory]
    [InlineData("""{"op":"add","path":"emails","value":[{"value":"c","primary":true}]}""", """[{"value":"a","primary":false},{"value":"b"},{"value":"c","primary":true}]""")]
    [InlineData("""{"op":"replace","path":"emails[value eq \"b\"].primary","value":true}""", """[{"value":"a","primary":false},{"value":"b","primary":true}]""")]
    [InlineData("""{"op":"add","path":"emails[value eq \"b\"]","value":{"primary":"True"}}""", """[{"value":"a","primary":false},{"value":"b","primary":true}]""")]
    [InlineData("""{"op":"replace","path":"emails[value eq \"b\"]","value":{"value":"c","primary":true}}""", """[{"value":"a","primary":false},{"value":"c","primary":true}]""")]
    [InlineData("""{"op":"replace","path":"emails","value":[{"value":"c","primary":true},{"value":"d"}]}""", """[{"value":"c","primary":true},{"value":"d"}]""")]
    [InlineData("""{"op":"replace","path":"emails.primary","value":true}""", """[{"value":"a","primary":false},{"value":"b","primary":true}]""")]
    [InlineData("""{"op":"add","path":"emails[value eq \"c\" and primary eq true].type","value":"work"}""", """[{"value":"a","primary":false},{"value":"b"},{"value":"c","primary":true,"type":"work"}]""")]
    public void Primary_SetOnOne_IsTakenFromTheOthers(string operation, string emails) => Json.Same(
        $$"""{"emails":{{emails}} }""", Engine.Patch("""{"emails":[{"value":"a","primary":true},{"value":"b"}]}""", operation).Value.Attributes);

    // A9: a path that cannot be read, or that names nothing.
    [Theory]
    [InlineData("emails[")]
    [InlineData("emails[type eq \\\"work\\\"")]
    [InlineData("emails[type eq \\\"work\\\"]value")]
    [InlineData("emails[type eq \\\"work\\\"].")]
    [InlineData("emails[type eq \\\"work\\\"].value.more")]
    [InlineData("emails[type eq \\\"work\\\"].colour")]
    [InlineData("emails[colour eq \\\"red\\\"]")]
    [InlineData("emails[type[value eq \\\"x\\\"]]")]
    [InlineData("emails[value eq \\\"\\\\ud800\\\"]")]
    [InlineData("emails[value eq \\\"\\\\u0000\\\"].type")]
    [InlineData("name[givenName eq \\\"x\\\"]")]
    [InlineData("userName[value eq \\\"x\\\"]")]
    [InlineData("")]
    [InlineData("noSuchThing")]
    [InlineData("name.noSuchThing")]
    [InlineData(".name")]
    [InlineData("name.")]
    [InlineData("urn:unknown:2.0:User:thing")]
    public void Path_UnreadableOrUnknown_IsInvalidPath(string path) =>
        Json.Refused("invalidPath", Engine.ReadPatch($$"""{"op":"add","path":"{{path}}","value":"x"}"""));

    [Theory]
    [InlineData("5")]
    [InlineData("{}")]
    [InlineData("[\"title\"]")]
    public void Path_NoText_IsInvalidPath(string path) => Json.Refused("invalidPath", Engine.ReadPatch($$"""{"op":"add","path":{{path}},"value":"x"}"""));

    [Theory]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:nickName")]
    [InlineData("URN:ietf:params:SCIM:schemas:core:2.0:user:NickName")]
    [InlineData("NICKNAME")]
    public void Path_WithTheCoreUrnOrInOddCase_IsTheSame(string path) => PatchTableTests.Check("add", path, "{}", "\"n\"", """{"nickName":"n"}""");

    [Fact]
    public void Path_TooDeepOrTooLong_IsInvalidPath()
    {
        Json.Refused("invalidPath", Engine.ReadPatch(Engine.Operation("remove", $"emails[{new string('(', 100)}", null)));
        Json.Refused("invalidPath", Engine.ReadPatch(Engine.Operation("remove", $"emails[value eq \"{new string('x', 8_192)}\"]", null)));
    }

    [Fact]
    public void Operations_MoreThanTheLimit_Are413()
    {
        string Many(int count) => string.Join(',', Enumerable.Repeat("""{"op":"add","path":"nickName","value":"n"}""", count));

        Assert.True(Engine.ReadPatch(Many(1_000)).Succeeded);
        Assert.Equal((413, "too-many-operations"), (Engine.ReadPatch(Many(1_001)).Error.Status, Engine.ReadPatch(Many(1_001)).Error.Id));
    }

    [Fact]
    public void Elements_MoreThanTheLimit_AreRefused()
    {
        string Emails(int from, int count) => string.Join(',', Enumerable.Range(from, count).Select(number => $$"""{"value":"{{number}}"}"""));
        var full = $$"""{"emails":[{{Emails(0, 1_000)}}]}""";

        Json.Refused("invalidValue", "too-many-values", Engine.Patch(full, """{"op":"add","path":"emails","value":[{"value":"one more"}]}"""));
        Json.Refused("invalidValue", "too-many-values", Engine.Patch("{}", $$"""{"op":"add","path":"emails","value":[{{Emails(0, 1_001)}}]}"""));
        Assert.True(Engine.Patch(full, """{"op":"add","path":"emails","value":[{"value":"7"}]}""").Succeeded);
    }

    // The same value removed twice, and one added and removed in one request.
    [Fact]
    public void Removes_OfTheSameOrOfWhatWasJustAdded_Succeed() => Json.Same(
        """{"emails":[{"value":"b"}]}""",
        Engine.Patch(
            """{"emails":[{"value":"a"},{"value":"b"}]}""",
            """
            {"op":"remove","path":"emails[value eq \"a\"]"},{"op":"remove","path":"emails[value eq \"a\"]"},
            {"op":"add","path":"emails","value":[{"value":"c"}]},{"op":"remove","path":"emails[value eq \"c\"]"}
            """).Value.Attributes);
}
