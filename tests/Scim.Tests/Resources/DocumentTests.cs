using System.Buffers;
using System.Text.Json.Nodes;
using CsCheck;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Resources;

/// <summary>The stored form: it goes through the store and comes back as it was, and a response is cut from it without parsing.</summary>
public sealed class DocumentTests
{
    internal const string Location = "https://acme.example/scim/v2/Users/\"id\"?é";

    internal static readonly ResourceMeta Meta = new("User", At("2026-01-02T03:04:05.678Z"), At("2026-02-03T04:05:06.789Z"), 12);

    [Fact]
    public void Write_AndSplice_HaveEveryMember() => Json.Same(
        $$$"""
        {"schemas":["{{{SchemaUrns.User}}}","{{{SchemaUrns.EnterpriseUser}}}","urn:x:User"],"id":"id-1","userName":"u",
         "{{{SchemaUrns.EnterpriseUser}}}":{"division":"d"},"urn:x:User":{"a":1},
         "meta":{"resourceType":"User","created":"2026-01-02T03:04:05.678Z","lastModified":"2026-02-03T04:05:06.789Z","version":"W/\"12\"",
                 "location":"https://acme.example/scim/v2/Users/\"id\"?é"} }
        """,
        Response(Write(Json.Object($$$"""{"userName":"u","{{{SchemaUrns.EnterpriseUser}}}":{"division":"d"},"urn:x:User":{"a":1} }""")), null));

    [Fact]
    public void Write_ReadWrite_GivesTheSameBytesAndTheSameAttributes() => UserBodies.Members.Sample(
        members =>
        {
            if (!Engine.Read(Engine.Body(members)).TryGet(out var input, out _))
            {
                return;
            }

            var attributes = Assigned(input);
            var stored = Write(attributes);
            Json.Same(attributes.ToJsonString(), ResourceDocument.ReadAttributes(stored));
            Assert.Equal(stored, Write(ResourceDocument.ReadAttributes(stored)));
            Assert.Equal(Meta, ResourceDocument.ReadMeta(stored));
            Assert.Equal(Location, Response(stored, null)["meta"]!["location"]!.GetValue<string>());
        },
        iter: 2_000);

    // What Okta echoes back in a PUT is what was stored.
    [Fact]
    public void Read_OfAResponse_GivesWhatWasStored() => UserBodies.Members.Sample(
        members =>
        {
            if (Engine.Read(Engine.Body(members)).TryGet(out var input, out _))
            {
                var attributes = Assigned(input);
                var echoed = Engine.Read(Response(Write(attributes), null).ToJsonString()).Value;

                Json.Same(attributes.ToJsonString(), echoed.Attributes);
                Assert.Empty(ResourceDiff.Between(attributes, echoed.Attributes));
            }
        },
        iter: 2_000);

    [Fact]
    public void Read_OfAnyBody_AnswersAndNeverThrows() => UserBodies.Wild.Sample(
        body =>
        {
            var outcome = Engine.Read(body);
            Assert.True(outcome.Succeeded || (outcome.Error is { Status: 400, Detail.Length: < 1_000 } && ErrorText.Of(outcome.Error).Length > 0));
        },
        iter: 5_000);

    // Without what was unassigned explicitly.
    private static JsonObject Assigned(ResourceInput input) =>
        new(input.Attributes.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

    internal static byte[] Write(JsonObject attributes) => ResourceDocument.Write(ResourceTypes.User, "id-1", attributes, Meta);

    internal static JsonNode Response(byte[] stored, Projection? projection)
    {
        var output = new ArrayBufferWriter<byte>();
        ResourceDocument.WriteOpen(output, ResourceTypes.User, stored, Location, projection);
        ResourceDocument.WriteClose(output);
        return Json.Node(output.WrittenSpan);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
