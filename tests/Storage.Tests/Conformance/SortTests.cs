using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Sorting;

namespace OrleansIdentity.Storage.Tests.Conformance;

/// <summary>Which records a sorted page has, and in which order (RFC 7644 §3.4.2.3).</summary>
public abstract class SortTests(StoreHarness harness) : StoreTests(harness)
{
    private static readonly string?[] Titles = ["ann", "ANN", "Bob", null, "\u00e9", "e\u0301", "Zed", "", "bo", null];

    private static readonly Gen<(string By, string Order, string? Filter, int Skip, int Count, int After)> Asked = Gen.Select(
        OneOf("title", "userName", "id", "active", "meta.lastModified", "emails.value", "displayName", $"{SchemaUrns.EnterpriseUser}:department"),
        OneOf("ascending", "descending"),
        OneOf("", "active eq true", "userName sw \"s1\"", "emails.value eq \"shared@example.com\"", "title pr and not (active eq true)", "id eq \"s03\""),
        Gen.Int[0, 12],
        Gen.Int[0, 12],
        Gen.Int[-1, 25]).Select((by, order, filter, skip, count, after) => (by, order, filter.Length == 0 ? null : filter, skip, count, after));

    // Every page of every order, from every place, is what sorting all of it gives.
    [Fact]
    public async Task Sort_AnyAttributeFilterAndPlace_IsWhatSortingEverythingGives()
    {
        for (var number = 0; number < 24; number++)
        {
            await CommittedAsync(User(number));
            await CommittedAsync(PutGroup($"g{number:d2}", 0, $"group {number % 5} {number}", added: number % 2 == 0 ? [$"s{number:d2}"] : []));
        }

        var users = (await QueryAsync()).Records;
        var groups = (await Store.QueryAsync(new RecordQuery(Tenant, RecordKinds.Group, null, null, 0, 1_000), default)).Records;
        Asked.Sample(asked =>
        {
            foreach (var both in new[] { false, true })
            {
                var parts = both ? [Part(asked, ResourceTypes.User), Part(asked, ResourceTypes.Group)] : new[] { Part(asked, ResourceTypes.User) };
                var expected = Sorted(parts, both ? [.. users, .. groups] : users, asked.Order == "descending");
                var after = asked.After < 0 || asked.After >= expected.Length ? (RecordPosition?)null : expected[asked.After];
                var behind = after is null ? expected : expected[(asked.After + 1)..];
                var page = Store.SortAsync(
                    new SortedQuery(Tenant, parts, asked.Order == "descending", after, asked.Skip, asked.Count), default).AsTask().GetAwaiter().GetResult();

                var wanted = behind.Skip(asked.Skip).Take(asked.Count).ToArray();
                Assert.Equal((expected.Length, behind.Length), (page.Total, page.Remaining));
                Assert.Equal(wanted.Select(position => position.Id), page.Records.Select(record => record.Key.Id));
                Assert.Equal(wanted.Length == 0 ? null : wanted[^1], page.Last);
            }
        }, iter: 150, threads: 1);
    }

    [Fact]
    public async Task Sort_MembersOfAGroup_AreThoseAlone()
    {
        for (var number = 0; number < 6; number++)
        {
            await CommittedAsync(User(number));
        }

        await CommittedAsync(PutGroup("g", 0, added: ["s04", "s00", "s02"]));
        await CommittedAsync(PutGroup("h", 0, added: ["s01"]));

        Assert.Equal(["s04", "s02", "s00"], await IdsAsync("id", "descending", null, with: "g"));
        Assert.Equal(["s02"], await IdsAsync("id", "descending", "id eq \"s02\"", with: "g"));
        Assert.Empty(await IdsAsync("id", "descending", "id eq \"s01\"", with: "g"));
        Assert.Equal(["s00", "s02", "s04"], (await IdsAsync("title", "ascending", "active pr", with: "g")).Order());
    }

    // A walk from place to place sees whatever was there throughout, and did not change what it is sorted by, exactly once.
    [Theory]
    [InlineData("title", "ascending")]
    [InlineData("userName", "descending")]
    public async Task Walk_WhileOthersWrite_SeesEveryLastingRecordOnce(string by, string order)
    {
        for (var number = 0; number < 40; number++)
        {
            await CommittedAsync(User(number));
        }

        using var stop = new CancellationTokenSource();
        var churn = Task.Run(async () =>
        {
            for (var round = 0; !stop.IsCancellationRequested; round++)
            {
                var passing = Key($"x{round}");
                await CommittedAsync(User(round % 40, passing, version: 0, name: $"x{round}"));
                await CommittedAsync(User(round % 40, Key($"s{round % 40:d2}"), version: 1 + (round / 40), name: $"s{round % 40:d2}"));
                await CommittedAsync(Delete(passing, 1));
            }
        });

        for (var walk = 0; walk < 3; walk++)
        {
            var seen = new List<string>();
            RecordPosition? after = null;
            RecordPage page;
            do
            {
                page = await SortAsync(by, order, after: after, count: 7);
                seen.AddRange(page.Records.Select(record => record.Key.Id));
                after = page.Last;
            }
            while (page.Remaining > 7);

            Assert.Equal(Enumerable.Range(0, 40).Select(number => $"s{number:d2}"), seen.Where(id => id[0] == 's').Order(StringComparer.Ordinal));
        }

        await stop.CancelAsync();
        await churn;
    }

