using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Resources;

/// <summary>RFC 7643 §7, "returned": what is always shown, and what on request alone, at every depth.</summary>
public sealed class ReturnedTests
{
    private const string Extra = "urn:example:schemas:extra:1.0:Badge";

    private const string Resource = """
        {"code":"c","note":"n","box":{"width":1,"seal":"s","secret":"x"},"items":[{"value":"a","key":"k1","hidden":"h"},{"key":"k2"}],
         "vault":{"pin":"p"},"urn:example:schemas:extra:1.0:Badge":{"grade":"g","level":"l","clue":"q"}}
        """;

    private static readonly ResourceType Type = new(
        "Badge",
        "A badge",
        "/Badges",
        new SchemaDefinition("urn:example:schemas:1.0:Badge", "Badge", "A badge",
        [
            Part("code"),
            Part("note", Returned.Request),
            Complex("box", Part("width"), Part("seal", Returned.Always), Part("secret", Returned.Request)),
            Complex("items", Part("value"), Part("key", Returned.Always), Part("hidden", Returned.Request)) with
            {
                MultiValued = true,
            },
            Complex("vault", Part("pin", Returned.Request)),
        ]),
        [
            new SchemaExtension(
                new SchemaDefinition(Extra, "Extra", "More",
                [
                    Part("grade", Returned.Always), Part("level"), Part("clue", Returned.Request),
                ]),
                Required: false),
        ]);

    [Theory]
    // Neither parameter: what is returned on request is left out, at every depth, and a value of which nothing is left with it.
    [InlineData(null, null, """{"code":"c","box":{"width":1,"seal":"s"},"items":[{"value":"a","key":"k1"},{"key":"k2"}],"X":{"grade":"g","level":"l"}}""")]
    // Named itself, it is shown; its attribute named as a whole does not name it.
    [InlineData("note", null, """{"note":"n","X":{"grade":"g"}}""")]
    [InlineData("box", null, """{"box":{"width":1,"seal":"s"},"X":{"grade":"g"}}""")]
    [InlineData("box,box.secret", null, """{"box":{"width":1,"seal":"s","secret":"x"},"X":{"grade":"g"}}""")]
    [InlineData("box.secret", null, """{"box":{"seal":"s","secret":"x"},"X":{"grade":"g"}}""")]
    [InlineData("vault", null, """{"X":{"grade":"g"}}""")]
    [InlineData("vault.pin", null, """{"vault":{"pin":"p"},"X":{"grade":"g"}}""")]
    [InlineData("items.value", null, """{"items":[{"value":"a","key":"k1"},{"key":"k2"}],"X":{"grade":"g"}}""")]
    [InlineData("items.hidden", null, """{"items":[{"key":"k1","hidden":"h"},{"key":"k2"}],"X":{"grade":"g"}}""")]
    [InlineData(Extra, null, """{"X":{"grade":"g","level":"l"}}""")]
    [InlineData(Extra + ":clue", null, """{"X":{"grade":"g","clue":"q"}}""")]
    // Excluding has no effect on what is always returned, and shows nothing that was not asked for.
    [InlineData(null, "box.seal,items,code", """{"box":{"width":1,"seal":"s"},"X":{"grade":"g","level":"l"}}""")]
    [InlineData(null, "box,items,code," + Extra, """{"X":{"grade":"g"}}""")]
    [InlineData(null, "box.width,items.value,code,note", """{"box":{"seal":"s"},"items":[{"key":"k1"},{"key":"k2"}],"X":{"grade":"g","level":"l"}}""")]
    public void Projection_AlwaysAndRequest_AreHonouredAtEveryDepth(string? attributes, string? excluded, string shown)
    {
        var projection = Projection.Parse(Type, attributes, excluded).Value;
        var answer = DocumentTests.Response(ResourceDocument.Write(Type, "id-1", Json.Object(Resource), DocumentTests.Meta), projection).AsObject();

        Assert.True(answer.Remove("id"));
        Assert.True(answer.Remove("schemas"));
        answer.Remove("meta");
        Json.Same(shown.Replace("\"X\"", $"\"{Extra}\"", StringComparison.Ordinal), answer);
    }

    // What is stored apart from the document is asked about part by part.
    [Theory]
    [InlineData("box", null, "width seal")]
    [InlineData("box.secret", null, "seal secret")]
    [InlineData("code", null, "")]
    [InlineData(null, "box", "")]
    [InlineData(null, "box.width,box.seal", "seal")]
    public void Shows_OfEachPart_IsWhatWriteWouldShow(string? attributes, string? excluded, string parts)
    {
        var projection = Projection.Parse(Type, attributes, excluded).Value!;
        var box = Type.Find("box")!;
        Assert.Equal(parts, string.Join(' ', box.SubAttributes.Where(part => projection.Shows(box, part)).Select(part => part.Name)));
    }

    [Fact]
    public void Parse_NothingOnRequestAlone_NeedsNoProjection() => Assert.Equal((false, true), (ResourceTypes.User.HasRequestOnly, Type.HasRequestOnly));

    private static AttributeDefinition Part(string name, Returned returned = Returned.Default) => new() { Name = name, Returned = returned };

    private static AttributeDefinition Complex(string name, params AttributeDefinition[] parts) =>
        new() { Name = name, Type = AttributeType.Complex, SubAttributes = [.. parts] };
}
