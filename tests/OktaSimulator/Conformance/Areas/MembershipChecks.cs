using static OrleansIdentity.OktaSimulator.Conformance.Check;

namespace OrleansIdentity.OktaSimulator.Conformance.Areas;

/// <summary>PATCH of the members of a group. In operations <c>~0</c> and <c>~1</c> stand for the ids of two users, the first of whom is a member.</summary>
internal static class MembershipChecks
{
    public static CheckArea Area { get; } = new CheckArea("PATCH: members of a group",
    [
        Row("TM-add", "7644 §3.5.2.1", "'add' adds members.", """{"op":"add","path":"members","value":[{"value":"~1"}]}""", 0, 1),
        Row("TM-add-again", "7644 §3.5.2.1", "'add' of who is a member changes nothing.", """{"op":"add","path":"members","value":[{"value":"~0"}]}""", 0),
        Row("TM-add-no-path", "7644 §3.5.2.1", "'add' without a path adds members.", """{"op":"add","value":{"members":[{"value":"~1"}]}}""", 0, 1),
        Row("TM-remove", "7644 §3.5.2.2", "'remove' with a filter removes that member.", """{"op":"remove","path":"members[value eq \"~0\"]"}"""),
        Row("TM-remove-other", "7644 §3.5.2.2", "'remove' of one member leaves the others.",
            """{"op":"add","path":"members","value":[{"value":"~1"}]},{"op":"remove","path":"members[value eq \"~0\"]"}""", 1),
        Row("TM-remove-stranger", "7644 §3.5.2.2", "'remove' of who is no member changes nothing.", """{"op":"remove","path":"members[value eq \"~1\"]"}""", 0),
        Row("TM-remove-twice", "7644 §3.5.2", "The same removal twice in a request is no error.",
            """{"op":"remove","path":"members[value eq \"~0\"]"},{"op":"remove","path":"members[value eq \"~0\"]"}"""),
        Row("TM-remove-all", "7644 §3.5.2.2", "'remove' without a filter removes all members.", """{"op":"remove","path":"members"}"""),
        Row("TM-add-remove", "7644 §3.5.2", "Operations on members are applied in order.",
            """{"op":"add","path":"members","value":[{"value":"~1"}]},{"op":"remove","path":"members[value eq \"~1\"]"}""", 0),
        Row("TM-replace", "7644 §3.5.2.3", "'replace' replaces all members.", """{"op":"replace","path":"members","value":[{"value":"~1"}]}""", 1),
        Row("TM-replace-none", "7644 §3.5.2.3", "'replace' by an empty array empties the group.", """{"op":"replace","path":"members","value":[]}"""),
        Row("TM-replace-no-path", "7644 §3.5.2.3",
            "'replace' without a path replaces all members.", """{"op":"replace","value":{"members":[{"value":"~1"}]}}""", 1),
        Row("TM-rename", "7644 §3.5.2.3", "A rename leaves the members.", """{"op":"replace","path":"displayName","value":"~new"}""", 0),
        Must("TM-rename-name", "7644 §3.5.2.3", "A rename changes the name.", async scim =>
        {
            var (group, name) = (await scim.GroupAsync(), scim.NewName());
            var answer = await scim.PatchAsync(group.Path, $$"""[{"op":"replace","path":"displayName","value":"{{name}}"}]""");
            return Expect.Success(answer) & Expect.Value(await scim.GetAsync(group.Path), "displayName", name);
        }),
        Should("TM-rename-with-id", "7644 §3.5.2", "An id that comes along with a rename does no harm.", async scim =>
        {
            var (group, name) = (await scim.GroupAsync(), scim.NewName());
            var answer = await scim.PatchAsync(group.Path, $$"""[{"op":"replace","value":{"id":"{{group.Id}}","displayName":"{{name}}"} }]""");
            return Expect.Success(answer) & Expect.Value(await scim.GetAsync(group.Path), "displayName", name);
        }),
        May("TM-remove-listed", "7644 §3.5.2.2",
            "'remove' with a list of members, which is not of the RFC, removes those or is refused; it never removes all.", async scim =>
        {
            var users = await GroupChecks.UsersAsync(scim);
            var group = await scim.GroupAsync(users);
            var answer = await scim.PatchAsync(group.Path, $$"""[{"op":"remove","path":"members","value":[{"value":"{{users[0].Id}}"}]}]""");
            return answer.Status == 400 ? Verdict.NotSupported("a list is refused", answer)
                : (GroupChecks.HasMembers(await scim.GetAsync(group.Path), users[1])) with { Evidence = answer };
        }),
        Should("TM-unknown", "7644 §3.12", "A member that does not exist is refused, or left out.", async scim =>
        {
            var users = await GroupChecks.UsersAsync(scim);
            var group = await scim.GroupAsync(users[0]);
            var answer = await scim.PatchAsync(group.Path, $$"""[{"op":"add","path":"members","value":[{"value":"{{WriteChecks.Unknown.Split('/')[1]}}"}]}]""");
            return Expect.Status(answer, 200, 204, 400, 404) & GroupChecks.HasMembers(await scim.GetAsync(group.Path), users[0]);
        }),
        Should("TM-itself", "7643 §4.2", "A group is no member of itself.", async scim =>
        {
            var group = await scim.GroupAsync();
            var answer = await scim.PatchAsync(group.Path, $$"""[{"op":"add","path":"members","value":[{"value":"{{group.Id}}"}]}]""");
            return Expect.Status(answer, 200, 204, 400, 409) & GroupChecks.HasMembers(await scim.GetAsync(group.Path));
        }),
    ]).Needing(Feature.Patch | Feature.Groups);

    private static Check Row(string id, string section, string sentence, string operations, params int[] members) => Must(id, section, sentence, async scim =>
    {
        var users = await GroupChecks.UsersAsync(scim);
        var group = await scim.GroupAsync(users[0]);
        var filled = operations.Replace("~0", users[0].Id, StringComparison.Ordinal)
            .Replace("~1", users[1].Id, StringComparison.Ordinal)
            .Replace("~new", scim.NewName(), StringComparison.Ordinal);
        var answer = await scim.PatchAsync(group.Path, $"[{filled}]");
        var verdict = Expect.Status(answer, 200, 204) & GroupChecks.HasMembers(await scim.GetAsync(group.Path), [.. members.Select(member => users[member])]);
        return verdict with { Evidence = answer };
    });
}
