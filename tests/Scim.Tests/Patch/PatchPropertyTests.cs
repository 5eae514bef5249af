using System.Text.Json.Nodes;
using CsCheck;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Patch;

/// <summary>What holds for every PATCH.</summary>
public sealed class PatchPropertyTests
{
    private static readonly Gen<string> Texts = Gens.OneOf("\"a\"", "\"b\"", "\"A\"", "\"\"", "null", "\"é\"");

    private static readonly Gen<string> Emails = Gens.OneOf(
        "[{\"value\":\"a\",\"type\":\"work\",\"primary\":true}]",
        "[{\"value\":\"b\",\"primary\":\"True\"}]",
        "[{\"value\":\"a\"},{\"value\":\"c\",\"type\":\"home\"}]", "[]",
        "null",
        "{\"value\":\"b\",\"type\":\"work\"}", "\"bare\"", "[{\"value\":\"\"}]", "[{\"shoe\":1}]");

    private static readonly Gen<(string? Path, string Value)> Targets = Gen.Frequency(
        (2, At(["userName", "nickName", "name.givenName", "externalId"], Texts)),
        (1, At([SchemaUrns.EnterpriseUser + ":division", SchemaUrns.EnterpriseUser + ":manager"], Texts)),
        (1, At(["active"], Gens.OneOf("true", "\"False\"", "null"))),
        (2, At(["name"], Gens.OneOf("{\"givenName\":\"a\"}", "{\"familyName\":\"\"}", "{\"givenName\":null,\"shoe\":1}", "null"))),
        (3, At(["emails"], Emails)),
        (3, At(
            ["emails[value eq \"A\"]", "emails[type eq \"work\"]", "emails[not (type pr)]", "emails[primary eq true or value sw \"b\"]"],
            Gens.OneOf("{\"primary\":true}", "{\"value\":\"d\"}", "null"))),
        (3, At(["emails[type eq \"work\"].value", "emails[value eq \"a\" and primary eq \"True\"].display", "emails[value pr].type", "emails.type"], Texts)),
        (2, Gen.Select(Texts, Emails).Select((text, emails) =>
            ((string?)null, $"{{\"nickName\":{text},\"emails\":{emails},\"urn:x:User\":{{\"a\":{text}}},\"name.familyName\":{text},\"id\":\"x\"}}"))),
        (1, At([SchemaUrns.EnterpriseUser], Gens.OneOf("{\"division\":\"d\",\"manager\":{\"displayName\":\"B\"}}", "null"))));

    private static readonly Gen<string> Operations = Gen.Select(Gens.OneOf("add", "replace", "Remove"), Targets, Gen.Bool, (op, target, hasValue) =>
        Engine.Operation(op, target.Path, op == "Remove" && !hasValue ? null : target.Value));

    private static readonly Gen<string> Additions = Operations.Where(operation => operation.Contains("\"add\"") && !operation.Contains("emails["));

    private static readonly Gen<string> Users = Gen.Select(
        Gens.OneOf("\"userName\":\"u\"", "\"userName\":\"u\",\"nickName\":\"n\",\"active\":false,\"urn:x:User\":{\"a\":\"z\"}"),
        Gens.OneOf(
            "\"name\":{\"givenName\":\"G\"}",
            $"\"{SchemaUrns.EnterpriseUser}\":{{\"division\":\"d\",\"manager\":{{\"value\":\"m\"}}}}",
            "\"title\":\"t\""),
        Emails,
        (one, two, emails) => Engine.Stored($"{one},{two},\"emails\":{emails}"));

    // A3: all or nothing. And whatever it makes is in the stored form: reading it again changes nothing, and at most one element is primary.
    [Fact]
    public void Apply_AnyOperations_ChangesNothingOrLeavesTheStoredForm() => Gen.Select(Users, Operations.Array[1, 5]).Sample(
        (user, operations) =>
        {
            var before = Json.Object(user);
            var request = Engine.ReadPatch(string.Join(',', operations));
            var outcome = request.Succeeded ? request.Value.Apply(before) : request.Error;

            Json.Same(user, before);
            if (!outcome.TryGet(out var result, out var error))
            {
                Assert.InRange(error.Status, 400, 400);
                return;
            }

            var after = result.Attributes;
            var members = after.ToJsonString()[1..^1];
            Json.Same(Engine.Stored(members), after);
            Assert.NotNull(after["userName"]);
            Assert.InRange((after["emails"] as JsonArray ?? []).Count(email => email!["primary"]?.GetValue<bool>() == true), 0, 1);
        },
        iter: 10_000);

