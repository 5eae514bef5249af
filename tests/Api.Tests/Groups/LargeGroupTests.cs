using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Groups;

public sealed class LargeGroupTests(SharedProduct shared) : GroupTests(shared)
{
    private const int Page = 100;

    // A4: "200 with full resource, or 204; if `attributes` was given: 200".
    [Fact]
    public async Task Patch_OfMoreMembersThanAPage_Is204_AndOfNoMore200()
    {
        var users = await UsersAsync(Page + 1);
        var id = await CreatedAsync("G", users[1..]);
        Assert.Equal(Page, MembersOf((await PatchAsync(id, ScimClient.Replace("externalId", "1"))).Body!).Length);

        var large = await PatchAsync(id, Add(users[0]));

        Assert.Equal((204, ""), (large.Status, large.Text));
        Assert.Equal("W/\"3\"", large.Headers.ETag!.ToString());
        var patch = ScimClient.PatchOp(ScimClient.Replace("externalId", "2"));
        var asked = await Scim.PatchAsync($"Groups/{id}?attributes=members", patch);
        Assert.Equal((200, Page + 1), (asked.Status, MembersOf(asked.Body!).Length));
        var without = await Scim.PatchAsync($"Groups/{id}?excludedAttributes=members", patch);
        Assert.Equal((200, "2"), (without.Status, without.Body!["externalId"]!.GetValue<string>()));
        Assert.Null(without.Body["members"]);
    }

    // "adding … a PATCH of 1,000 member operations [costs one small commit]"; at most as many operations as the limit says.
    [Fact]
    public async Task Patch_OfAThousandOperations_IsOneVersion_AndOfMoreRefused()
    {
        var users = await UsersAsync(500);
        var id = await CreatedAsync("G", users);
        var operations = users.Select(Remove).Concat(users.Select(user => Add(user))).ToArray();

        // Each leaves and comes back, and in the end nothing has changed.
        Assert.Equal(204, (await PatchAsync(id, operations)).Status);
        Assert.Equal("W/\"1\"", (await Scim.GetAsync($"Groups/{id}")).Headers.ETag!.ToString());
        Assert.Equal(204, (await PatchAsync(id, operations[..800])).Status);
        Assert.Equal("W/\"2\"", (await Scim.GetAsync($"Groups/{id}")).Headers.ETag!.ToString());
        Assert.Equal(users[..300].Order(), await MembersAsync(id));
        (await PatchAsync(id, [.. operations, Add(users[0])])).ShouldBeError(413);
    }

    // A group of many members is read whole, in parts that fit together; a PUT of 10,000 fits into a body.
    [Fact]
    public async Task Get_OfManyMembers_IsComplete()
    {
        var users = new List<string>();
        for (var some = 0; some < 10; some++)
        {
            users.AddRange(await UsersAsync(500));
        }

        var id = await CreatedAsync("G");
        var body = Group("G", [.. users]);
        body["padding"] = new string('x', 1_100_000);

        var put = await Scim.PutAsync($"Groups/{id}", body);

        Assert.Equal(200, put.Status);
        Assert.Equal(users.Order(), MembersOf(put.Body!));
        Assert.Equal(users.Order(), await MembersAsync(id));
        Assert.Equal(users.Order(), MembersOf((await Scim.GetAsync("Groups")).Body!["Resources"]![0]!));
        Assert.Null((await Scim.GetAsync($"Groups/{id}?excludedAttributes=members")).Body!["members"]);
    }

    [Fact]
    public async Task Put_BodyBeyondTheGroupsLimit_Is413()
    {
        var id = await CreatedAsync("G");
        var body = Group("G");
        body["padding"] = new string('x', 16_777_216);
        (await Scim.PutAsync($"Groups/{id}", body)).ShouldBeError(413);
    }

    // "50 parallel PATCHes of one group lose no member change that was acknowledged."
    [Fact]
    public async Task Patch_FiftyInParallel_LosesNone()
    {
        var users = await UsersAsync(100);
        var id = await CreatedAsync("G", users[..50]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => PatchAsync(id, Remove(users[n]), Add(users[50 + n]))));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Equal(users[50..].Order(), await MembersAsync(id));
        Assert.Equal(Enumerable.Range(1, 51), (await Tenant.EventsAsync(id)).Select(one => one["version"]!.GetValue<int>()));
    }
}
