using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Patch;

/// <summary>RFC 7644 §3.5.2 and RFC 7643 §7: who may change what.</summary>
public sealed class PatchMutabilityTests
{
    // A8: a path to what only the server sets.
    [Theory]
    [InlineData("id")]
    [InlineData("meta")]
    [InlineData("meta.created")]
    [InlineData("schemas")]
    [InlineData("groups")]
    [InlineData("groups[value eq \"g\"]")]
    [InlineData("groups[value eq \"g\"].display")]
    [InlineData(SchemaUrns.User + ":groups")]
    [InlineData(SchemaUrns.EnterpriseUser + ":manager.displayName")]
    public void ReadOnly_ByPath_IsMutability(string path)
    {
        Json.Refused("mutability", Engine.ReadPatch(Engine.Operation("add", path, "\"x\"")));
        Json.Refused("mutability", Engine.ReadPatch(Engine.Operation("replace", path, "\"x\"")));
        Json.Refused("mutability", Engine.ReadPatch(Engine.Operation("remove", path, null)));
    }

    // A8, the exception: Okta sends back what it read. Without a path it is ignored, and counted.
    [Fact]
    public void ReadOnly_WithoutAPath_IsIgnored()
    {
        var result = Engine.Patch(
            """{"userName":"u"}""",
            $$"""
            {"op":"replace","value":{"id":"x","meta":{"version":"1"},"schemas":["urn:x"],"groups":[{"value":"g"}],"nickName":"n","groups.display":"g",
             "{{SchemaUrns.EnterpriseUser}}":{"manager":{"displayName":"Boss"} } } }
            """).Value;

        Json.Same("""{"userName":"u","nickName":"n"}""", result.Attributes);
        Assert.Equal(6, result.Ignored.Single(ignored => ignored.Reason == Ignored.ReadOnly).Count);
    }

    // A8, for any schema: a part of what only the server sets is not for clients either, whatever it says itself.
    [Fact]
    public void ReadOnly_PartOfAReadOnlyAttribute_IsMutabilityOrIgnored()
    {
        PatchTableTests.Check("add", "origin.value", "{}", "\"x\"", "mutability", Things.Type);
        PatchTableTests.Check("add", null, """{"key":"k"}""", """{"origin.value":"x"}""", """{"key":"k"}""", Things.Type);
    }

    // What is left of a value when its read-only and unknown parts are gone is nothing: that must not clear what is there.
    [Fact]
    public void ReadOnly_AllThatIsGiven_LeavesTheRestAlone()
    {
        const string managed = $$$"""{"{{{SchemaUrns.EnterpriseUser}}}":{"manager":{"value":"m"} } }""";

        PatchTableTests.Check("replace", null, managed, $$$"""{"{{{SchemaUrns.EnterpriseUser}}}":{"manager":{"displayName":"Boss"} } }""", managed);
        PatchTableTests.Check("replace", SchemaUrns.EnterpriseUser + ":manager", managed, """{"displayName":"Boss"}""", managed);
    }

    // A password is accepted, never kept, and can be "removed".
    [Theory]
    [InlineData("replace", null, """{"password":"s3cret"}""")]
    [InlineData("add", "password", "\"s3cret\"")]
    [InlineData("remove", "password", null)]
    public void Password_IsAcceptedAndDropped(string op, string? path, string? value)
    {
        var result = Engine.Patch("""{"userName":"u"}""", Engine.Operation(op, path, value)).Value;

        Json.Same("""{"userName":"u"}""", result.Attributes);
        Assert.Equal(Ignored.WriteOnlyDiscarded, Assert.Single(result.Ignored).Reason);
    }