    // A replacement or removal said twice is the same as said once.
    [Fact]
    public void Apply_ReplaceOrRemoveTwice_IsTheSameAsOnce() => Gen.Select(Users, Operations.Where(operation => !operation.Contains("\"add\""))).Sample(
        (user, operation) =>
        {
            if (Engine.Patch(user, operation).TryGet(out var once, out _)
                && Engine.Patch(once.Attributes.ToJsonString(), operation).TryGet(out var twice, out _))
            {
                Assert.Empty(ResourceDiff.Between(once.Attributes, twice.Attributes));
            }
        },
        iter: 5_000);

    // Adding is idempotent too, unless it changes what its own brackets choose: what is there already is not added again.
    [Fact]
    public void Apply_AddTwice_IsTheSameAsOnce() => Gen.Select(Users, Additions).Sample(
        (user, operation) =>
        {
            if (Engine.Patch(user, operation).TryGet(out var once, out _))
            {
                Assert.Empty(ResourceDiff.Between(once.Attributes, Engine.Patch(once.Attributes.ToJsonString(), operation).Value.Attributes));
            }
        },
        iter: 5_000);

    // Two requests, or one with the operations of both.
    [Fact]
    public void Apply_InOneRequestOrInTwo_IsTheSame() => Gen.Select(Users, Operations, Operations).Sample(
        (user, first, second) =>
        {
            if (Engine.Patch(user, first).TryGet(out var one, out _) && Engine.Patch(one.Attributes.ToJsonString(), second).TryGet(out var two, out _))
            {
                Json.Same(two.Attributes.ToJsonString(), Engine.Patch(user, $"{first},{second}").Value.Attributes);
            }
        },
        iter: 5_000);

    // What a client knows from before and after is enough to take any PATCH back, as far as there is a schema: of an extension without one no path can be said.
    [Fact]
    public void Apply_ThenItsInverse_GivesTheResourceBack() => Gen.Select(Users, Operations.Array[1, 5]).Sample(
        (user, operations) =>
        {
            // As it is stored once created: 'active' has a default, and cannot be taken away.
            var before = Json.Object(user);
            before["active"] ??= true;
            if (!Engine.Patch(before.ToJsonString(), string.Join(',', operations)).TryGet(out var patched, out _)
                || Changes(patched.Attributes, before) is not { Length: > 0 } changes)
            {
                return;
            }

            var restored = Engine.Patch(patched.Attributes.ToJsonString(), string.Join(',', changes.SelectMany(Inverse)));

            Assert.Empty(Changes(before, restored.Value.Attributes));
        },
        iter: 10_000);

    [Fact]
    public void Read_AnyPathAndValue_AnswersAndNeverThrows()
    {
        var pieces = Gens.OneOf(
            "emails", "[", "]", ".value", "type eq ", "\"a\"", "\"\\ud800\"",
            "(", "not (", " and ", "name", ".", ":", SchemaUrns.User, SchemaUrns.EnterpriseUser, "urn:x", "groups", "$ref", "\0");
        var paths = Gen.OneOf(Gen.String.Where(CaseFolding.IsWellFormed), pieces.Array[0, 8].Select(string.Concat));
        Gen.Select(Gens.OneOf("add", "replace", "remove"), paths, Gen.OneOf(Texts, Emails, Gens.OneOf("{}", "5", "[[]]", "{\"a\":{\"b\":[1e999]}}"))).Sample(
            (op, path, value) =>
            {
                var members = new JsonObject { [path] = JsonNode.Parse(value) }.ToJsonString();
                var operations = new[] { Engine.Operation(op, path, value), Engine.Operation(op, null, members) };
                Assert.All(operations.Select(operation => Engine.Patch("{}", operation)), outcome => Assert.True(outcome.Succeeded || outcome.Error is { Status: 400, ScimType: not null, Detail.Length: < 1_000 }));
            },
            iter: 10_000);
    }

    private static AttributeChange[] Changes(JsonObject from, JsonObject to) =>
        [.. ResourceDiff.Between(from, to).Where(change => !change.Path.StartsWith("urn:x:", StringComparison.Ordinal))];

    // A complex value is removed first: 'replace' leaves the parts that it does not have.
    private static IEnumerable<string> Inverse(AttributeChange change) => change.After switch
    {
        null => [Engine.Operation("remove", change.Path, null)],
        JsonObject whole => [Engine.Operation("remove", change.Path, null), Engine.Operation("add", change.Path, whole.ToJsonString())],
        var value => [Engine.Operation("replace", change.Path, value.ToJsonString())],
    };

    private static Gen<(string? Path, string Value)> At(string[] paths, Gen<string> values) =>
        Gen.Select(Gens.OneOf(paths), values, (path, value) => ((string?)path, value));
}
