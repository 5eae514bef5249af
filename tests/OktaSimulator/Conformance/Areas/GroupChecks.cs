using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Scim;
using static OrleansIdentity.OktaSimulator.Conformance.Check;

namespace OrleansIdentity.OktaSimulator.Conformance.Areas;

/// <summary>Groups, and what a user shows of them.</summary>
internal static class GroupChecks
{
    public static CheckArea Area { get; } = new CheckArea("Groups",
    [
        Must("G1-created", "7644 §3.3", "A group is created: 201, with its name and its address.", async scim =>
        {
            var group = scim.NewGroup();
            var answer = await scim.PostAsync("Groups", group);
            return Expect.Status(answer, 201) & Expect.Value(answer, "displayName", group["displayName"]) & Expect.Value(answer, "meta/resourceType", "Group");
        }),
        Must("G1-name-required", "7643 §4.2", "A group needs a name: 400 'invalidValue'.", async scim =>
        {
            var group = scim.NewGroup();
            group.Remove("displayName");
            return Expect.Error(await scim.PostAsync("Groups", group), 400, "invalidValue");
        }),
        Must("G1-members", "7643 §4.2", "A group has the members that it was created with.", async scim =>
        {
            var users = await UsersAsync(scim);
            return HasMembers(await scim.GetAsync((await scim.GroupAsync(users)).Path), users);
        }),
        Must("G1-put", "7644 §3.5.1", "A replacement sets name and members.", async scim =>
        {
            var users = await UsersAsync(scim);
            var group = await scim.GroupAsync(users[0]);
            var body = scim.NewGroup(users[1]);
            var answer = await scim.PutAsync(group.Path, body);
            var read = await scim.GetAsync(group.Path);
            return Expect.Success(answer) & HasMembers(read, users[1]) & Expect.Value(read, "displayName", body["displayName"]);
        }),
        Must("G1-put-none", "7644 §3.5.1", "A replacement with no members empties the group.", async scim =>
        {
            var group = await scim.GroupAsync(await UsersAsync(scim));
            var answer = await scim.PutAsync(group.Path, group.Copy(body => body["members"] = new JsonArray()));
            return Expect.Success(answer) & HasMembers(await scim.GetAsync(group.Path));
        }),
        Must("G1-filter", "7644 §3.4.2.2", "A group is found by its name, in any letter case.", async scim =>
        {
            var group = await scim.GroupAsync();
            return Expect.Found(await scim.GetAsync($"Groups?filter={Uri.EscapeDataString($"displayName eq \"{group.Name.ToUpperInvariant()}\"")}"), group);
        }, Feature.Filter),
        Must("G1-deleted", "7644 §3.6", "A group is deleted: 204, then 404.", async scim =>
        {
            var group = await scim.GroupAsync(await UsersAsync(scim));
            return Expect.Status(await scim.DeleteAsync(group.Path), 204) & Expect.Status(await scim.GetAsync(group.Path), 404);
        }),
        Must("G1-members-stay", "7644 §3.6", "Deleting a group leaves its members.", async scim =>
        {
            var users = await UsersAsync(scim);
            await scim.DeleteAsync((await scim.GroupAsync(users)).Path);
            return Expect.Status(await scim.GetAsync(users[0].Path), 200);
        }),
        Should("W14-mirrored", "7643 §4.1.2", "A user shows the groups that it is a member of.", async scim =>
        {
            var users = await UsersAsync(scim);
            var group = await scim.GroupAsync(users[0]);
            return Expect.Value(await scim.GetAsync(users[0].Path), $"groups/{group.Id}/value", group.Id)
                & Expect.Value(await scim.GetAsync(users[1].Path), "groups", null);
        }, Feature.None, "groups"),
        Should("W14-user-deleted", "7643 §4.2", "A user who is deleted is no member any longer.", async scim =>
        {
            var users = await UsersAsync(scim);
            var group = await scim.GroupAsync(users);
            await scim.DeleteAsync(users[0].Path);
            return HasMembers(await scim.GetAsync(group.Path), users[1]);
        }),
        Should("W14-group-deleted", "7643 §4.1.2", "A user shows no group that is deleted.", async scim =>
        {
            var users = await UsersAsync(scim);
            await scim.DeleteAsync((await scim.GroupAsync(users)).Path);
            return Expect.Value(await scim.GetAsync(users[0].Path), "groups", null);
        }, Feature.None, "groups"),
        Should("C16-unknown-member", "7644 §3.12", "A member that does not exist is refused, or left out.", async scim =>
        {
            var group = scim.NewGroup();
            group["members"] = new JsonArray(new JsonObject { ["value"] = WriteChecks.Unknown.Split('/')[1] });
            var answer = await scim.PostAsync("Groups", group);
            return answer.IsSuccess ? HasMembers(await scim.GetAsync($"Groups/{answer.Id}")) : Expect.Status(answer, 400, 404);
        }),
    ]).Needing(Feature.Groups);

    /// <summary>Two users, whom groups may have as members.</summary>
    internal static async Task<Subject[]> UsersAsync(ScimProbe scim) => [await scim.UserAsync(), await scim.UserAsync()];

    internal static Verdict HasMembers(ScimAnswer answer, params Subject[] members)
    {
        var ids = (answer.Json.At("members") as JsonArray ?? []).Select(member => member.Text("value") ?? "").Order(StringComparer.Ordinal).ToArray();
        return Expect.That(
            answer,
            answer.Status == 200 && ids.SequenceEqual(members.Select(member => member.Id).Order(StringComparer.Ordinal)),
            $"expected the members [{string.Join(", ", members.Select(member => member.Id))}], they are [{string.Join(", ", ids)}]");
    }
}
