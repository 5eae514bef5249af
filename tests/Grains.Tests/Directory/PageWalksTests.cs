using Microsoft.Extensions.Time.Testing;
using OrleansIdentity.Grains.Directory;

namespace OrleansIdentity.Grains.Tests.Directory;

public sealed class PageWalksTests
{
    private static readonly PageWalks.Step Next = new("token", "user", "active eq true", 100, 101);

    private readonly FakeTimeProvider _time = new();
    private readonly PageWalks _walks;

    public PageWalksTests() => _walks = new PageWalks(_time);

    [Fact]
    public void Before_ThePageThatFollows_IsWhereTheLastOneEnded()
    {
        Assert.Null(_walks.Before(Next));
        _walks.Remember(Next, "id-100");
        Assert.Equal("id-100", _walks.Before(Next));
        Assert.Equal("id-100", _walks.Before(Next));
    }

    [Fact]
    public void Before_AnotherTokenKindFilterCountOrIndex_IsUnknown()
    {
        _walks.Remember(Next, "id-100");
        Assert.Null(_walks.Before(Next with { Caller = "other" }));
        Assert.Null(_walks.Before(Next with { Kind = "group" }));
        Assert.Null(_walks.Before(Next with { Filter = null }));
        Assert.Null(_walks.Before(Next with { Count = 50 }));
        Assert.Null(_walks.Before(Next with { StartIndex = 201 }));
    }

    [Fact]
    public void Before_AfterFifteenMinutes_IsForgotten()
    {
        _walks.Remember(Next, "id-100");
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
            _walks.Remember(Next with { Caller = $"token-{number}" }, "id");
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Null(_walks.Before(Next with { Caller = "token-0" }));
        Assert.NotNull(_walks.Before(Next with { Caller = "token-1" }));
        Assert.NotNull(_walks.Before(Next with { Caller = "token-256" }));
    }
}
