using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Resources;

/// <summary>What POST and PUT make of a resource, and what counts as a change.</summary>
public sealed class ChangeTests
{
    // W4: what a POST leaves out may get a default.
    [Fact]
    public void Create_WithoutActive_IsActive() => Json.Same("""{"userName":"u","active":true}""", Create("\"userName\":\"u\"").Value);

    [Fact]
    public void Create_WithActiveFalse_IsNotActive() =>
        Json.Same("""{"userName":"u","active":false}""", Create("\"userName\":\"u\",\"active\":\"False\"").Value);

    // W10, and the same for POST: what is required must be there.
    [Theory]
    [InlineData("\"nickName\":\"n\"")]
    [InlineData("\"userName\":\"\"")]
    [InlineData("\"userName\":null")]
    public void Required_Missing_IsInvalidValue(string members)
    {
        Json.Refused("invalidValue", "required-attribute-missing", Create(members));
        Json.Refused("invalidValue", "required-attribute-missing", Replace("""{"userName":"u"}""", members));
    }

    // W10, for any schema: in extensions and in complex attributes, of those that are there.
    [Theory]
    [InlineData("\"key\":\"k\"")]
    [InlineData("\"key\":\"k\",\"owners\":[\"\"]")]
    [InlineData("\"key\":\"k\",\"owners\":[\"a\"],\"box\":{\"colour\":\"c\"}")]
    [InlineData($"\"key\":\"k\",\"owners\":[\"a\"],\"{Things.Extra}\":{{\"note\":\"n\"}}")]
    public void Required_MissingPart_IsInvalidValue(string members) =>
        Json.Refused("invalidValue", "required-attribute-missing", Create(members, Things.Type));

    [Fact]
    public void Required_AllThere_IsCreated() =>
        Assert.True(Create($"\"key\":\"k\",\"owners\":[\"a\"],\"box\":{{\"width\":1}},\"{Things.Extra}\":{{\"grade\":\"1\"}}", Things.Type).Succeeded);

    [Fact]
    public void RequiredExtension_Missing_IsInvalidValue()
    {
        var type = new ResourceType("T", "T", "/T", ResourceTypes.User.Schema, [new SchemaExtension(ResourceTypes.User.Extensions[0].Schema, Required: true)]);

        Json.Refused("invalidValue", "required-extension-missing", Create("\"userName\":\"u\"", type));
        Assert.True(Create($"\"userName\":\"u\",\"{SchemaUrns.EnterpriseUser}\":{{\"division\":\"d\"}}", type).Succeeded);
    }

    // What clients may not set cannot be missed.
    [Fact]
    public void Required_ButSetByTheServer_IsNotMissed()
    {
        var schema = new SchemaDefinition("urn:x:T", "T", "T",
        [
            new() { Name = "rank", Required = true, Mutability = Mutability.ReadOnly },
            new() { Name = "pin", Required = true, Mutability = Mutability.WriteOnly, Returned = Returned.Never },
        ]);

        Assert.True(Create("\"pin\":\"1\"", new ResourceType("T", "T", "/T", schema, [])).Succeeded);
    }

    // §1.3 E: clearing must go through. What a PUT keeps when it is left out is cleared when it is unassigned explicitly; what has a default is kept.
    [Theory]
    [InlineData("\"externalId\":\"\"", """{"userName":"u","active":false}""")]
    [InlineData("\"EXTERNALID\":null", """{"userName":"u","active":false}""")]
    [InlineData("\"active\":null", """{"userName":"u","active":false,"externalId":"x"}""")]
    [InlineData("\"active\":\"\"", """{"userName":"u","active":false,"externalId":"x"}""")]
    [InlineData("\"password\":\"\"", """{"userName":"u","active":false,"externalId":"x"}""")]
    public void Put_UnassignedExplicitly_IsClearedUnlessItHasADefault(string member, string after)
    {
        var before = Json.Object("""{"userName":"u","active":false,"externalId":"x"}""");
        var input = Engine.Read(Engine.Body($"\"userName\":\"u\",{member}")).Value;
        Json.Same(after, ResourceChanges.Replace(ResourceTypes.User, before, input).Value);
    }

    [Fact]
    public void Post_UnassignedExplicitly_IsNotThere() => Json.Same(
        """{"userName":"u","active":true}""",
        ResourceChanges.Create(ResourceTypes.User, Engine.Read(Engine.Body("\"userName\":\"u\",\"externalId\":null")).Value).Value);

    // W7: what is sent replaces what was there. W8: what is left out is cleared, but for active and externalId.
    [Fact]
    public void Replace_TakesWhatIsSentAndClearsTheRest() => Json.Same(
        """{"userName":"new","name":{"givenName":"G"},"active":false,"externalId":"x"}""",
        Replace(
            """{"userName":"old","externalId":"x","active":false,"nickName":"n","name":{"familyName":"F"},"emails":[{"value":"a"}],"urn:x:User":{"a":1}}""",
            "\"userName\":\"new\",\"name\":{\"givenName\":\"G\"}").Value);

