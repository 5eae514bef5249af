using System.Text.Json;
using CsCheck;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Storage.Tests.Conformance;

/// <summary>What queries find, and in which order.</summary>
public abstract class QueryTests(StoreHarness harness) : StoreTests(harness)
{
    private static readonly Gen<string> Names = OneOfTexts("ann", "ANN", "bob", "cid", "straße", "STRASSE", "é", "e\u0301", "o'neil", "nobody");

    private static readonly Gen<string> Terms = Gen.OneOf(
        Names.Select(name => $"userName eq \"{name}\""),
        Names.Select(name => $"emails.value eq \"{name}@example.com\""),
        Names.Select(name => $"emails[value eq \"{name}@example.com\"]"),
        Names.Select(name => $"userName sw \"{name[..1]}\""),
        Gen.Bool.Select(active => $"active eq {(active ? "true" : "false")}"),
        Gen.Int[0, 9].Select(number => $"id eq \"q{number}\""),
        OneOfTexts("externalId pr", "not (userName co \"n\")"));

    private static readonly Gen<string> Filters = Gen.OneOf(
        Terms,
        Gen.Select(Terms, Terms, (left, right) => $"{left} and {right}"),
        Gen.Select(Terms, Terms, (left, right) => $"{left} or {right}"),
        Gen.Select(Terms, Terms, Terms, (one, two, three) => $"{one} and ({two} or {three})"));

    [Fact]
    public async Task Query_WhatAnIndexAnswers_IsWhatEvaluationFinds()
    {
        var names = new[] { "ann", "Bob", "straße", "é", "o'neil", "zed", "bo" };
        for (var number = 0; number < names.Length; number++)
        {
            await CommittedAsync(Put(Key($"q{number}"), 0, names[number], active: number % 2 == 0));
        }

        var all = (await QueryAsync()).Records;
        Filters.Sample(filter =>
        {
            var parsed = Parse(filter);
            var expected = all.Where(record => Matches(record, parsed)).Select(record => record.Key.Id).ToArray();
            var page = QueryAsync(filter).GetAwaiter().GetResult();
            return page.Total == expected.Length && page.Remaining == expected.Length && page.Records.Select(record => record.Key.Id).SequenceEqual(expected);
        }, iter: 400, threads: 1);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("active eq true")]
    public async Task Query_SkipCountAndAfter_CutThePage(string? filter)
    {
        await FillAsync(20);

        Assert.Equal(["p05", "p06", "p07"], Ids(await QueryAsync(filter, skip: 5, count: 3)));
        Assert.Equal(["p13", "p14"], Ids(await QueryAsync(filter, after: "p12", count: 2)));
        Assert.Equal(["p15"], Ids(await QueryAsync(filter, after: "p12", skip: 2, count: 1)));
        Assert.Equal(["p13"], Ids(await QueryAsync(filter, after: "p12-deleted", count: 1)));
        var past = await QueryAsync(filter, skip: 20, count: 5);
        Assert.Equal((20, 0), (past.Total, past.Records.Count));
        var behind = await QueryAsync(filter, after: "p17", count: 0);
        Assert.Equal((20, 2, 0), (behind.Total, behind.Remaining, behind.Records.Count));
    }

    [Fact]
    public async Task Total_AfterCreatesAndDeletes_IsExact()
    {
        await FillAsync(30);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(number => CommittedAsync(Delete(Key($"p{number:d2}"), 1))));

