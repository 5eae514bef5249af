using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.OktaSimulator.Conformance.Areas;

/// <summary>
/// What each operation does to each kind of target (RFC 7644 §3.5.2.1 to §3.5.2.3), one row each. The user has a name (Ann Lee), a displayName, the
/// title "Engineer", no nickName, and two e-mail addresses, of which the one for work is the primary one. In a row <c>~</c> stands for the part of its
/// values that no other user has.
/// </summary>
internal static class PatchTable
{
    private const string Add = "7644 §3.5.2.1";
    private const string Remove = "7644 §3.5.2.2";
    private const string Replace = "7644 §3.5.2.3";

    public static CheckArea Area { get; } = new CheckArea("PATCH: operation by target",
    [
        Row("T-add-no-path", Add, "'add' without a path sets what its value has, and leaves the rest of a complex attribute.",
            """{"op":"add","value":{"nickName":"Nick","name":{"givenName":"Zoe"}}}""", ("nickName", "Nick"), ("name/givenName", "Zoe"),
                ("name/familyName", "Lee"), ("title", "Engineer")),
        Row("T-add-no-path-values", Add, "'add' without a path appends to an attribute with several values.",
            """{"op":"add","value":{"emails":[{"type":"other","value":"other.~"}]}}""", ("emails/#", 3), ("emails/other/value", "other.~"),
                ("emails/work/value", "~")),
        Row("T-add-absent", Add, "'add' sets an attribute that has no value.", """{"op":"add","path":"nickName","value":"Nick"}""", ("nickName", "Nick")),
        Row("T-add-present", Add, "'add' replaces the value of an attribute that has one.",
            """{"op":"add","path":"title","value":"Clerk"}""", ("title", "Clerk")),
        Row("T-add-complex", Add, "'add' to a complex attribute sets the parts that it has.",
            """{"op":"add","path":"name","value":{"givenName":"Zoe"}}""", ("name/givenName", "Zoe"), ("name/familyName", "Lee")),
        Row("T-add-part", Add, "'add' sets a part of a complex attribute.",
            """{"op":"add","path":"name.middleName","value":"Mae"}""", ("name/middleName", "Mae"), ("name/givenName", "Ann")),
        Row("T-add-values", Add, "'add' appends to an attribute with several values.",
            """{"op":"add","path":"emails","value":[{"type":"other","value":"other.~"}]}""", ("emails/#", 3), ("emails/other/value", "other.~")),
        Row("T-add-value-present", Add, "'add' of a value that is there changes nothing.",
            """{"op":"add","path":"emails","value":[{"type":"home","value":"home.~"}]}""", ("emails/#", 2), ("emails/home/value", "home.~")),
        Row("T-add-selected", Add, "'add' to the part of a selected value sets that part, and of that value alone.",
            """{"op":"add","path":"emails[type eq \"home\"].display","value":"Home"}""", ("emails/home/display", "Home"),
                ("emails/work/display", null), ("emails/#", 2)),
        Fails("T-add-no-value", Add, "'add' needs a value.", """{"op":"add","path":"nickName"}""", "invalidValue", "invalidSyntax"),

        Row("T-replace-no-path", Replace, "'replace' without a path replaces what its value has, and leaves the rest of a complex attribute.",
            """{"op":"replace","value":{"title":"Clerk","name":{"givenName":"Zoe"}}}""", ("title", "Clerk"), ("name/givenName", "Zoe"),
                ("name/familyName", "Lee")),
        Row("T-replace-no-path-values", Replace, "'replace' without a path replaces all values of an attribute.",
            """{"op":"replace","value":{"emails":[{"type":"other","value":"other.~"}]}}""", ("emails/#", 1), ("emails/other/value", "other.~")),
        Row("T-replace-absent", Replace, "'replace' of what has no value is taken for 'add'.",
            """{"op":"replace","path":"nickName","value":"Nick"}""", ("nickName", "Nick")),
        Row("T-replace-present", Replace, "'replace' replaces a value.", """{"op":"replace","path":"title","value":"Clerk"}""", ("title", "Clerk")),
        Row("T-replace-complex", Replace, "'replace' of a complex attribute replaces the parts that it has, and leaves the others.",
            """{"op":"replace","path":"name","value":{"givenName":"Zoe"}}""", ("name/givenName", "Zoe"), ("name/familyName", "Lee")),
        Row("T-replace-part", Replace, "'replace' replaces a part of a complex attribute.",
            """{"op":"replace","path":"name.givenName","value":"Zoe"}""", ("name/givenName", "Zoe"), ("name/familyName", "Lee")),
        Row("T-replace-part-absent", Replace, "'replace' of a part that has no value sets it.",
            """{"op":"replace","path":"name.middleName","value":"Mae"}""", ("name/middleName", "Mae")),
        Row("T-replace-values", Replace, "'replace' without a filter replaces all values.",
            """{"op":"replace","path":"emails","value":[{"type":"other","value":"other.~"}]}""", ("emails/#", 1), ("emails/other/value", "other.~")),
        Row("T-replace-empty", Replace, "'replace' by an empty array leaves none.", """{"op":"replace","path":"emails","value":[]}""", ("emails", null)),
        Row("T-replace-selected", Replace, "'replace' of a selected value replaces that one.",
            """{"op":"replace","path":"emails[type eq \"home\"]","value":{"type":"home","value":"new.~"}}""", ("emails/#", 2),
                ("emails/home/value", "new.~"), ("emails/work/value", "~")),
        Row("T-replace-selected-part", Replace, "'replace' of a part of a selected value replaces that part.",
            """{"op":"replace","path":"emails[type eq \"home\"].value","value":"new.~"}""", ("emails/#", 2), ("emails/home/value", "new.~"),
                ("emails/work/value", "~")),
        Fails("T-replace-no-match", Replace, "'replace' of a selected value that does not exist fails.",
            """{"op":"replace","path":"emails[type eq \"other\"]","value":{"type":"other","value":"new.~"}}""", "noTarget"),
        Row("T-replace-null", Replace, "'replace' by null leaves no value.", """{"op":"replace","path":"title","value":null}""", ("title", null)),
        Row("T-replace-active", Replace, "An account is deactivated without a path.", """{"op":"replace","value":{"active":false}}""", ("active", false)),
        Fails("T-replace-no-value", Replace, "'replace' needs a value.", """{"op":"replace","path":"title"}""", "invalidValue", "invalidSyntax"),

        Fails("T-remove-no-path", Remove, "'remove' needs a path.", """{"op":"remove"}""", "noTarget"),
        Row("T-remove-absent", Remove, "'remove' of what has no value succeeds.",
            """{"op":"remove","path":"nickName"}""", ("nickName", null), ("title", "Engineer")),
        Row("T-remove-present", Remove, "'remove' leaves no value.", """{"op":"remove","path":"title"}""", ("title", null)),
        Fails("T-remove-required", Remove, "'remove' of what is required fails.", """{"op":"remove","path":"userName"}""", "mutability", "invalidValue"),
        Row("T-remove-complex", Remove, "'remove' of a complex attribute removes all of it.",
            """{"op":"remove","path":"name"}""", ("name/givenName", null), ("name/familyName", null)),
        Row("T-remove-part", Remove, "'remove' of a part leaves the others.",
            """{"op":"remove","path":"name.givenName"}""", ("name/givenName", null), ("name/familyName", "Lee")),
        Row("T-remove-values", Remove, "'remove' without a filter removes all values.", """{"op":"remove","path":"emails"}""", ("emails", null)),
        Row("T-remove-selected", Remove, "'remove' of a selected value removes that one.",
            """{"op":"remove","path":"emails[type eq \"home\"]"}""", ("emails/#", 1), ("emails/home", null), ("emails/work/value", "~")),
        Row("T-remove-selected-part", Remove, "'remove' of a part of a selected value leaves the rest of it.",
            """{"op":"remove","path":"emails[type eq \"work\"].primary"}""", ("emails/#", 2), ("emails/work/value", "~")),
    ]).Needing(Feature.Patch, "title", "nickName", "name", "emails", "displayName", "active");

