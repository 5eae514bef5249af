using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Contracts.Groups;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Groups;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Tests.Cluster;

public sealed class GroupGrainTests(GrainCluster cluster) : ClusterTests(cluster)
{
    [Fact]
    public async Task Patch_OfMembers_IsOneCommitWithOneEventOfTheNetChange()
    {
        var (group, users) = await GroupAsync(3);
        var extra = await CreatedAsync("extra");

        var reply = await Group(group).PatchAsync(Members([users[0]], [extra, users[1]]));

        Assert.Equal((2, true), (reply.Version, reply.Changed));
        Assert.Equal(new[] { users[1], users[2], extra }.Order(), await MembersAsync(group));
        var last = (await EventsAsync(group))[^1];
        Assert.Equal((EventTypes.GroupUpdated, 2), (last.Data.Type, last.Data.Version));
        Assert.Equal(
            $$"""[{"path":"members","before":["{{users[0]}}"],"after":["{{extra}}"]}]""", Encoding.UTF8.GetString(last.Data.Changes.Span));
    }

    // A10: "lastModified and ETag unchanged when nothing effectively changed".
    [Fact]
    public async Task Patch_OfMembers_ThatChangesNothing_IsNoCommit()
    {
        var (group, users) = await GroupAsync(2);
        Store.BeforeCommit = _ => throw new InvalidOperationException("Nothing was to be committed.");

        foreach (var patch in new[] { Members([], [users[0]]), Members(["nobody"], []), Replaced(users), Members([users[0]], [users[0]]) })
        {
            Assert.Equal((1L, false), await ChangedAsync(group, patch));
        }
    }

    [Fact]
    public async Task Patch_OutcomeUnknownAndDurable_IsFoundOutAndSentAgainChangesNothing()
    {
        var (group, users) = await GroupAsync(2);
        Store.AfterCommit = _ => throw new StoreUnavailableException("The answer got lost.");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Group(group).PatchAsync(Members([users[0]], [])));
        Store.AfterCommit = _ => Task.CompletedTask;

