using OrleansIdentity.Okta.Credentials;
using OrleansIdentity.Okta.Tests.Support;
using OrleansIdentity.OktaSimulator.Management.Faults;

namespace OrleansIdentity.Okta.Tests.Budget;

/// <summary>Rate limits over HTTP, §5.4.</summary>
public class RateLimitTests
{
    [Fact]
    public async Task GetApp_ManyCalls_UseHalfOfTheLimit()
    {
        await using var harness = await Harness.StartAsync(org => org with { RateLimit = 20 });

        var results = new List<Results.OktaResult<Okta.Apps.OktaApp>>();
        for (var call = 0; call < 15; call++)
        {
            results.Add(await harness.Client.GetAppAsync(harness.App.Id));
        }

        Assert.Equal(10, harness.Org.Requests.All.Count);
        Assert.All(results.Take(10), result => Assert.Null(result.Failure));
        Assert.All(results.Skip(10), result => Assert.True(result.LimitedUntil() > harness.Time.GetUtcNow()));
    }

    [Fact]
    public async Task GetApp_SomebodyElseUsesTheLimit_LeavesTheReserve()
    {
        await using var harness = await Harness.StartAsync(org => org with { RateLimit = 100 });
        harness.Org.Limits.Use("apps/{id}", 77);

        for (var call = 0; call < 10; call++)
        {
            await harness.Client.GetAppAsync(harness.App.Id);
        }

        Assert.Equal(3, harness.Org.Requests.All.Count);
    }

    // Compute the wait as Reset − reply Date, not − local clock.
    [Theory]
    [InlineData(0)]
    [InlineData(3_600)]
    [InlineData(-3_600)]
    public async Task GetApp_ClocksDisagree_WaitsAMinuteAllTheSame(int skew)
    {
        await using var harness = await Harness.StartAsync(org => org with { RateLimit = 2, ClockSkew = TimeSpan.FromSeconds(skew) });

        await harness.Client.GetAppAsync(harness.App.Id);
        var until = (await harness.Client.GetAppAsync(harness.App.Id)).LimitedUntil() - harness.Time.GetUtcNow();

        Assert.InRange(until.TotalSeconds, 59, 64);
    }

    [Fact]
    public async Task GetApp_Patience_WaitsAndGoesOn()
    {
        await using var harness = await Harness.StartAsync(org => org with { RateLimit = 4 }, options => options.PatienceSeconds = 120);

        for (var call = 0; call < 6; call++)
        {
            Harness.Parse(await harness.Client.GetAppAsync(harness.App.Id));
        }

        Assert.Equal(0, harness.Org.Limits.Refused);
        Assert.Equal(2, harness.Time.Waits.Count(wait => wait > TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task GetApp_Refused429_IsLimitedAndNotRepeated()
    {
        await using var harness = await Harness.StartAsync();
        harness.Org.Faults.Add(new Fault(FaultKind.RateLimited));

        var until = (await harness.Client.GetAppAsync(harness.App.Id)).LimitedUntil() - harness.Time.GetUtcNow();

        Assert.InRange(until.TotalSeconds, 59, 64);
        Assert.Single(harness.Org.Requests.All);
    }

    [Fact]
    public async Task GetApp_TooManyAtOnce_WaitsShortlyAndGoesOn()
    {
        await using var harness = await Harness.StartAsync(options: options => options.PatienceSeconds = 10);
        harness.Org.Faults.Add(new Fault(FaultKind.TooManyAtOnce, Times: 2));

        Harness.Parse(await harness.Client.GetAppAsync(harness.App.Id));

        Assert.Equal(3, harness.Org.Requests.All.Count);
        Assert.Equal(2, harness.Time.Waits.Count);
        Assert.All(harness.Time.Waits, wait => Assert.InRange(wait.TotalSeconds, 1, 4));
    }

    // Two clients of a tenant share; another tenant that names the same org does not, or it could use up what is not its own.
    [Fact]
    public async Task GetApp_TwoTenantsOfOneOrg_HaveABudgetEach()
    {
        await using var harness = await Harness.StartAsync(org => org with { RateLimit = 20 });
        var credential = Harness.Parse(OktaCredential.ApiToken.Parse(harness.ApiToken));
        using var same = harness.Open(credential);
        using var other = harness.Open(credential, "other");
        for (var call = 0; call < 10; call++)
        {
            await harness.Client.GetAppAsync(harness.App.Id);
        }

        (await same.GetAppAsync(harness.App.Id)).LimitedUntil();
        Assert.Null((await other.GetAppAsync(harness.App.Id)).Failure);
    }

    [Fact]
    public async Task GetUser_AnotherBucketIsUsedUp_IsNotHeldBack()
    {
        await using var harness = await Harness.StartAsync(org => org with { RateLimit = 2 });
        var user = harness.Assign(1)[0];
        await harness.Client.GetAppAsync(harness.App.Id);
        (await harness.Client.GetAppAsync(harness.App.Id)).LimitedUntil();

        Assert.Equal(user.Id, Harness.Parse(await harness.Client.GetUserAsync(user.Id)).Id);
    }
}
