using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Scim;
using static OrleansIdentity.OktaSimulator.Conformance.Check;

namespace OrleansIdentity.OktaSimulator.Conformance.Areas;

/// <summary>PATCH as a message: what it has to have, its order, its answers and its errors.</summary>
internal static class PatchChecks
{
    private const string Section = "7644 §3.5.2";
    private const string Clerk = """[{"op":"replace","path":"title","value":"Clerk"}]""";

    public static CheckArea Area { get; } = new CheckArea("PATCH: the message",
    [
        Must("A1-schemas", Section, "A body without the PatchOp URN is refused.", async scim => Expect.Error(await SendAsync(scim, new JsonObject
        {
            ["Operations"] = JsonNode.Parse(Clerk),
        }), 400, "invalidSyntax", "invalidValue")),
        Must("A1-none", Section, "A body without operations is refused.", scim => FailsAsync(scim, "[]", "invalidSyntax", "invalidValue")),
        Must("A1-missing", Section, "A body without a list of operations is refused.", async scim => Expect.Error(await SendAsync(scim, new JsonObject
        {
            ["schemas"] = new JsonArray(ScimUrns.PatchOp),
        }), 400, "invalidSyntax", "invalidValue")),
        May("A2-letter-case", Section, "'op' may be in any letter case.", async scim =>
        {
            var answer = await scim.PatchAsync((await PatchTable.UserAsync(scim)).Path, """[{"op":"Replace","path":"title","value":"Clerk"}]""");
            return answer.Status == 400 ? Verdict.NotSupported("'Replace' is refused", answer) : Expect.Success(answer);
        }),
        Must("A2-unknown", Section, "An operation that does not exist is refused.",
            scim => FailsAsync(scim, """[{"op":"move","path":"title","value":"Clerk"}]""", "invalidSyntax", "invalidValue")),
        Must("A3-order", Section, "Operations are applied in order, each to what the one before left.", scim => LeavesAsync(
            scim, """[{"op":"replace","path":"title","value":"Clerk"},{"op":"remove","path":"title"},{"op":"add","path":"title","value":"Nurse"}]""",
                ("title", "Nurse"))),
        Must("A3-atomic", Section, "When one operation fails none is applied.",
            scim => FailsAsync(scim, """[{"op":"replace","path":"title","value":"Clerk"},{"op":"remove"}]""", "noTarget")),
        Must("A4-answer", Section, "A PATCH is answered 200 with the whole resource, or 204 with nothing.", async scim =>
        {
            var user = await PatchTable.UserAsync(scim);
            var answer = await scim.PatchAsync(user.Path, Clerk);
            return answer.Status == 204 ? Expect.That(answer, answer.Text.Length == 0, "expected no body")
                : Expect.Status(answer, 200) & Expect.Value(answer, "id", user.Id) & Expect.Value(answer, "title", "Clerk")
                    & Expect.Value(answer, "userName", user.UserName);
        }),
        Must("A6-primary", Section, "A value that becomes the primary one makes the others not.", async scim =>
        {
            var user = await PatchTable.UserAsync(scim);
            var answer = await scim.PatchAsync(user.Path, """[{"op":"replace","path":"emails[type eq \"home\"].primary","value":true}]""");
            var read = await scim.GetAsync(user.Path);
            return Expect.Success(answer) & Expect.Value(read, "emails/home/primary", true)
                & Expect.That(read, read.Json.At("emails/work/primary")?.ToString() != "true", "expected one primary address");
        }),
        Must("A7-extension", Section, "Setting an attribute of an extension adds its URN to the schemas.", async scim =>
        {
            var user = await PatchTable.UserAsync(scim);
            var answer = await scim.PatchAsync(user.Path, $$"""[{"op":"add","path":"{{ScimUrns.EnterpriseUser}}:department","value":"Sales"}]""");
            var read = await scim.GetAsync(user.Path);
            return Expect.Success(answer) & Expect.Value(read, $"{ScimUrns.EnterpriseUser}/department", "Sales")
                & Expect.That(read, read.Json.HasSchema(ScimUrns.EnterpriseUser), "expected the URN in schemas");
        }, Feature.EnterpriseUser),
        Must("A7-core-urn", "7644 §3.10", "A path may begin with the URN of the core schema.",
            scim => LeavesAsync(scim, $$"""[{"op":"replace","path":"{{ScimUrns.User}}:title","value":"Clerk"}]""", ("title", "Clerk"))),
        Must("A8-id", Section, "What is readOnly cannot be changed.",
            scim => FailsAsync(scim, """[{"op":"replace","path":"id","value":"other"}]""", "mutability")),
        Must("A8-meta", Section, "Metadata cannot be changed.",
            scim => FailsAsync(scim, """[{"op":"replace","path":"meta.created","value":"1999-01-01T00:00:00Z"}]""", "mutability")),
        Must("A8-groups", Section, "A user's groups are changed through the groups alone.",
            scim => FailsAsync(scim, """[{"op":"add","path":"groups","value":[{"value":"x"}]}]""", "mutability"), Feature.None, "groups"),
        Should("A8-no-path", Section, "An id that comes along in a value without a path does no harm.", async scim =>
        {
            var user = await PatchTable.UserAsync(scim);
            var answer = await scim.PatchAsync(user.Path, $$"""[{"op":"replace","value":{"id":"{{user.Id}}","title":"Clerk"} }]""");
            return Expect.Success(answer) & Expect.Value(await scim.GetAsync(user.Path), "title", "Clerk");
        }),
        Must("A9-path", Section, "A path that cannot be read is refused.",
            scim => FailsAsync(scim, """[{"op":"replace","path":"emails[type eq","value":"x"}]""", "invalidPath", "invalidFilter")),
        Must("A9-nested", Section, "Brackets within brackets are refused.",
            scim => FailsAsync(scim, """[{"op":"replace","path":"emails[type[value eq \"x\"] eq \"work\"]","value":{"value":"x"}}]""", "invalidPath",
                "invalidFilter")),
        Must("A9-unknown", Section, "A path that names no attribute is refused.",
            scim => FailsAsync(scim, """[{"op":"replace","path":"noSuchAttribute","value":"x"}]""", "invalidPath", "noTarget", "invalidValue")),
        Must("A9-type", Section, "A value of another type than the schema has is refused.",
            scim => FailsAsync(scim, """[{"op":"replace","path":"name","value":"Ann"}]""", "invalidValue", "invalidSyntax")),
        Must("A9-malformed", Section, "A body that is no JSON is refused.", async scim => Expect.Status(await scim.SendAsync(
            new ScimRequest(CallKind.Patch, HttpMethod.Patch, (await PatchTable.UserAsync(scim)).Path) { Text = "{\"schemas\":" }), 400)),
        Must("A10-unchanged", "7644 §3.5.2.1", "What changes nothing leaves meta.lastModified as it is.", async scim =>
        {
            var user = await PatchTable.UserAsync(scim);
            var before = await scim.GetAsync(user.Path);
            await scim.PatchAsync(user.Path, PatchTable.For(user, """[{"op":"add","path":"emails","value":[{"type":"home","value":"home.~"}]}]"""));
            return Expect.Value(await scim.GetAsync(user.Path), "meta/lastModified", before.Json.At("meta/lastModified")?.DeepClone());
        }),
        Must("A11-taken", Section, "A name that another one has is refused, and nothing else of the request applied.", async scim =>
        {
            var (user, other) = (await PatchTable.UserAsync(scim), await scim.UserAsync());
            var answer = await scim.PatchAsync(user.Path,
                $$"""[{"op":"replace","path":"title","value":"Clerk"},{"op":"replace","path":"userName","value":"{{other.UserName}}"}]""");
            return Expect.Error(answer, 409, "uniqueness") & PatchTable.IsUnchanged(user, await scim.GetAsync(user.Path));
        }),
        May("A12-text-boolean", Section, "'False' as text may be taken for false.", async scim =>
        {
            var user = await PatchTable.UserAsync(scim);
            var answer = await scim.PatchAsync(user.Path, """[{"op":"replace","path":"active","value":"False"}]""");
            return answer.Status == 400 ? Verdict.NotSupported("text is refused", answer)
                : Expect.Success(answer) & Expect.Value(await scim.GetAsync(user.Path), "active", false);
        }),
        Should("A13-thousand", Section, "A thousand operations in one request are applied, or refused as too many.", async scim =>
        {
            var user = await PatchTable.UserAsync(scim);
            var operations = new JsonArray([.. Enumerable.Range(1, 1_000).Select(number =>
                new JsonObject { ["op"] = "replace", ["path"] = "title", ["value"] = $"Title {number}" })]);
            var answer = await scim.PatchAsync(user.Path, operations.ToJsonString());
            return answer.Status is 400 or 413 ? Expect.Status(answer, 400, 413)
                : Expect.Success(answer) & Expect.Value(await scim.GetAsync(user.Path), "title", "Title 1000");
        }),
        Must("A14-unknown", Section, "A PATCH of what does not exist is answered 404.",
            async scim => Expect.Status(await scim.PatchAsync(WriteChecks.Unknown, Clerk), 404)),
    ]).Needing(Feature.Patch, "title", "nickName", "name", "emails", "displayName");

    private static async Task<ScimAnswer> SendAsync(ScimProbe scim, JsonObject body) =>
        await scim.SendAsync(HttpMethod.Patch, (await PatchTable.UserAsync(scim)).Path, body);

    private static async Task<Verdict> FailsAsync(ScimProbe scim, string operations, params string[] scimTypes)
    {
        var user = await PatchTable.UserAsync(scim);
        return Expect.Error(await scim.PatchAsync(user.Path, operations), 400, scimTypes) & PatchTable.IsUnchanged(user, await scim.GetAsync(user.Path));
    }

    private static async Task<Verdict> LeavesAsync(ScimProbe scim, string operations, (string Path, JsonNode? Value) expected)
    {
        var user = await PatchTable.UserAsync(scim);
        return Expect.Success(await scim.PatchAsync(user.Path, operations)) & Expect.Value(await scim.GetAsync(user.Path), expected.Path, expected.Value);
    }
}