    [Fact]
    public async Task Sort_OfAnotherTenant_IsEmpty()
    {
        await CommittedAsync(User(1));
        Assert.Equal(0, (await Store.SortAsync(new SortedQuery("other", [Part(("id", "ascending", null, 0, 0, 0), ResourceTypes.User)], false, null, 0, 9), default)).Total);
    }

    [Fact]
    public async Task Sort_Cancelled_Ends()
    {
        await CommittedAsync(User(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.SortAsync(
            new SortedQuery(Tenant, [Part(("id", "ascending", null, 0, 0, 0), ResourceTypes.User)], false, null, 0, 9), new CancellationToken(canceled: true)));
    }

    private async Task<RecordPage> SortAsync(
        string by, string order, string? filter = null, RecordPosition? after = null, int count = 1_000, string? with = null) => await Store.SortAsync(
        new SortedQuery(Tenant, [Part((by, order, filter, 0, 0, 0), ResourceTypes.User) with { MembershipWith = with }], order == "descending", after, 0, count), default);

    private async Task<string[]> IdsAsync(string by, string order, string? filter, string with) =>
        [.. (await SortAsync(by, order, filter, with: with)).Records.Select(record => record.Key.Id)];

    private static SortedPart Part((string By, string Order, string? Filter, int Skip, int Count, int After) asked, ResourceType type)
    {
        ResourceType[] all = [ResourceTypes.User, ResourceTypes.Group];
        var sort = Sort.Parse(type, all, asked.By, asked.Order).Value!;
        var filter = asked.Filter is null ? null : Scim.Filters.Filter.Parse(type, all, asked.Filter, Scim.ScimLimits.Default).Value;
        return new SortedPart(type == ResourceTypes.User ? RecordKinds.User : RecordKinds.Group, sort.Path, filter, null);
    }

    // The slow way: every record, its key, and all keys in order.
    private static RecordPosition[] Sorted(SortedPart[] parts, IEnumerable<StoredRecord> records, bool descending)
    {
        var positions = new List<RecordPosition>();
        foreach (var record in records)
        {
            var part = parts.Single(part => part.Kind == record.Key.Kind);
            using var document = JsonDocument.Parse(record.Document);
            if (part.Filter?.Matches(document.RootElement) != false)
            {
                positions.Add(new RecordPosition(part.Kind, record.Key.Id, SortKey.Of(part.Path, document.RootElement)));
            }
        }

        var byId = positions.OrderBy(position => position.Id, StringComparer.Ordinal).ToList();
        return [.. descending ? byId.OrderByDescending(position => position.Key) : byId.OrderBy(position => position.Key)];
    }

    private static Commit User(int number) => User(number, Key($"s{number:d2}"), 0, $"s{number:d2}");

    private static Commit User(int number, RecordKey key, int version, string name)
    {
        var document = new JsonObject
        {
            ["id"] = key.Id,
            ["userName"] = name,
            ["active"] = number % 3 == 0,
            ["emails"] = new JsonArray(
                new JsonObject { ["value"] = number % 4 == 0 ? "shared@example.com" : $"{99 - number}@example.com" },
                new JsonObject { ["value"] = $"{number}@example.com", ["primary"] = number % 2 == 0 }),
            ["meta"] = new JsonObject { ["lastModified"] = $"2026-01-01T00:00:{number % 7:d2}Z", ["version"] = $"W/\"{version + 1}\"" },
        };
        if (Titles[number % Titles.Length] is { } title)
        {
            document["title"] = title;
        }

        var emails = document["emails"]!.AsArray().Select(email => new IndexKey("emails.value", CaseFolding.Fold(email!["value"]!.GetValue<string>()), Unique: false));
        IndexKey[] keys = [new("userName", CaseFolding.Fold(name), Unique: true), .. emails.Distinct()];
        return new Commit(
            Guid.CreateVersion7(), key.Tenant, new PutRecord(key, version, Encoding.UTF8.GetBytes(document.ToJsonString()), keys), Event(key, version + 1));
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);
}
