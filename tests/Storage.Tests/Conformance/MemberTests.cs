using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Storage.Tests.Conformance;

/// <summary>Members as rows: written with their group's next version and its event, or not at all.</summary>
public abstract class MemberTests(StoreHarness harness) : StoreTests(harness)
{
    /// <summary>How many members a large group has.</summary>
    protected virtual int Many => 100_000;

    [Fact]
    public async Task Delta_IsWrittenWithTheRecordAndItsEvent()
    {
        await UsersAsync("a", "b", "c");
        await CommittedAsync(PutGroup("g", 0, added: ["b", "a"]));
        await CommittedAsync(PutGroup("g", 1, added: ["c"], removed: ["a"]));

        Assert.Equal(["b", "c"], await MembersAsync("g"));
        Assert.Equal(2, await VersionAsync(Group("g")));
        Assert.Equal([1, 2], (await EventsAsync(resourceId: "g")).Select(one => one.Data.Version));
    }

    [Fact]
    public async Task Delta_ThatChangesNothing_PassesOver()
    {
        await UsersAsync("a");
        await CommittedAsync(PutGroup("g", 0, added: ["a"]));
        await CommittedAsync(PutGroup("g", 1, added: ["a"], removed: ["nobody"]));

        Assert.Equal(["a"], await MembersAsync("g"));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("g")]
    [InlineData("gone")]
    [InlineData("elsewhere")]
    public async Task Delta_WithSomebodyWhoIsNoUserOfTheTenant_NamesThemAndWritesNothing(string unknown)
    {
        await UsersAsync("a", "b", "gone");
        await CommittedAsync(Delete(Key("gone"), 1));
        await CommittedAsync(Put(Key("elsewhere", "other"), 0));
        await CommittedAsync(PutGroup("g", 0, added: ["a"]));
        var before = await EventsAsync();

        var outcome = await Store.CommitAsync(PutGroup("g", 1, name: "renamed", added: ["x", "b", unknown], removed: ["a"]));

        Assert.Equal(["x", unknown], Assert.IsType<CommitOutcome.Missing>(outcome).Ids);
        Assert.Equal(["a"], await MembersAsync("g"));
        Assert.Equal(1, await VersionAsync(Group("g")));
        Assert.Equal(before.Count, (await EventsAsync()).Count);
        Assert.Equal(0, (await GroupsAsync("displayName eq \"renamed\"")).Total);
    }

    [Fact]
    public async Task Delta_StaleOrTaken_WritesNothing()
    {
        await UsersAsync("a", "b");
        await CommittedAsync(PutGroup("g", 0, added: ["a"]));
        await CommittedAsync(PutGroup("h", 0));

        Assert.IsType<CommitOutcome.Stale>(await Store.CommitAsync(PutGroup("g", 0, added: ["b"])));
        Assert.IsType<CommitOutcome.Taken>(await Store.CommitAsync(PutGroup("g", 1, name: "H", added: ["b"], removed: ["a"])));
        Assert.Equal(["a"], await MembersAsync("g"));
    }

    [Fact]
    public async Task Delta_SentAgain_IsCommittedOnce()
    {
        await UsersAsync("a", "b");
        var commit = PutGroup("g", 0, added: ["a"]);
        var first = await Store.CommitAsync(commit);
        await CommittedAsync(Delete(Key("a"), 1));

        // It had become durable while `a` still was a user: that is what the answer is about.
        Assert.Equal(first, await Store.CommitAsync(commit));
        Assert.Empty(await MembersAsync("g"));
        Assert.Single(await EventsAsync(resourceId: "g"));
    }

    [Fact]
    public async Task Delta_OfTwoWritersAtOneVersion_IsOneOfThem()
    {
        await UsersAsync("a", "b");
        await CommittedAsync(PutGroup("g", 0));

        for (var version = 1; version <= 50; version++)
        {
            var outcomes = await Task.WhenAll(
                Store.CommitAsync(PutGroup("g", version, added: ["a"], removed: ["b"])).AsTask(),
                Store.CommitAsync(PutGroup("g", version, added: ["b"], removed: ["a"])).AsTask());

            var winner = outcomes[0] is CommitOutcome.Committed ? "a" : "b";
            Assert.Single(outcomes.OfType<CommitOutcome.Committed>());
            Assert.Single(outcomes.OfType<CommitOutcome.Stale>());
            Assert.Equal([winner], await MembersAsync("g"));
        }
    }