        Assert.Equal((2L, false), await ChangedAsync(group, Members([users[0]], [])));
        Assert.Equal([users[1]], await MembersAsync(group));
        Assert.Equal([1, 2], (await EventsAsync(group)).Select(one => one.Data.Version));
    }

    [Fact]
    public async Task Patch_AnotherActivationWroteMeanwhile_IsDecidedAnewOnTheMembersThatThereAre()
    {
        var (group, users) = await GroupAsync(3);
        var interfered = false;
        Store.BeforeCommit = async commit =>
        {
            if (!interfered)
            {
                // Between the look-up and the commit another node takes away one of those who are to go, and the one who is to stay.
                interfered = true;
                await RemoveBehindAsync(group, [users[0], users[2]]);
            }
        };

        var reply = await Group(group).PatchAsync(Replaced(users[1..]));

        Assert.Equal(3, reply.Version);
        Assert.Equal(users[1..], await MembersAsync(group));
        Assert.Equal([1, 2, 3], (await EventsAsync(group)).Select(one => one.Data.Version));
        Assert.Equal($$"""[{"path":"members","after":["{{users[2]}}"]}]""", Encoding.UTF8.GetString((await EventsAsync(group))[^1].Data.Changes.Span));
    }

    [Fact]
    public async Task Patch_FiftyInParallel_LosesNoChange()
    {
        var (group, users) = await GroupAsync(100);
        var others = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => CreatedAsync($"other-{number}")));

        var replies = await Task.WhenAll(others.Select((other, number) => Group(group).PatchAsync(Members([users[number]], [other]))));

        Assert.Equal(Enumerable.Range(2, 50).Select(version => (long)version), replies.Select(reply => reply.Version).Order());
        Assert.Equal(users[50..].Concat(others).Order(), await MembersAsync(group));
    }

    [Fact]
    public async Task Patch_UnknownMembers_AreNamedAndNothingIsChanged()
    {
        var (group, users) = await GroupAsync(1);

        var reply = await Group(group).PatchAsync(Members([users[0]], ["nobody", "no-one"]));

        Assert.Equal(("invalidValue", "member-unknown"), (reply.Error!.ScimType, reply.Error.Id));
        Assert.Contains("'nobody', 'no-one'", reply.Error.Detail, StringComparison.Ordinal);
        Assert.Equal(users, await MembersAsync(group));
        Assert.Single(await EventsAsync(group));
    }

    [Fact]
    public async Task Patch_UnknownMembersOfALenientTenant_AreLeftOutAndInTheEvent()
    {
        var (group, users) = await GroupAsync(1);
        var other = await CreatedAsync("other");

        var reply = await Group(group).PatchAsync(Members([users[0]], ["nobody", other]) with { LeavesOutUnknownMembers = true });

        Assert.Equal((2, true), (reply.Version, reply.Changed));
        Assert.Equal(["unknown-member"], reply.Ignored);
        Assert.Equal([other], await MembersAsync(group));
        Assert.Contains("""{"path":"members.leftOut","after":["nobody"]}""", Encoding.UTF8.GetString((await EventsAsync(group))[^1].Data.Changes.Span), StringComparison.Ordinal);

        var again = await Group(group).PatchAsync(Members([], ["nobody"]) with { LeavesOutUnknownMembers = true });
        Assert.Equal((2, false), (again.Version, again.Changed));
        Assert.Equal(["unknown-member"], again.Ignored);
    }

    [Fact]
    public async Task Create_UnknownMembers_MakesNoGroup()
    {
        var id = Guid.CreateVersion7().ToString();
        Assert.Equal("member-unknown", (await Group(id).CreateAsync(New("g", "nobody"))).Error!.Id);
        Assert.Equal(404, (await Group(id).ReadAsync()).Error!.Status);
        Assert.Empty(await EventsAsync(id));
    }

    [Fact]
    public async Task Patch_AfterItsDeadline_BeginsNothing()
    {
        var (group, users) = await GroupAsync(1);
        Assert.Equal(503, (await Group(group).PatchAsync(Members([users[0]], []) with { Deadline = TimeProvider.System.GetUtcNow() })).Error!.Status);
        Assert.Equal(users, await MembersAsync(group));
    }

    [Fact]
    public async Task User_ShowsTheGroupsThatItIsAMemberOf()
    {
        var (group, users) = await GroupAsync(1, "Engineers");

        Assert.Equal([new GroupLink(group, "Engineers")], (await User(users[0]).ReadAsync()).Groups);
        Assert.Equal([new GroupLink(group, "Engineers")], (await User(users[0]).PatchAsync(Patch("nickName", "n"))).Groups);
        var list = await Cluster.Grains.GetGrain<IDirectoryGrain>(Tenant).ListUsersAsync(new ListRequest(null, 1, 10, "token"), default);
        Assert.Equal([new GroupLink(group, "Engineers")], Assert.Single(list.Resources).Groups);
        await Group(group).DeleteAsync(new DeleteResource(Origin, Deadline, null));
        Assert.Empty((await User(users[0]).ReadAsync()).Groups);
    }

    [Fact]
    public async Task RemoveDeparted_AfterUsersWereDeleted_IsOneEventOfEachGroupWhoeverDiedMeanwhile()
    {
        var (group, users) = await GroupAsync(3);
        var (other, _) = await GroupAsync(1);
        await User(users[0]).DeleteAsync(new DeleteResource(Origin, Deadline, null));
        await User(users[1]).DeleteAsync(new DeleteResource(Origin, Deadline, null));
        Assert.Equal([users[2]], await MembersAsync(group));

        // The first that does the work dies after its commit had become durable, and before it knows.
        Store.AfterCommit = _ => throw new StoreUnavailableException("Killed.");
        await Assert.ThrowsAsync<AggregateException>(() => DepartedMembers.RemoveAsync(Store, Cluster.Grains, default));
        Store.AfterCommit = _ => Task.CompletedTask;
        await DepartedMembers.RemoveAsync(Store, Cluster.Grains, default);
        await DepartedMembers.RemoveAsync(Store, Cluster.Grains, default);

        var events = await EventsAsync(group);
        Assert.Equal([EventTypes.GroupCreated, EventTypes.GroupMemberDeparted], events.Select(one => one.Data.Type));
        Assert.Equal(
            $$"""[{"path":"members","before":["{{users[0]}}","{{users[1]}}"]}]""", Encoding.UTF8.GetString(events[1].Data.Changes.Span));
        Assert.Equal(2, (await Group(group).ReadAsync()).Version);
        Assert.Single(await EventsAsync(other));
        Assert.Empty(await Cluster.Behind.ListDepartedAsync(10, default));
    }

    // One group that cannot be written must not keep the others from giving up who is gone.
    [Fact]
    public async Task RemoveDeparted_OfAGroupThatCannotBeWritten_IsDoneForTheOthers()
    {
        var user = await CreatedAsync("leaver");
        var ids = new[] { Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString() };
        foreach (var id in ids)
        {
            Assert.Null((await Group(id).CreateAsync(New(id, user))).Error);
        }

        await User(user).DeleteAsync(new DeleteResource(Origin, Deadline, null));
        Store.BeforeCommit = commit => commit.Event.ResourceId == ids[0] ? throw new StoreUnavailableException("Not this one.") : Task.CompletedTask;

        await Assert.ThrowsAsync<AggregateException>(() => DepartedMembers.RemoveAsync(Store, Cluster.Grains, default));

        Assert.Single(await EventsAsync(ids[0]));
        Assert.Equal(EventTypes.GroupMemberDeparted, (await EventsAsync(ids[1]))[^1].Data.Type);
        Store.BeforeCommit = _ => Task.CompletedTask;
        await DepartedMembers.RemoveAsync(Store, Cluster.Grains, default);
        Assert.Equal(EventTypes.GroupMemberDeparted, (await EventsAsync(ids[0]))[^1].Data.Type);
    }

    private IGroupGrain Group(string id) => Cluster.Grains.GetGrain<IGroupGrain>(GrainKeys.Resource(Tenant, id));

    private async Task<(string Id, string[] Users)> GroupAsync(int members, string? name = null)
    {
        var id = Guid.CreateVersion7().ToString();
        var users = await Task.WhenAll(Enumerable.Range(0, members).Select(number => CreatedAsync($"{id}-{number}")));
        Array.Sort(users, StringComparer.Ordinal);
        var reply = await Group(id).CreateAsync(New(name ?? id, users));
        Assert.Null(reply.Error);
        return (id, users);
    }

    private async Task<(long Version, bool Changed)> ChangedAsync(string group, PatchResource patch)
    {
        var reply = await Group(group).PatchAsync(patch);
        Assert.Null(reply.Error);
        return (reply.Version, reply.Changed);
    }

    private async Task<string[]> MembersAsync(string group) => await Cluster.Grains.GetGrain<IDirectoryGrain>(Tenant).ReadMembersAsync(group, null, 1_000, default);

    private async Task RemoveBehindAsync(string group, string[] removed)
    {
        var stored = (await Cluster.Behind.LoadAsync(new RecordKey(Tenant, RecordKinds.Group, group), default))!;
        var data = new EventData(
            EventTypes.GroupUpdated, TimeProvider.System.GetUtcNow(), RecordKinds.Group, group, stored.Version + 1, Origin with { Source = "behind" }, "[]"u8.ToArray());
        var document = Encoding.UTF8.GetString(stored.Document.Span).Replace($"W/\\\"{stored.Version}\\\"", $"W/\\\"{stored.Version + 1}\\\"", StringComparison.Ordinal);
        var put = new PutRecord(stored.Key, stored.Version, Encoding.UTF8.GetBytes(document), [new IndexKey("displayName", group.ToUpperInvariant(), Unique: true)]);
        Assert.IsType<CommitOutcome.Committed>(await Cluster.Behind.CommitAsync(new Commit(Guid.CreateVersion7(), Tenant, put, data, new MemberDelta([], removed))));
    }

    private static CreateResource New(string name, params string[] members) => new(Origin, Deadline, Encoding.UTF8.GetBytes(new JsonObject
    {
        ["displayName"] = name,
        ["members"] = new JsonArray([.. members.Select(id => JsonValue.Create(id))]),
    }.ToJsonString()));

    private static PatchResource Replaced(string[] members) => PatchOp(new JsonObject { ["op"] = "replace", ["path"] = "members", ["value"] = Values(members) });

    private static PatchResource Members(string[] removed, string[] added) => PatchOp(
    [
        .. removed.Select(id => new JsonObject { ["op"] = "remove", ["path"] = $"members[value eq \"{id}\"]" }),
        new JsonObject { ["op"] = "add", ["path"] = "members", ["value"] = Values(added) },
    ]);

    private static JsonArray Values(string[] ids) => new([.. ids.Select(id => new JsonObject { ["value"] = id })]);

    private static PatchResource PatchOp(params JsonObject[] operations) => new(Origin, Deadline, null, Encoding.UTF8.GetBytes(new JsonObject
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
        ["Operations"] = new JsonArray([.. operations]),
    }.ToJsonString()));
}