    [Fact]
    public void Replace_DoesNotTouchItsArguments()
    {
        var before = Json.Object("""{"userName":"old","externalId":"x"}""");
        var input = Engine.Read(Engine.Body("\"userName\":\"new\"")).Value;

        ResourceChanges.Replace(ResourceTypes.User, before, input).Value["emails"] = "changed";

        Json.Same("""{"userName":"old","externalId":"x"}""", before);
        Json.Same("""{"userName":"new"}""", input.Attributes);
    }

    // W9: immutable, already set and different.
    [Theory]
    [InlineData("\"serial\":\"2\"", "mutability")]
    [InlineData("\"serial\":\"1\"", null)]
    [InlineData("\"label\":\"l\"", "mutability")]
    [InlineData("\"serial\":\"1\",\"box\":{\"width\":2,\"seal\":\"t\"}", "mutability")]
    [InlineData("\"serial\":\"1\",\"box\":{\"width\":2,\"seal\":\"s\"}", null)]
    [InlineData($"\"serial\":\"1\",\"{Things.Extra}\":{{\"grade\":\"1\",\"seal\":\"t\"}}", "mutability")]
    public void Replace_OfImmutable_IsMutability(string members, string? scimType)
    {
        const string before = $$$"""
            {"key":"k","owners":["a"],"serial":"1","box":{"width":1,"seal":"s"},"{{{Things.Extra}}}":{"grade":"1","seal":"s"} }
            """;
        var extra = members.Contains(Things.Extra) ? "" : $",\"{Things.Extra}\":{{\"grade\":\"1\",\"seal\":\"s\"}}";
        var outcome = Replace(before, $"\"key\":\"k\",\"owners\":[\"a\"],{members}{extra}", Things.Type);
        if (scimType is null)
        {
            Assert.True(outcome.Succeeded);
        }
        else
        {
            Json.Refused(scimType, outcome);
        }
    }

    [Fact]
    public void Replace_OfImmutableThatIsUnset_SetsIt() => Assert.Equal(
        "1", Replace("""{"key":"k","owners":["a"]}""", "\"key\":\"k\",\"owners\":[\"a\"],\"serial\":\"1\"", Things.Type).Value["serial"]!.GetValue<string>());

    // A10: no difference, no change. RFC 7643 §2.4: the order of values says nothing.
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1.0}""")]
    [InlineData("""{"name":{"x":1,"y":2}}""", """{"name":{"y":2,"x":1}}""")]
    [InlineData("""{"emails":[{"value":"a"},{"value":"b"},{"value":"a"}]}""", """{"emails":[{"value":"a"},{"value":"a"},{"value":"b"}]}""")]
    [InlineData("""{"a":1,"b":2}""", """{"b":2,"a":1}""")]
    [InlineData("""{"urn:x":{"a":1}}""", """{"urn:x":{"a":1}}""")]
    public void Diff_OfTheSame_IsEmpty(string before, string after) => Assert.Empty(ResourceDiff.Between(Json.Object(before), Json.Object(after)));

    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""", "a")]
    [InlineData("""{"a":1}""", """{}""", "a")]
    [InlineData("""{}""", """{"a":1}""", "a")]
    [InlineData("""{"a":"x"}""", """{"a":"X"}""", "a")]
    [InlineData("""{"emails":["a","a","b"]}""", """{"emails":["a","b","b"]}""", "emails")]
    [InlineData("""{"emails":["a"]}""", """{"emails":["a","a"]}""", "emails")]
    [InlineData("""{"urn:x":{"a":1,"b":2}}""", """{"urn:x":{"a":1,"b":3}}""", "urn:x:b")]
    [InlineData("""{"urn:x":{"a":1}}""", """{"urn:y":{"a":1}}""", "urn:x:a urn:y:a")]
    public void Diff_OfTheDifferent_NamesIt(string before, string after, string paths) =>
        Assert.Equal(paths, string.Join(' ', ResourceDiff.Between(Json.Object(before), Json.Object(after)).Select(change => change.Path)));

    [Fact]
    public void Diff_WithNothing_IsEverything()
    {
        Assert.Equal([("a", null, "1")], ResourceDiff.Between(null, Json.Object("""{"a":1}""")).Select(Texts));
        Assert.Equal([("a", "1", null)], ResourceDiff.Between(Json.Object("""{"a":1}"""), null).Select(Texts));
        Assert.Empty(ResourceDiff.Between(null, null));
    }

    private static (string Path, string? Before, string? After) Texts(AttributeChange change) =>
        (change.Path, change.Before?.ToJsonString(), change.After?.ToJsonString());

    private static Outcome<JsonObject> Create(string members, ResourceType? type = null) =>
        ResourceChanges.Create(type ?? ResourceTypes.User, Engine.Read(Engine.Body(members), type).Value);

    private static Outcome<JsonObject> Replace(string before, string members, ResourceType? type = null) =>
        ResourceChanges.Replace(type ?? ResourceTypes.User, Json.Object(before), Engine.Read(Engine.Body(members), type).Value);
}