        var page = await QueryAsync();
        Assert.Equal((20, 20), (page.Total, page.Records.Count));
        Assert.Equal(20, (await QueryAsync("active eq true")).Total);
        await RestartAsync();
        Assert.Equal(20, (await QueryAsync(count: 0)).Total);
    }

    [Fact]
    public async Task Walk_WhileOthersWrite_SeesEveryLastingRecordOnce()
    {
        await FillAsync(60);
        using var stop = new CancellationTokenSource();
        var churn = Task.Run(async () =>
        {
            for (var round = 0; !stop.IsCancellationRequested; round++)
            {
                var passing = Key($"p{round % 60:d2}-{round}");
                await CommittedAsync(Put(passing, 0));
                await CommittedAsync(Put(Key($"p{round % 60:d2}"), 1 + (round / 60), $"p{round % 60:d2}"));
                await CommittedAsync(Delete(passing, 1));
            }
        });

        for (var walk = 0; walk < 5; walk++)
        {
            var seen = new List<string>();
            string? after = null;
            RecordPage page;
            do
            {
                page = await QueryAsync(after: after, count: 7);
                seen.AddRange(Ids(page));
                after = seen.LastOrDefault();
            }
            while (page.Records.Count > 0);

            Assert.Equal(seen.Distinct().Order(StringComparer.Ordinal), seen);
            Assert.Equal(Enumerable.Range(0, 60).Select(number => $"p{number:d2}"), seen.Where(id => id.Length == 3));
        }

        await stop.CancelAsync();
        await churn;
    }

    [Fact]
    public async Task Scan_Cancelled_Ends()
    {
        await FillAsync(5);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.QueryAsync(
            new RecordQuery(Tenant, RecordKinds.User, Parse("active eq true"), null, 0, 10), new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task ListTenants_Pages_InOrderOfSlugs()
    {
        foreach (var slug in new[] { "b", "a", "c" })
        {
            var key = new RecordKey(slug, RecordKinds.Tenant, slug);
            await CommittedAsync(new Commit(Guid.CreateVersion7(), slug, new PutRecord(key, 0, "{}"u8.ToArray(), []), Event(key, 1)));
            await CommittedAsync(Put(Key("user", slug), 0));
        }

        Assert.Equal(["a", "b"], (await Store.ListTenantsAsync(null, 2, default)).Select(record => record.Key.Tenant));
        Assert.Equal(["c"], (await Store.ListTenantsAsync("b", 2, default)).Select(record => record.Key.Id));
    }

    [Fact]
    public async Task Find_ByAKey_GivesTheHoldersOfThisTenantAndKindInOrder()
    {
        var (mine, shared) = (new IndexKey("account.oktaId", "00u1", Unique: true), new IndexKey("account.team", "x", Unique: false));
        await CommittedAsync(With(Put(Key("b"), 0), mine, shared));
        await CommittedAsync(With(Put(Key("a"), 0), shared));
        await CommittedAsync(With(Put(Key("c", "other"), 0), mine));

        Assert.Equal(["b"], await Store.FindAsync(Tenant, RecordKinds.User, mine, default));
        Assert.Equal(["a", "b"], await Store.FindAsync(Tenant, RecordKinds.User, shared, default));
        Assert.Empty(await Store.FindAsync(Tenant, RecordKinds.Group, mine, default));
        Assert.Empty(await Store.FindAsync(Tenant, RecordKinds.User, mine with { Value = "00U1" }, default));

        await CommittedAsync(Put(Key("b"), 1));
        Assert.Empty(await Store.FindAsync(Tenant, RecordKinds.User, mine, default));
        await CommittedAsync(Delete(Key("a"), 1));
        Assert.Empty(await Store.FindAsync(Tenant, RecordKinds.User, shared, default));
    }

    private static Commit With(Commit commit, params IndexKey[] keys)
    {
        var put = (PutRecord)commit.Change!;
        return commit with { Change = put with { Keys = [.. put.Keys, .. keys] } };
    }

    private static Gen<string> OneOfTexts(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private Task FillAsync(int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(number => CommittedAsync(Put(Key($"p{number:d2}"), 0))));

    private static IEnumerable<string> Ids(RecordPage page) => page.Records.Select(record => record.Key.Id);

    private static bool Matches(StoredRecord record, Scim.Filters.Filter filter)
    {
        using var document = JsonDocument.Parse(record.Document);
        return filter.Matches(document.RootElement);
    }
}
