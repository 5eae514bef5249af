using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using OrleansIdentity.Scim.Filters;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;
using static OrleansIdentity.Scim.Tests.Support.TenantUser;

namespace OrleansIdentity.Scim.Tests.Tenants;

/// <summary>What was stored by an earlier schema, or before there was one, is seen by the schema that there is.</summary>
public sealed class StoredExtensionTests
{
    private static readonly Gen<string> Values = Gens.OneOf(
        "\"a\"", "\"\"", "null", "1", "1.5", "true", "\"True\"", "\"2026-01-02T03:04:05Z\"", "[\"a\",5,\"b\"]", "[]", "[1,[2],null]", "[true]", "{\"a\":1}");

    private static readonly Gen<string> Names = Gen.Select(
        Gens.OneOf([.. Types.SelectMany(type => new[] { Name(type.Type), Name(type.Type, many: true) }), "level", "gone"]), Gen.Bool, (name, odd) =>
            odd ? name.ToLowerInvariant() : name);

    private static readonly Gen<string> Extensions = Gen.Select(Names, Values).Array[0, 5].Select(members =>
        $"{{{string.Join(',', members.DistinctBy(member => member.Item1).Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}");

    /// <summary>Users with anything stored under the tenant's URN, in any letter case.</summary>
    private static readonly Gen<string> Users = Gen.Select(Extensions, Gen.Bool, (extension, odd) =>
        $"{{\"userName\":\"u\",\"{(odd ? Urn.ToUpperInvariant() : Urn)}\":{extension},\"urn:x:User\":{{\"a\":1}},\"nickName\":\"n\"}}");

    [Fact]
    public void Conform_WhatFits_IsTheDocumentItself()
    {
        var stored = TenantDocuments.Stored(Acme, User("""{"oneString":"a","manyInteger":[1,2],"oneBoolean":true,"level":"Chief"}"""));
        Assert.True(StoredExtension.Conform(Acme, (ReadOnlySpan<byte>)stored) == stored);
        Assert.True(StoredExtension.Conform(ResourceTypes.User, (ReadOnlySpan<byte>)stored) == stored);
    }

    [Fact]
    public void Conform_WhatDoesNotFit_IsNotThereAndTheUrnWithIt()
    {
        var stored = TenantDocuments.Stored(Acme, User("""{"gone":"a","oneInteger":"1","manyString":[]}"""));
        var shown = TenantDocuments.Shown(Acme, stored);

        Assert.Null(shown[Urn]);
        Assert.Equal([SchemaUrns.User], shown["schemas"]!.AsArray().Select(urn => urn!.GetValue<string>()));
        Assert.Equal(("id-1", "u", "W/\"3\""), (shown["id"]!.GetValue<string>(), shown["userName"]!.GetValue<string>(), shown["meta"]!["version"]!.GetValue<string>()));
    }

    [Fact]
    public void Conform_StoredBeforeThereWasASchema_IsTakenOver()
    {
        var urn = Urn.ToLowerInvariant();
        var stored = TenantDocuments.Stored(ResourceTypes.User, """{"userName":"u","urn:ietf:params:scim:schemas:extension:acme:2.0:user":{"ONESTRING":"a","onestring":"b","oneBoolean":"True","manyString":"one","manyInteger":[1,"2",3]}}""");
        var shown = TenantDocuments.Shown(Acme, stored);

        Json.Same("""{"oneString":"a","oneBoolean":true,"manyString":["one"],"manyInteger":[1,3]}""", shown[Urn]);
        Assert.Equal([SchemaUrns.User, Urn], shown["schemas"]!.AsArray().Select(one => one!.GetValue<string>()));
        Assert.False(shown.ContainsKey(urn));
    }

    [Fact]
    public void Conform_BooleanThatCameAsText_IsShownAsOne() => Assert.Equal(
        """{"oneBoolean":true}""", TenantDocuments.Shown(Acme, TenantDocuments.Stored(Acme, User("""{"oneBoolean":"True"}""")))[Urn]!.ToJsonString());

    // The three ways to see the same: parsed, as bytes, and by a filter.
    [Fact]
    public void Conform_AnythingStored_LooksTheSameFromEverywhere() => Users.Sample(user =>
    {
        var stored = TenantDocuments.Stored(ResourceTypes.User, user);
        var conformed = StoredExtension.Conform(Acme, ResourceDocument.ReadAttributes(stored));
        var bytes = StoredExtension.Conform(Acme, (ReadOnlySpan<byte>)stored).ToArray();

        Json.Same(conformed.ToJsonString(), ResourceDocument.ReadAttributes(bytes));
        Assert.Same(conformed, StoredExtension.Conform(Acme, conformed));
        Assert.True(StoredExtension.Conform(Acme, (ReadOnlySpan<byte>)bytes) == bytes);
        using var before = JsonDocument.Parse(stored);
        using var after = JsonDocument.Parse(bytes);
        foreach (var (type, low, _, _) in Types)
        {
            foreach (var many in new[] { false, true })
            {
                var name = $"{Urn}:{Name(type, many)}";
                foreach (var filter in new[] { $"{name} pr", $"{name} eq null", $"{name} eq {low}", $"{name} ne {low}" })
                {
                    var parsed = Filter.Parse(Acme, filter, Engine.Limits).Value;
                    Assert.Equal(parsed.Matches(after.RootElement), parsed.Matches(before.RootElement));
                }

                Assert.Equal(conformed[Urn]?[Name(type, many)] is not null, Filter.Parse(Acme, $"{name} pr", Engine.Limits).Value.Matches(before.RootElement));
            }
        }
    });

    // What a client can write is in the stored form, so that reading it never costs a second look.
    [Fact]
    public void Read_AnythingThatIsTaken_Conforms() => Extensions.Sample(extension =>
    {
        var body = $"\"userName\":\"u\",\"{Urn}\":{extension}";
        if (Engine.Read(Encoding.UTF8.GetBytes(Engine.Body(body)), Acme).TryGet(out var input, out _))
        {
            Assert.Same(input.Attributes, StoredExtension.Conform(Acme, input.Attributes));
        }
    });

    [Fact]
    public void Patch_AnyOnTheTenantsAttributes_ConformsAndIsTheSameTwice() => Gen.Select(Names, Values, Gens.OneOf("add", "replace")).Array[1, 4].Sample(operations =>
    {
        var text = string.Join(',', operations.Select(one => Engine.Operation(one.Item3, $"{Urn}:{one.Item1}", one.Item2)));
        if (Engine.Patch("""{"userName":"u"}""", text, Acme).TryGet(out var once, out _))
        {
            Assert.Same(once.Attributes, StoredExtension.Conform(Acme, once.Attributes));
            Assert.Equal("u", once.Attributes["userName"]!.GetValue<string>());
            Json.Same(once.Attributes.ToJsonString(), Engine.Patch(once.Attributes.ToJsonString(), text, Acme).Value.Attributes);
        }
    });
}
