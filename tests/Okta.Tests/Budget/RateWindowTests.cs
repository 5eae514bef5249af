using CsCheck;
using OrleansIdentity.Okta.Budget;

namespace OrleansIdentity.Okta.Tests.Budget;

/// <summary>The arithmetic of a budget, without HTTP.</summary>
public class RateWindowTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RateRules Half = new(0.5, 0.2);

    [Fact]
    public void WaitAt_NothingKnown_IsZero() => Assert.Equal(TimeSpan.Zero, default(RateWindow).WaitAt(Start, Half));

    [Theory]
    [InlineData(100, 51, 49, 0)]
    [InlineData(100, 50, 50, 30)]
    [InlineData(100, 20, 1, 30)]
    [InlineData(100, 21, 1, 0)]
    [InlineData(1, 1, 0, 0)]
    public void WaitAt_UsedOrRemaining_IsUntilTheEnd(int limit, int remaining, int used, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new RateWindow(limit, remaining, Start.AddSeconds(30), 1, used).WaitAt(Start, Half));

    // Answers of parallel requests come in any order: an old one neither raises what remains nor brings a past window back.
    [Fact]
    public void Learn_AnswersOutOfOrder_KeepsTheLowest()
    {
        var window = new RateWindow(100, 40, Start.AddSeconds(30), 1_000, 10);

        Assert.Equal(40, window.Learn(new RateHeaders(100, 60, 1_000, TimeSpan.FromSeconds(30)), Start, 0).Remaining);
        Assert.Equal(window, window.Learn(new RateHeaders(100, 99, 940, TimeSpan.Zero), Start, 0));
    }

    [Fact]
    public void Learn_NextWindow_BeginsAnew()
    {
        var next = new RateWindow(100, 0, Start.AddSeconds(30), 1_000, 50).Learn(new RateHeaders(100, 99, 1_060, TimeSpan.FromSeconds(60)), Start, inFlight: 3);

        Assert.Equal(new RateWindow(100, 96, Start.AddSeconds(60), 1_060, 4), next);
    }

    // A window that began by our own reckoning: answers of the one before come late, and must not end it early.
    [Fact]
    public void Learn_LateAnswerOfTheWindowBefore_LeavesTheAssumedOne()
    {
        var assumed = new RateWindow(100, 40, Start, 1_000, 50).Take(Start, inFlight: 2);

        Assert.Equal(assumed, assumed.Learn(new RateHeaders(100, 10, 1_000, TimeSpan.Zero), Start, 0));
        Assert.Equal(3, assumed.Learn(new RateHeaders(100, 98, 1_060, TimeSpan.FromSeconds(59)), Start, 0).Used);
    }

    // The rule: in no window of the org more than half of its limit is ours, whatever the limit, the pace, the answers' delays and the clocks' disagreement.
    [Fact]
    public void TryTake_AnyTraffic_NeverTakesMoreThanHalf()
    {
        Gen.Select(Gen.Int[4, 60], Gen.Int[-100_000, 100_000], Gen.Int[1, 4], Gen.Int[0, 2_000].Array[200, 400]).Sample((limit, skew, parallel, pauses) =>
        {
            var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Start);
            var budget = new OrgBudget(Half, parallel, () => 0, time);
            var windows = new Dictionary<long, int>();
            var underWay = new Queue<RateHeaders>();
            foreach (var pause in pauses)
            {
                time.Advance(TimeSpan.FromMilliseconds(pause));
                while (underWay.Count >= parallel)
                {
                    Answer();
                }

                if (budget.TryTake("b") == TimeSpan.Zero)
                {
                    underWay.Enqueue(Serve());
                }
                else if (underWay.Count > 0)
                {
                    Answer();
                }
            }

            // Before the first answer nobody knows the limit: so many may be under way.
            return windows.Values.All(used => used <= Math.Max(Math.Max(1, limit / 2), parallel));

            RateHeaders Serve()
            {
                var theirs = time.GetUtcNow().ToUnixTimeSeconds() + skew;
                var ends = ((theirs / 60) + 1) * 60;
                windows[ends] = windows.GetValueOrDefault(ends) + 1;
                return new RateHeaders(limit, Math.Max(0, limit - windows[ends]), ends, TimeSpan.FromSeconds(ends - theirs));
            }

            void Answer() => budget.Settle("b", underWay.Dequeue(), isTooMany: false);
        });
    }

    [Fact]
    public void Settle_429WithoutHeaders_ClosesTheBucketOnly()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Start);
        var budget = new OrgBudget(Half, 4, () => 0, time);

        Assert.Equal(TimeSpan.Zero, budget.TryTake("a"));
        budget.Settle("a", null, isTooMany: true);

        Assert.Equal(TimeSpan.FromSeconds(60), budget.TryTake("a"));
        Assert.Equal(TimeSpan.Zero, budget.TryTake("b"));
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(TimeSpan.Zero, budget.TryTake("a"));
    }

    // Limit and Remaining are 0 and Reset is only an estimate: a short pause for the whole org, longer each time.
    [Fact]
    public void Settle_TooManyAtOnce_PausesShortlyAndLonger()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Start);
        var budget = new OrgBudget(Half, 4, () => 0, time);
        var told = new RateHeaders(0, 0, 2_000, TimeSpan.FromSeconds(60));
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 16 })
        {
            Assert.Equal(TimeSpan.Zero, budget.TryTake("a"));
            budget.Settle("a", told, isTooMany: true);
            Assert.Equal(TimeSpan.FromSeconds(seconds), budget.TryTake("b"));
            time.Advance(TimeSpan.FromSeconds(seconds));
        }
    }

    [Theory]
    [InlineData("600", "599", "1772366460", 60)]
    [InlineData("600", "599", "1772366390", 0)]
    [InlineData("600", "599", "9999999999", 600)]
    [InlineData("600", "x", "1772366460", -1)]
    [InlineData("600", "-1", "1772366460", -1)]
    [InlineData("600", "599", "99999999999999999", -1)]
    public void Read_Headers_WaitIsJudgedByTheirDate(string limit, string remaining, string reset, int seconds)
    {
        using var response = new HttpResponseMessage();
        response.Headers.Date = DateTimeOffset.FromUnixTimeSeconds(1_772_366_400);
        response.Headers.Add("X-Rate-Limit-Limit", limit);
        response.Headers.Add("X-Rate-Limit-Remaining", remaining);
        response.Headers.Add("X-Rate-Limit-Reset", reset);

        var read = RateHeaders.Read(response.Headers, Start.AddYears(3));

        Assert.Equal(seconds < 0 ? null : TimeSpan.FromSeconds(seconds), read?.UntilReset);
    }
}
