using System.Text;
using CsCheck;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Storage.Tests.Conformance;

/// <summary>What is found by keys alone, and what erasing leaves of events.</summary>
public abstract class KeyTests(StoreHarness harness) : StoreTests(harness)
{
    private static readonly string[] Roles = ["viewer", "admin", "owner"];
    private static readonly string[] Teams = ["sales", "support", "a", "b"];

    [Fact]
    public async Task Find_AnyConditions_IsWhatALookAtEveryRecordFinds()
    {
        var people = await FillAsync(40);
        await CommittedAsync(PutGroup("g", 0, added: ["u03", "u04", "u05", "u20", "u21"]));
        await CommittedAsync(Keyed(Key("elsewhere", "globex"), 0, "admin", "sales"));

        var some = Gen.Int[0, 3].Array[1, 3];
        Gen.Select(some, some.Null(), Gen.Bool, Gen.Bool, Gen.Int[0, 45], Gen.Int[0, 7]).Sample((teams, roles, inGroup, filtered, after, count) =>
        {
            var conditions = new List<KeyCondition> { new("team", [.. teams.Select(index => Teams[index])]) };
            if (roles is not null)
            {
                conditions.Add(new KeyCondition("role", [.. roles.Select(index => Roles[index % 3])]));
            }

            var expected = people.Where(one => conditions[0].Values.Contains(one.Team)
                && (roles is null || conditions[1].Values.Contains(one.Role))
                && (!inGroup || one.Id is "u03" or "u04" or "u05" or "u20" or "u21")
                && (!filtered || one.Id[^1] == '3')).Select(one => one.Id).ToArray();
            var afterId = after > 40 ? null : $"u{after:d2}";
            var page = Store.FindAsync(
                new KeyQuery(Tenant, RecordKinds.User, conditions, filtered ? Parse("userName ew \"3\"") : null, inGroup ? "g" : null, afterId, count), default)
                .AsTask().GetAwaiter().GetResult();
            var behind = expected.Where(id => afterId is null || string.CompareOrdinal(id, afterId) > 0).ToArray();
            return page.Total == expected.Length && page.Remaining == behind.Length && page.Records.Select(record => record.Key.Id).SequenceEqual(behind.Take(count));
        }, iter: 150, threads: 1);
    }

    [Fact]
    public async Task Find_AfterChangesAndARestart_FollowsTheKeys()
    {
        await FillAsync(3);
        await CommittedAsync(Keyed(Key("u00"), 1, "admin", "support"));
        await CommittedAsync(Delete(Key("u01"), 1));
        await RestartAsync();

        Assert.Equal(["u00"], Ids(await FindAsync("team", "support")));
        Assert.DoesNotContain("u01", Ids(await FindAsync("role", "viewer", "admin", "owner")));
        Assert.Equal(2, (await FindAsync("role", "viewer", "admin", "owner")).Total);
    }

    [Fact]
    public async Task Holders_UniqueOrNotOrTheIdItself_AreCountedAndNamedInOrder()
    {
        await FillAsync(8);
        await CommittedAsync(Keyed(Key("elsewhere", "globex"), 0, "viewer", "sales"));
        IndexKey[] keys =
        [
            new("userName", "U02", Unique: true), new("userName", "NOBODY", Unique: true), new("role", "viewer", Unique: false),
            new(IndexedLookup.Id, "u05", Unique: true), new(IndexedLookup.Id, "elsewhere", Unique: true), new("role", "viewer", Unique: false),
        ];

        var holders = await Store.FindHoldersAsync(Tenant, RecordKinds.User, keys, 2, default);

        Assert.Equal([1, 0, 3, 1, 0, 3], holders.Select(one => one.Total));
        Assert.Equal(["u02", "-", "u00,u03", "u05", "-", "u00,u03"], holders.Select(one => one.Ids.Length == 0 ? "-" : string.Join(',', one.Ids)));
        Assert.All(await Store.FindHoldersAsync(Tenant, RecordKinds.User, keys, 0, default), one => Assert.Empty(one.Ids));
        Assert.Empty(await Store.FindHoldersAsync(Tenant, RecordKinds.User, [], 1, default));
    }

    [Fact]
    public async Task Find_AKeyThatAllHold_IsPagedWhileItsHoldersChange()
    {
        await Task.WhenAll(Enumerable.Range(0, 30).Select(number => CommittedAsync(Keyed(Key($"u{number:d2}"), 0, "viewer", "sales"))));
        var churn = Enumerable.Range(0, 30).Select(number => CommittedAsync(Keyed(Key($"u{number:d2}"), 1, "viewer", "support"))).ToArray();
        var seen = new List<string>();
        for (string? after = null; ;)
        {
            var page = await Store.FindAsync(new KeyQuery(Tenant, RecordKinds.User, [new("role", ["viewer"])], null, null, after, 7), default);
            Assert.Equal(30, page.Total);
            if (page.Records.Count == 0)
            {
                break;
            }

            seen.AddRange(Ids(page));
            after = seen[^1];
        }

        await Task.WhenAll(churn);
        Assert.Equal(Enumerable.Range(0, 30).Select(number => $"u{number:d2}"), seen);
    }

    [Fact]
    public async Task Erase_LeavesPlacesTypesAndOriginsAndOtherResources()
    {
        await CommittedAsync(Put(Key("a"), 0));
        await CommittedAsync(Put(Key("b"), 0));
        var large = Put(Key("a"), 1);
        await CommittedAsync(large with { Event = large.Event with { Changes = Encoding.UTF8.GetBytes($"[\"{new string('x', 400_000)}\"]") } });
        await CommittedAsync(Put(Key("a", "globex"), 0));
        var before = await EventsAsync();

        await Store.EraseChangesAsync(Tenant, "a");
        await Store.EraseChangesAsync(Tenant, "a");
        await Store.EraseChangesAsync(Tenant, "nobody");
        await RestartAsync();

        var after = await EventsAsync();
        Assert.Equal(["[]", "[1]", "[]"], after.Select(one => Encoding.UTF8.GetString(one.Data.Changes.Span)));
        Assert.Equal(before.Select(one => one with { Data = one.Data with { Changes = default } }), after.Select(one => one with { Data = one.Data with { Changes = default } }));
        Assert.Equal("[1]", Encoding.UTF8.GetString(Assert.Single(await EventsAsync("globex")).Data.Changes.Span));
        Assert.Equal(2, await VersionAsync(Key("a")));
        await CommittedAsync(Put(Key("a"), 2));
        Assert.Equal(1, (await QueryAsync("userName eq \"a\"")).Total);
    }

    private async Task<(string Id, string Role, string Team)[]> FillAsync(int count)
    {
        var people = Enumerable.Range(0, count).Select(number => ($"u{number:d2}", Roles[number % 3], Teams[number % 2])).ToArray();
        await Task.WhenAll(people.Select(one => CommittedAsync(Keyed(Key(one.Item1), 0, one.Item2, one.Item3))));
        return people;
    }

    private async Task<RecordPage> FindAsync(string attribute, params string[] values) =>
        await Store.FindAsync(new KeyQuery(Tenant, RecordKinds.User, [new(attribute, values)], null, null, null, 100), default);

    private static IEnumerable<string> Ids(RecordPage page) => page.Records.Select(record => record.Key.Id);

    private static Commit Keyed(RecordKey key, long expected, string role, string team)
    {
        var commit = Put(key, expected);
        var put = (PutRecord)commit.Change!;
        return commit with { Change = put with { Keys = [.. put.Keys, new("role", role, Unique: false), new("team", team, Unique: false)] } };
    }
}