    [Fact]
    public async Task Delta_RacingWithTheUsersDeletion_LeavesNoMemberWithoutUser()
    {
        await CommittedAsync(PutGroup("g", 0));
        var version = 1;
        for (var round = 0; round < 50; round++)
        {
            var user = $"u{round:d2}";
            await UsersAsync(user);
            var adding = Store.CommitAsync(PutGroup("g", version, added: [user])).AsTask();
            await CommittedAsync(Delete(Key(user), 1));
            version += await adding is CommitOutcome.Committed ? 1 : 0;
        }

        Assert.Empty(await MembersAsync("g"));
        Assert.Equal(version - 1, (await Store.ReadDepartedAsync(Group("g"), 100, default)).Count);
    }

    [Fact]
    public async Task FindMembers_OfSome_AreThoseThatAre()
    {
        await UsersAsync("a", "b", "c");
        await CommittedAsync(PutGroup("g", 0, added: ["a", "c"]));
        await CommittedAsync(PutGroup("h", 0, added: ["b"]));

        Assert.Equal(["a", "c"], (await Store.FindMembersAsync(Group("g"), ["c", "b", "a", "x"], default)).Order());
        Assert.Empty(await Store.FindMembersAsync(Group("g", "other"), ["a"], default));
        Assert.Empty(await Store.FindMembersAsync(Group("g"), [], default));
    }

    [Fact]
    public async Task CountMembers_OfSeveralGroups_AreExactInTheOrderAskedFor()
    {
        await UsersAsync("a", "b", "c");
        await CommittedAsync(PutGroup("g", 0, added: ["a", "c"]));
        await CommittedAsync(PutGroup("h", 0, added: ["b"]));
        await CommittedAsync(PutGroup("i", 0));

        Assert.Equal([1, 0, 2, 0, 1], await Store.CountMembersAsync(Tenant, ["h", "i", "g", "x", "h"], default));
        Assert.Equal([0], await Store.CountMembersAsync("other", ["g"], default));
        Assert.Empty(await Store.CountMembersAsync(Tenant, [], default));

        // Whoever was deleted counts no more, though the group has not given the place up yet.
        await CommittedAsync(Delete(Key("a"), 1));
        Assert.Equal([1], await Store.CountMembersAsync(Tenant, ["g"], default));
    }

    [Fact]
    public async Task Memberships_OfUsers_AreTheirGroupsInOrder()
    {
        await UsersAsync("a", "b", "c");
        await CommittedAsync(PutGroup("h", 0, added: ["a"]));
        await CommittedAsync(PutGroup("g", 0, added: ["a", "b"]));
        await CommittedAsync(PutGroup("g", 1, name: "renamed"));

        var memberships = await Store.ReadMembershipsAsync(Tenant, ["b", "c", "a"], default);

        Assert.Equal(["b in g v2", "a in g v2", "a in h v1"], memberships.Select(one => $"{one.UserId} in {one.Group.Key.Id} v{one.Group.Version}"));
        Assert.Contains("renamed", System.Text.Encoding.UTF8.GetString(memberships[0].Group.Document.Span), StringComparison.Ordinal);
        Assert.Empty(await Store.ReadMembershipsAsync("other", ["a", "b"], default));
    }

    [Fact]
    public async Task Query_ByMembership_IsExactInTotalAndPages()
    {
        await UsersAsync("a", "b", "c", "d");
        await CommittedAsync(PutGroup("g", 0, added: ["a", "b", "c"]));
        await CommittedAsync(PutGroup("h", 0, added: ["b"]));

        Assert.Equal(["g", "h"], Ids(await GroupsAsync(with: "b")));
        Assert.Equal(["h"], Ids(await GroupsAsync("displayName eq \"H\"", with: "b")));
        Assert.Equal(0, (await GroupsAsync("displayName eq \"H\"", with: "a")).Total);
        Assert.Equal(0, (await GroupsAsync(with: "d")).Total);
        var page = await MembersOfAsync("g", skip: 1, count: 1);
        Assert.Equal((3, 3), (page.Total, page.Remaining));
        Assert.Equal(["b"], Ids(page));
        page = await MembersOfAsync("g", after: "a", count: 1);
        Assert.Equal((3, 2), (page.Total, page.Remaining));
        Assert.Equal(["b"], Ids(page));
        Assert.Equal(["c"], Ids(await MembersOfAsync("g", filter: "userName eq \"c\"")));
        Assert.Empty(Ids(await MembersOfAsync("g", filter: "userName eq \"d\"")));
    }

