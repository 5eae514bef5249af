using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Members;

/// <summary>What requests say about the members of a group, by the rows of the PATCH table and as Okta and Entra send them.</summary>
public sealed class MemberOperationTests
{
    [Theory]

    // "members[value eq "x"], match: remove matched", and several in one request with one add: Okta's membership delta.
    [InlineData("""{"op":"remove","path":"members[value eq \"a\"]"}""", "-a")]
    [InlineData("""{"op":"remove","path":"members[value eq \"a\"]"},{"op":"remove","path":"members[value eq \"b\"]"},{"op":"add","path":"members","value":[{"value":"c","display":"C"}]}""", "-a -b +c")]
    [InlineData("""{"op":"remove","path":"members[value eq \"a\"].value"}""", "-a")]
    [InlineData("""{"op":"remove","path":"members[value eq \"a\" or value eq \"b\"]"}""", "-a,b")]

    // "members + value array on remove: remove the listed elements, never all" (Entra).
    [InlineData("""{"op":"Remove","path":"members","value":[{"value":"a"},{"$ref":null,"value":"b"}]}""", "-a,b")]
    [InlineData("""{"op":"remove","path":"members","value":[]}""", "")]

    // "multi-valued, no filter: removes all elements".
    [InlineData("""{"op":"remove","path":"members"}""", "=")]
    [InlineData("""{"op":"remove","path":"members","value":null}""", "=")]

    // "replaces the entire set; [] empties it"; by path, without one, and with the id and name that Okta sends along.
    [InlineData("""{"op":"replace","path":"members","value":[{"value":"a"},{"value":"b"}]}""", "=a,b")]
    [InlineData("""{"op":"replace","path":"members","value":[]}""", "=")]
    [InlineData("""{"op":"replace","value":{"members":[{"value":"a"}],"id":"x","displayName":"G"}}""", "=a")]
    [InlineData("""{"op":"replace","value":{"members":[]}}""", "=")]
    [InlineData("""{"op":"replace","path":"urn:ietf:params:scim:schemas:core:2.0:Group:members","value":[{"value":"a"}]}""", "=a")]

    // "append": an object or a bare id where an array belongs is an array of one.
    [InlineData("""{"op":"ADD","path":"Members","value":{"Value":"a","type":"user"}}""", "+a")]
    [InlineData("""{"op":"add","path":"members","value":["a","b"]}""", "+a,b")]
    [InlineData("""{"op":"add","value":{"members":[{"value":"a"}]}}""", "+a")]
    [InlineData("""{"op":"add","path":"members","value":[]}""", "")]
    [InlineData("""{"op":"add","path":"members","value":null}""", "")]

    // "value path: complex merge into match", "no match: create element from eq terms"; replace: "replace matched element".
    [InlineData("""{"op":"add","path":"members[value eq \"a\"]","value":{"value":"a"}}""", "+a")]
    [InlineData("""{"op":"add","path":"members[value eq \"a\"]","value":{}}""", "+a")]
    [InlineData("""{"op":"replace","path":"members[value eq \"a\"]","value":{"value":"b"}}""", "a>b")]
    [InlineData("""{"op":"replace","path":"members[value eq \"a\"]","value":null}""", "-a")]
    public void Patch_OfMembers_IsSetOperationsInOrder(string operations, string expected) => Assert.Equal(expected, Engine.Members(operations));

    [Theory]

    // Members are chosen by value: anything else would have to look at every member.
    [InlineData("""{"op":"remove","path":"members[type eq \"User\"]"}""", "invalidPath member-condition")]
    [InlineData("""{"op":"remove","path":"members[value ne \"a\"]"}""", "invalidPath member-condition")]
    [InlineData("""{"op":"remove","path":"members[value eq \"a\" and type eq \"User\"]"}""", "invalidPath member-condition")]
    [InlineData("""{"op":"remove","path":"members[value eq null]"}""", "invalidPath member-condition")]
    [InlineData("""{"op":"remove","path":"members[display eq \"a\"]"}""", "invalidPath filter-unknown-attribute")]
    [InlineData("""{"op":"remove","path":"members[value eq \"a\"[value eq \"b\"]]"}""", "invalidPath filter-malformed")]

    // RFC 7643 §4.2: what a member is is immutable.
    [InlineData("""{"op":"replace","path":"members.value","value":"a"}""", "mutability immutable-attribute")]
    [InlineData("""{"op":"remove","path":"members.value"}""", "mutability immutable-attribute")]
    [InlineData("""{"op":"replace","path":"members[value eq \"a\"].type","value":"User"}""", "mutability immutable-attribute")]
    [InlineData("""{"op":"add","path":"members[value eq \"a\"]","value":{"value":"b"}}""", "mutability immutable-attribute")]

    // A group as a member is refused, and nothing that is not understood is passed over: a shorter list would remove members.
    [InlineData("""{"op":"add","path":"members","value":[{"value":"a","type":"Group"}]}""", "invalidValue nested-group")]
    [InlineData("""{"op":"replace","path":"members","value":[{"display":"Ann"}]}""", "invalidValue member-value-missing")]
    [InlineData("""{"op":"replace","path":"members","value":[{"value":"a"},{"value":""}]}""", "invalidValue member-value-missing")]
    [InlineData("""{"op":"replace","path":"members","value":[{"value":null}]}""", "invalidValue member-value-missing")]
    [InlineData("""{"op":"replace","path":"members","value":[null]}""", "invalidValue value-type")]
    [InlineData("""{"op":"add","path":"members","value":7}""", "invalidValue value-type")]
    [InlineData("""{"op":"add","path":"members","value":[{"value":"a","VALUE":"b"}]}""", "invalidSyntax member-given-twice")]
    [InlineData("""{"op":"add","path":"members"}""", "invalidValue patch-value-missing")]
    [InlineData("""{"op":"replace","path":"members[value eq \"a\"]","value":[{"value":"b"},{"value":"c"}]}""", "invalidValue member-exchange")]
    public void Patch_OfMembers_ThatIsNoSetOperation_IsRefused(string operations, string expected) => Assert.Equal(expected, Engine.Members(operations));

    [Theory]
    [InlineData("\"displayName\":\"G\"", null)]
    [InlineData("\"displayName\":\"G\",\"members\":[]", "[]")]
    [InlineData("\"displayName\":\"G\",\"members\":null", "[]")]
    [InlineData("\"displayName\":\"G\",\"members\":[{\"value\":\"b\",\"display\":\"B\"},{\"value\":\"a\"},{\"value\":\"b\"}]", "[\"b\",\"a\",\"b\"]")]
    public void Body_WithMembers_IsReadAsTheirIds_AndSilenceIsNotEmpty(string members, string? expected)
    {
        var read = Engine.Read(Engine.Body(members), ResourceTypes.Group).Value.Attributes["members"];
        Assert.Equal(expected, read?.ToJsonString());
    }

    [Fact]
    public void Members_AreAtMostWhatTheSchemaSays()
    {
        var most = ResourceTypes.Group.Find("members")!.MaxElements!.Value;
        Assert.Equal(most, Engine.Read(Body(most), ResourceTypes.Group).Value.Attributes["members"]!.AsArray().Count);
        Assert.Equal("too-many-values", Engine.Read(Body(most + 1), ResourceTypes.Group).Error.Id);

        static string Body(int count) => Engine.Body(
            "\"displayName\":\"G\",\"members\":" + new JsonArray([.. Enumerable.Range(0, count).Select(n => JsonValue.Create($"{n}"))]).ToJsonString());
    }
}
