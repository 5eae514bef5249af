using System.Text.Json.Nodes;
using CsCheck;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Resources;

/// <summary>RFC 7644 §3.9: which attributes a response shows.</summary>
public sealed class ProjectionTests
{
    private const string Urn = SchemaUrns.EnterpriseUser;

    private const string User = $$$"""
        {"userName":"u","title":"t","name":{"givenName":"G","familyName":"F"},"emails":[{"value":"a","type":"work"},{"value":"b"}],"active":true,
         "{{{Urn}}}":{"division":"d","manager":{"value":"m"} },"urn:x:User":{"a":1} }
        """;

    private static readonly string[] Names =
    [
        "userName", "TITLE", "name", "name.givenName", "name.familyName", "name.middleName", "emails", "emails.value", "emails.type", "active",
        Urn, Urn + ":division", Urn + ":manager", Urn + ":manager.value", "urn:x:User", "URN:X:user", "meta", "meta.version", "meta.location", "shoeSize", "userName.shoe",
        SchemaUrns.User + ":title", "password",
    ];

    // P11: what is listed, and what is always returned.
    [Theory]
    [InlineData("userName", """{"userName":"u"}""")]
    [InlineData("USERNAME, title", """{"userName":"u","title":"t"}""")]
    [InlineData(SchemaUrns.User + ":title", """{"title":"t"}""")]
    [InlineData("name.givenName", """{"name":{"givenName":"G"}}""")]
    [InlineData("name.givenName,name", """{"name":{"givenName":"G","familyName":"F"}}""")]
    [InlineData("name.middleName", "{}")]
    [InlineData("emails.type", """{"emails":[{"type":"work"}]}""")]
    [InlineData("emails.display", "{}")]
    [InlineData(Urn, $$$"""{"{{{Urn}}}":{"division":"d","manager":{"value":"m"} } }""")]
    [InlineData(Urn + ":division", $$"""{"{{Urn}}":{"division":"d"} }""")]
    [InlineData(Urn + ":manager.value", $$$"""{"{{{Urn}}}":{"manager":{"value":"m"} } }""")]
    [InlineData(Urn + ":costCenter", "{}")]
    [InlineData("urn:X:user", """{"urn:x:User":{"a":1}}""")]
    [InlineData("meta.version", """{"meta":{"version":"W/\"12\""}}""")]
    [InlineData("shoeSize", "{}")]
    [InlineData("userName.shoe", "{}")]
    [InlineData("", "{}")]
    [InlineData("id", "{}")]
    public void Attributes_ShowsTheListedAndTheAlwaysReturned(string attributes, string shown)
    {
        var answer = Shown(attributes, null);

        Assert.Equal("id-1", answer["id"]!.GetValue<string>());
        Assert.IsType<JsonArray>(answer["schemas"]);
        answer.Remove("id");
        answer.Remove("schemas");
        Json.Same(shown, answer);
    }

    // P11: the default, without what is listed; what is always returned stays.
    [Theory]
    [InlineData("userName,active,meta,urn:x:User," + Urn, """{"title":"t","name":{"givenName":"G","familyName":"F"},"emails":[{"value":"a","type":"work"},{"value":"b"}]}""")]
    [InlineData("name.givenName,emails,title,meta,active,urn:x:User," + Urn, """{"userName":"u","name":{"familyName":"F"}}""")]
    [InlineData("name.givenName,name.familyName,emails.value,emails.type,title,meta,active,urn:x:User," + Urn, """{"userName":"u"}""")]
    [InlineData("id,schemas,name,emails,title,meta,active,urn:x:User," + Urn + ":manager", $$"""{"userName":"u","{{Urn}}":{"division":"d"} }""")]
    public void ExcludedAttributes_LeavesThemOutAndNothingElse(string excluded, string shown)
    {
        var answer = Shown(null, excluded);

        Assert.Equal("id-1", answer["id"]!.GetValue<string>());
        Assert.IsType<JsonArray>(answer["schemas"]);
        answer.Remove("id");
        answer.Remove("schemas");
        Json.Same(shown, answer);
    }

    // P12: not both.
    [Fact]
    public void Both_AreRefused() => Json.Refused("invalidValue", "projection-ambiguous", Projection.Parse(ResourceTypes.User, "title", "name"));

    [Fact]
    public void Neither_IsNoProjection() => Assert.Null(Projection.Parse(ResourceTypes.User, null, null).Value);

    // P13: a password is not there to be shown.
    [Fact]
    public void Password_AskedFor_IsNotShown() => Assert.DoesNotContain("password", Shown("password", null).ToJsonString());

    // For any list of names: what they show and what they leave make the whole, and have nothing in common but what is always there.
    [Fact]
    public void AttributesAndExcludedAttributes_OfTheSameNames_MakeTheWhole() =>
        Gens.OneOf(Names).Array[0, 6].Select(names => string.Join(',', names)).Sample(names =>
        {
            var whole = Leaves(DocumentTests.Response(DocumentTests.Write(Json.Object(User)), null));
            var (shown, left) = (Leaves(Shown(names, null)), Leaves(Shown(null, names)));

            Assert.Equal(whole, shown.Union(left).Order());
            Assert.All(shown.Intersect(left), leaf => Assert.Matches("^/(id|schemas)=", leaf));
            Assert.Contains("/id=\"id-1\"", shown);
            Assert.Contains("/id=\"id-1\"", left);
        });

    private static JsonObject Shown(string? attributes, string? excluded) => DocumentTests.Response(
        DocumentTests.Write(Json.Object(User)), Projection.Parse(ResourceTypes.User, attributes, excluded).Value).AsObject();

    // Every value with the way to it. Elements are told apart by their values, since fewer parts move none of them.
    private static List<string> Leaves(JsonNode? node, string path = "") => node switch
    {
        JsonObject { Count: > 0 } parts => [.. parts.SelectMany(part => Leaves(part.Value, $"{path}/{part.Key}")).Order()],
        JsonArray { Count: > 0 } elements => [.. elements.SelectMany(element => Leaves(element, path)).Order()],
        _ => [$"{path}={node?.ToJsonString()}"],
    };
}
