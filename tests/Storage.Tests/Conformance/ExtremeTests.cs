using System.Text;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Storage.Tests.Conformance;

/// <summary>Documents, keys and events of any size and any characters.</summary>
public abstract class ExtremeTests(StoreHarness harness) : StoreTests(harness)
{
    private static readonly string[] OddTexts =
        ["a/b\\c#d?e", "100%", "o'neil", "tab\there", "\u0001\u007f", "ÄÖ", "日本", "😀", "a!b", "a b", " ", "..", ".", "A", "a", "~0041", "x", new string('l', 3_000), new string('l', 3_001)];

    [Theory]
    [InlineData(0)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    [InlineData(1_048_576)]
    [InlineData(5_000_000)]
    public async Task Document_OfAnySize_IsReadInEveryWay(int size)
    {
        await CommittedAsync(Put(Key("before"), 0));
        await CommittedAsync(Sized(Key("sized"), 0, size));

        Assert.Equal(size, Padding((await Store.LoadAsync(Key("sized"), default))!));
        Assert.Equal([size], (await QueryAsync("userName eq \"sized\"")).Records.Select(Padding));
        Assert.Equal([0, size], (await QueryAsync()).Records.Select(Padding));
        Assert.Equal([0, size], (await QueryAsync("active eq true")).Records.Select(Padding));
    }

    [Fact]
    public async Task Document_ThatShrinksAndGrows_IsAlwaysTheLastOne()
    {
        int[] sizes = [10, 2_000_000, 300_000, 10, 0, 700_000];
        for (var version = 0; version < sizes.Length; version++)
        {
            await CommittedAsync(Sized(Key("a"), version, sizes[version]));
            Assert.Equal(sizes[version], Padding((await Store.LoadAsync(Key("a"), default))!));
        }

        await RestartAsync();
        Assert.Equal(sizes[^1], Padding((await Store.LoadAsync(Key("a"), default))!));
        await CommittedAsync(Delete(Key("a"), sizes.Length));
        Assert.Null(await Store.LoadAsync(Key("a"), default));
    }

    [Fact]
    public async Task Documents_ThatTogetherExceedATransaction_AreAllWritten()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => CommittedAsync(Sized(Key($"m{number:d2}"), 0, 150_000))));
        Assert.All((await QueryAsync()).Records, record => Assert.Equal(150_000, Padding(record)));
        Assert.Equal(40, (await EventsAsync()).Count);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(3_000_000)]
    public async Task Event_WithLargeChanges_IsReadBack(int size)
    {
        var commit = Put(Key("a"), 0);
        var changes = Encoding.UTF8.GetBytes($"[\"{new string('c', size)}\"]");
        await CommittedAsync(commit with { Event = commit.Event with { Changes = changes } });

        Assert.Equal(changes, Assert.Single(await EventsAsync()).Data.Changes.ToArray());
        Assert.Equal(changes, Assert.Single(await EventsAsync(resourceId: "a")).Data.Changes.ToArray());
    }

    [Fact]
    public async Task Ids_OfAnyText_AreKeptApartAndInOrdinalOrder()
    {
        for (var number = 0; number < OddTexts.Length; number++)
        {
            await CommittedAsync(Put(Key(OddTexts[number]), 0, $"name{number}"));
        }

        Assert.Equal(OddTexts.Order(StringComparer.Ordinal), (await QueryAsync()).Records.Select(record => record.Key.Id));
        foreach (var text in OddTexts)
        {
            Assert.Equal(text, (await Store.LoadAsync(Key(text), default))!.Key.Id);
            Assert.Equal([text], (await EventsAsync(resourceId: text)).Select(one => one.Data.ResourceId));
        }
    }

    [Fact]
    public async Task Values_OfAnyText_AreFoundAndUnique()
    {
        for (var number = 0; number < OddTexts.Length; number++)
        {
            await CommittedAsync(WithExternalId($"id{number:d2}", OddTexts[number]));
        }

        for (var number = 0; number < OddTexts.Length; number++)
        {
            Assert.Equal(new CommitOutcome.Taken("externalId", $"id{number:d2}"), await Store.CommitAsync(WithExternalId("late", OddTexts[number])));
        }
    }

    private static Commit WithExternalId(string id, string value)
    {
        var commit = Put(Key(id), 0);
        var put = (PutRecord)commit.Change!;
        return commit with { Change = put with { Keys = [.. put.Keys, new IndexKey("externalId", value, Unique: true)] } };
    }

    private static Commit Sized(RecordKey key, long expected, int padding)
    {
        var commit = Put(key, expected);
        var put = (PutRecord)commit.Change!;
        var document = Encoding.UTF8.GetString(put.Document.Span);
        return commit with { Change = put with { Document = Encoding.UTF8.GetBytes($"{document[..^1]},\"padding\":\"{new string('p', padding)}\"}}") } };
    }

    private static int Padding(StoredRecord record)
    {
        using var document = System.Text.Json.JsonDocument.Parse(record.Document);
        return document.RootElement.TryGetProperty("padding", out var padding) ? padding.GetString()!.Length : 0;
    }
}