    // A8: what is immutable can be added while it is unset, and afterwards only be said again.
    [Theory]
    [InlineData("add", "serial", """{"key":"k"}""", "\"1\"", """{"key":"k","serial":"1"}""")]
    [InlineData("replace", "serial", """{"key":"k"}""", "\"1\"", """{"key":"k","serial":"1"}""")]
    [InlineData("add", "serial", """{"key":"k","serial":"1"}""", "\"1\"", """{"key":"k","serial":"1"}""")]
    [InlineData("replace", null, """{"key":"k","serial":"1"}""", """{"serial":"1","label":"l"}""", """{"key":"k","serial":"1","label":"l"}""")]
    [InlineData("remove", "serial", """{"key":"k"}""", null, """{"key":"k"}""")]
    [InlineData("add", "serial", """{"serial":"1"}""", "\"2\"", "mutability")]
    [InlineData("replace", "serial", """{"serial":"1"}""", "\"2\"", "mutability")]
    [InlineData("replace", null, """{"serial":"1"}""", """{"serial":"2"}""", "mutability")]
    [InlineData("replace", "serial", """{"serial":"1"}""", "null", "mutability")]
    [InlineData("remove", "serial", """{"serial":"1"}""", null, "mutability")]
    [InlineData("add", "box.seal", """{"box":{"width":1}}""", "\"s\"", """{"box":{"width":1,"seal":"s"}}""")]
    [InlineData("replace", "box.seal", """{"box":{"width":1,"seal":"s"}}""", "\"t\"", "mutability")]
    [InlineData("remove", "box.seal", """{"box":{"width":1,"seal":"s"}}""", null, "mutability")]
    [InlineData("replace", "box", """{"box":{"width":1,"seal":"s"}}""", """{"seal":"t"}""", "mutability")]
    [InlineData("replace", "box", """{"box":{"width":1,"seal":"s"}}""", """{"width":2}""", """{"box":{"width":2,"seal":"s"}}""")]
    [InlineData("replace", "items[value eq \"a\"].seal", """{"items":[{"value":"a"}]}""", "\"s\"", """{"items":[{"value":"a","seal":"s"}]}""")]
    [InlineData("replace", "items[value eq \"a\"].seal", """{"items":[{"value":"a","seal":"s"}]}""", "\"t\"", "mutability")]
    [InlineData("remove", "items[value eq \"a\"].seal", """{"items":[{"value":"a","seal":"s"}]}""", null, "mutability")]
    [InlineData("add", "items[value eq \"a\"]", """{"items":[{"value":"a","seal":"s"}]}""", """{"seal":"t"}""", "mutability")]
    [InlineData("remove", "items[value eq \"a\"]", """{"items":[{"value":"a","seal":"s"}]}""", null, "{}")]
    [InlineData("replace", Things.Extra + ":seal", $$$"""{"{{{Things.Extra}}}":{"grade":"1","seal":"s"}}""", "\"t\"", "mutability")]
    public void Immutable_IsSetOnce(string op, string? path, string before, string? value, string expected) =>
        PatchTableTests.Check(op, path, before, value, expected, Things.Type);

    // What is required cannot be taken away, nor a part that is required of what has it.
    [Theory]
    [InlineData("remove", "key", """{"key":"k"}""", null, "mutability")]
    [InlineData("remove", "owners", """{"owners":["a"]}""", null, "mutability")]
    [InlineData("remove", "owners", """{"owners":["a","b"]}""", "[\"a\",\"b\"]", "mutability")]
    [InlineData("remove", "owners", """{"owners":["a","b"]}""", "[\"a\"]", """{"owners":["b"]}""")]
    [InlineData("replace", "owners", """{"owners":["a","b"]}""", "[]", "mutability")]
    [InlineData("remove", "box.width", """{"box":{"width":1,"colour":"c"}}""", null, "mutability")]
    [InlineData("remove", "box", """{"box":{"width":1,"colour":"c"}}""", null, "{}")]
    [InlineData("replace", "box", """{"key":"k","owners":["a"],"box":{"width":1,"colour":"c"}}""", """{"width":null}""", "invalidValue")]
    [InlineData("add", "box", """{"key":"k","owners":["a"]}""", """{"colour":"c"}""", "invalidValue")]
    [InlineData("add", "box.colour", """{"key":"k","owners":["a"]}""", "\"c\"", "invalidValue")]
    [InlineData("add", Things.Extra + ":note", """{"key":"k","owners":["a"]}""", "\"n\"", "invalidValue")]
    [InlineData("remove", Things.Extra, $$"""{"key":"k","owners":["a"],"{{Things.Extra}}":{"grade":"1","note":"n"} }""", null, """{"key":"k","owners":["a"]}""")]
    [InlineData("remove", Things.Extra + ":grade", $$"""{"{{Things.Extra}}":{"grade":"1","note":"n"} }""", null, "mutability")]
    public void Required_CannotBeTakenAway(string op, string path, string before, string? value, string expected) =>
        PatchTableTests.Check(op, path, before, value, expected, Things.Type);

    // A schema may demand more than it did: that must not stop a change to something else, a deactivation least of all.
    [Fact]
    public void Required_MissingBefore_DoesNotStopAnotherChange() =>
        PatchTableTests.Check("replace", "flag", """{"label":"old"}""", "false", """{"label":"old","flag":false}""", Things.Type);

    // Removing an extension takes away what clients may set.
    [Fact]
    public void Extension_Removed_KeepsWhatTheServerSet() => PatchTableTests.Check(
        "remove", Things.Extra, $$"""{"{{Things.Extra}}":{"note":"n","mark":"m"} }""", null, $$"""{"{{Things.Extra}}":{"mark":"m"} }""", Things.Type);

    // Read-only parts in a condition do not become values.
    [Fact]
    public void ReadOnlyPart_InACondition_IsNotCreated() =>
        PatchTableTests.Check("add", "items[mark eq \"m\"].value", "{}", "\"v\"", "noTarget", Things.Type);

    // What is never returned is not kept, by any path.
    [Fact]
    public void NeverReturned_IsDropped()
    {
        PatchTableTests.Check("add", "secret", """{"key":"k"}""", "\"s\"", """{"key":"k"}""", Things.Type);
        PatchTableTests.Check("add", null, """{"key":"k"}""", """{"secret":"s","hidden":{"value":"s"},"hidden.value":"s"}""", """{"key":"k"}""", Things.Type);
    }
}