    /// <summary>The user that a row is about.</summary>
    internal static Task<Subject> UserAsync(ScimProbe scim) => scim.UserAsync(body =>
    {
        body["title"] = "Engineer";
        body["emails"]!.AsArray().Add((JsonNode)new JsonObject { ["type"] = "home", ["value"] = $"home.{body["userName"]}" });
    });

    /// <summary>One operation that succeeds, and what is there afterwards.</summary>
    private static Check Row(string id, string section, string sentence, string operation, params (string Path, JsonNode? Value)[] expected) =>
        Check.Must(id, section, sentence, async scim =>
        {
            var user = await UserAsync(scim);
            var answer = await scim.PatchAsync(user.Path, $"[{For(user, operation)}]");
            var read = await scim.GetAsync(user.Path);

            // The PATCH is the evidence; what is read afterwards is what it is judged by.
            var changed = expected.Aggregate(Expect.Status(answer, 200, 204), (verdict, one) => verdict & Expect.Value(read, one.Path, For(user, one.Value)));
            return changed with { Evidence = answer };
        });

    /// <summary>One operation that is refused, and changes nothing.</summary>
    private static Check Fails(string id, string section, string sentence, string operation, params string[] scimTypes) =>
        Check.Must(id, section, $"{sentence} 400 '{scimTypes[0]}'.", async scim =>
        {
            var user = await UserAsync(scim);
            var answer = await scim.PatchAsync(user.Path, $"[{For(user, operation)}]");
            return Expect.Error(answer, 400, scimTypes) & IsUnchanged(user, await scim.GetAsync(user.Path));
        });

    /// <summary>Whether a user is as it was made.</summary>
    internal static Verdict IsUnchanged(Subject user, ScimAnswer read) => Expect.That(
        read,
        new[] { "userName", "title", "nickName", "displayName", "name", "emails", "active" }.All(path =>
            JsonNode.DeepEquals(user.Body.At(path), read.Json.At(path))),
        "expected the user as it was");

    internal static string For(Subject user, string text) => text.Replace("~", user.UserName, StringComparison.Ordinal);

    private static JsonNode? For(Subject user, JsonNode? value) =>
        value is JsonValue text && text.TryGetValue<string>(out var pattern) ? For(user, pattern) : value?.DeepClone();
}