    [Fact]
    public async Task DeleteUser_IsInNoAnswerAtOnceAndDepartsWhenTheGroupSaysSo()
    {
        await UsersAsync("a", "b");
        await CommittedAsync(PutGroup("g", 0, added: ["a", "b"]));
        await CommittedAsync(PutGroup("h", 0, added: ["a"]));
        await CommittedAsync(Delete(Key("a"), 1));

        Assert.Equal(["b"], await MembersAsync("g"));
        Assert.Equal(["b"], await Store.FindMembersAsync(Group("g"), ["a", "b"], default));
        Assert.Empty(await Store.ReadMembershipsAsync(Tenant, ["a"], default));
        Assert.Equal(0, (await GroupsAsync(with: "a")).Total);
        Assert.Equal(1, (await MembersOfAsync("g")).Total);

        // The work that is left survives the process, and is done when the groups have committed it.
        await RestartAsync();
        Assert.Equal([Group("g"), Group("h")], await Store.ListDepartedAsync(10, default));
        Assert.Equal([Group("g")], await Store.ListDepartedAsync(1, default));
        Assert.Equal(["a"], await Store.ReadDepartedAsync(Group("g"), 10, default));
        await CommittedAsync(PutGroup("g", 1, removed: ["a"]));
        await RestartAsync();
        Assert.Equal([Group("h")], await Store.ListDepartedAsync(10, default));
        await CommittedAsync(PutGroup("h", 1, removed: ["a"]));
        Assert.Empty(await Store.ListDepartedAsync(10, default));
        Assert.Equal(["b"], await MembersAsync("g"));
    }

    [Fact]
    public async Task DeleteGroup_TakesItsMembershipsAlong()
    {
        await UsersAsync("a", "b");
        await CommittedAsync(PutGroup("g", 0, added: ["a", "b"]));
        await CommittedAsync(Delete(Key("b"), 1));
        await CommittedAsync(Delete(Group("g"), 1));

        Assert.Empty(await MembersAsync("g"));
        Assert.Empty(await Store.ReadMembershipsAsync(Tenant, ["a"], default));
        Assert.Empty(await Store.ListDepartedAsync(10, default));
    }

    [Fact]
    public async Task Members_OfTenants_NeverMeet()
    {
        await CommittedAsync(Put(Key("a", "one"), 0));
        await CommittedAsync(Put(Key("a", "two"), 0));
        await CommittedAsync(PutGroup("g", 0, tenant: "one", added: ["a"]));
        await CommittedAsync(PutGroup("g", 0, tenant: "two", added: ["a"]));
        await CommittedAsync(Delete(Key("a", "one"), 1));

        Assert.Empty(await Store.ReadMembersAsync(Group("g", "one"), null, 10, default));
        Assert.Equal(["a"], await Store.ReadMembersAsync(Group("g", "two"), null, 10, default));
        Assert.Equal([Group("g", "one")], await Store.ListDepartedAsync(10, default));
        await CommittedAsync(Delete(Group("g", "one"), 1));
        Assert.Single(await Store.ReadMembershipsAsync("two", ["a"], default));
    }

    [Fact]
    public async Task Members_OfALargeGroup_AreReadInPagesWithoutGapOrRepetition()
    {
        var ids = Enumerable.Range(0, Many).Select(number => $"u{number:d6}").ToArray();
        foreach (var some in ids.Chunk(10_000))
        {
            await Task.WhenAll(some.Select(id => CommittedAsync(Put(Key(id), 0))));
        }

        await CommittedAsync(PutGroup("g", 0, added: ids));
        await CommittedAsync(PutGroup("g", 1, removed: [ids[7]]));
        await CommittedAsync(PutGroup("g", 2, added: [ids[7]]));

        var read = new List<string>();
        string? after = null;
        while (await Store.ReadMembersAsync(Group("g"), after, 9_999, default) is { Count: > 0 } page)
        {
            read.AddRange(page);
            after = page[^1];
        }

        Assert.Equal(ids, read);
        Assert.Equal(Many, (await MembersOfAsync("g", count: 0)).Total);
    }

    private async Task UsersAsync(params string[] ids)
    {
        foreach (var id in ids)
        {
            await CommittedAsync(Put(Key(id), 0));
        }
    }

    private async Task<IReadOnlyList<string>> MembersAsync(string group) => await Store.ReadMembersAsync(Group(group), null, int.MaxValue, default);

    private async Task<RecordPage> MembersOfAsync(string group, string? filter = null, string? after = null, int skip = 0, int count = 1_000) =>
        await Store.QueryAsync(new RecordQuery(Tenant, RecordKinds.User, filter is null ? null : Parse(filter), after, skip, count, group), default);

    private async Task<RecordPage> GroupsAsync(string? filter = null, string? with = null) => await Store.QueryAsync(
        new RecordQuery(Tenant, RecordKinds.Group, filter is null ? null : Parse(filter, ResourceTypes.Group), null, 0, 1_000, with), default);

    private static IEnumerable<string> Ids(RecordPage page) => page.Records.Select(record => record.Key.Id);
}
