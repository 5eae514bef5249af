using Microsoft.Extensions.Time.Testing;
using OrleansIdentity.Grains.Directory;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Sorting;

namespace OrleansIdentity.Grains.Tests.Directory;

public sealed class PageWalksTests
{
    private static readonly PageWalks.Step Next = new("token", "user", "active eq true", "title", "descending", 100, 101);

    private static readonly RecordPosition Last = new("user", "id-100", new SortKey("T", null));

    private readonly FakeTimeProvider _time = new();
    private readonly PageWalks _walks;

    public PageWalksTests() => _walks = new PageWalks(_time);

    [Fact]
    public void Before_ThePageThatFollows_IsWhereTheLastOneEnded()
    {
        Assert.Null(_walks.Before(Next));
        _walks.Remember(Next, Last);
        Assert.Equal(Last, _walks.Before(Next));
        Assert.Equal(Last, _walks.Before(Next));
    }

    [Fact]
    public void Before_AnotherTokenListFilterSortCountOrIndex_IsUnknown()
    {
        _walks.Remember(Next, Last);
        Assert.Null(_walks.Before(Next with { Caller = "other" }));
        Assert.Null(_walks.Before(Next with { List = "group" }));
        Assert.Null(_walks.Before(Next with { Filter = null }));
        Assert.Null(_walks.Before(Next with { SortBy = null }));
        Assert.Null(_walks.Before(Next with { SortOrder = null }));
        Assert.Null(_walks.Before(Next with { Count = 50 }));
        Assert.Null(_walks.Before(Next with { StartIndex = 201 }));
    }

    [Fact]
    public void Before_AfterFifteenMinutes_IsForgotten()
    {
        _walks.Remember(Next, Last);
        _time.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        Assert.NotNull(_walks.Before(Next));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_walks.Before(Next));
    }

    [Fact]
    public void Remember_BeyondTheCapacity_DropsTheOldest()
    {
        for (var number = 0; number < 257; number++)
        {
            _walks.Remember(Next with { Caller = $"token-{number}" }, Last);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Null(_walks.Before(Next with { Caller = "token-0" }));
        Assert.NotNull(_walks.Before(Next with { Caller = "token-1" }));
        Assert.NotNull(_walks.Before(Next with { Caller = "token-256" }));
    }
}
