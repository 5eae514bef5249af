using OrleansIdentity.Okta.Apps;
using OrleansIdentity.Okta.Paging;
using OrleansIdentity.Okta.Results;
using OrleansIdentity.Okta.Tests.Support;
using OrleansIdentity.OktaSimulator.Management.Faults;

namespace OrleansIdentity.Okta.Tests.Paging;

/// <summary>Walks over lists, §5.2 of the facts about the Management API.</summary>
public class PageWalkTests
{
    private static readonly AppUserQuery Tens = new(Limit: 10);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(25, 3)]
    public async Task WalkAppUsers_AnyNumber_GivesEachOnceAndIsComplete(int count, int pages)
    {
        await using var harness = await Harness.StartAsync();
        var users = harness.Assign(count);

        var list = Harness.Parse(await harness.Client.WalkAppUsersAsync(harness.App.Id, Tens).ToCompleteListAsync(default));

        Assert.Equal(users.Select(user => user.Id).Order(StringComparer.Ordinal), list.Items.Select(user => user.Id));
        Assert.Equal(pages, harness.Org.Requests.All.Count);
    }

    // Never build 'after': the org's own address is followed as it is.
    [Fact]
    public async Task WalkAppUsers_NextPage_IsTheOrgsOwnAddress()
    {
        await using var harness = await Harness.StartAsync();
        harness.Assign(15);

        var page = Harness.Parse(await harness.Client.GetAppUsersPageAsync(harness.App.Id, Tens with { WithUsers = true }));
        await harness.Client.GetAppUsersPageAsync(harness.App.Id, Tens, page.Next);

        var second = harness.Org.Requests.All[^1];
        Assert.Equal(new Uri(page.Next!.Url).PathAndQuery, second.Path + second.Query);
        Assert.Contains("expand=user", second.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultKind.ServerError, "okta-server-error")]
    [InlineData(FaultKind.CutJson, "okta-answer-unreadable")]
    [InlineData(FaultKind.BrokenBody, "okta-answer-unreadable")]
    [InlineData(FaultKind.Html, "okta-answer-unreadable")]
    [InlineData(FaultKind.NoLinks, "okta-page-without-links")]
    [InlineData(FaultKind.LoopingNext, "okta-page-loop")]
    public async Task WalkAppUsers_SecondPageFails_IsNeverComplete(FaultKind kind, string id)
    {
        await using var harness = await Harness.StartAsync();
        harness.Assign(25);
        harness.Org.Faults.Add(new Fault(kind, Times: 9) { After = 1 });

        var steps = await harness.Client.WalkAppUsersAsync(harness.App.Id, Tens).ToListAsync();
        harness.Org.Faults.Clear();
        harness.Org.Faults.Add(new Fault(kind, Times: 9) { After = 1 });
        var list = await harness.Client.WalkAppUsersAsync(harness.App.Id, Tens).ToCompleteListAsync(default);

        Assert.Equal(id, Assert.IsType<OktaFailure.Unreachable>(Assert.IsType<PageStep<AppUser>.Broken>(steps[^1]).Failure).Error.Id);
        Assert.DoesNotContain(steps, step => step is PageStep<AppUser>.Completed);
        Assert.Equal(id, list.UnreachableId());
    }

    [Fact]
    public async Task WalkAppUsers_Broken_GoesOnFromWhereItStood()
    {
        await using var harness = await Harness.StartAsync();
        harness.Assign(25);
        harness.Org.Faults.Add(new Fault(FaultKind.CutJson) { After = 1 });

        var steps = await harness.Client.WalkAppUsersAsync(harness.App.Id, Tens).ToListAsync();
        var rest = Harness.Parse(await harness.Client.GetAppUsersPageAsync(harness.App.Id, Tens, Assert.IsType<PageStep<AppUser>.Broken>(steps[^1]).At));

        Assert.Equal(10, rest.Items.Count);
        Assert.DoesNotContain(rest.Items[0].Id, Assert.IsType<PageStep<AppUser>.Page>(steps[0]).Items.Select(user => user.Id));
    }

    [Fact]
    public async Task WalkAppUsers_CursorExpired_SaysSo()
    {
        await using var harness = await Harness.StartAsync(org => org with { CursorLife = TimeSpan.FromMinutes(5) });
        harness.Assign(15);

        var page = Harness.Parse(await harness.Client.GetAppUsersPageAsync(harness.App.Id, Tens));
        harness.Time.Advance(TimeSpan.FromMinutes(6));
        var second = await harness.Client.GetAppUsersPageAsync(harness.App.Id, Tens, page.Next);

        Assert.Equal("okta-cursor-expired", second.RefusedId());
    }

    // A list that lost its middle cannot be told from a short one; that is why a removal needs a single GET, which says what is true.
    [Fact]
    public async Task GetAppUser_MissingInAPartialList_IsStillAssigned()
    {
        await using var harness = await Harness.StartAsync();
        var users = harness.Assign(10);
        harness.Org.Faults.Add(new Fault(FaultKind.PartialList));

        var list = Harness.Parse(await harness.Client.WalkAppUsersAsync(harness.App.Id, Tens).ToCompleteListAsync(default));
        var missing = users.First(user => list.Items.All(one => one.Id != user.Id));

        Assert.Equal(missing.Id, Harness.Parse(await harness.Client.GetAppUserAsync(harness.App.Id, missing.Id)).Id);
    }

    [Fact]
    public async Task GetLogsPage_NothingMore_StillGivesANextPage()
    {
        await using var harness = await Harness.StartAsync();
        harness.Assign(1);

        var all = Harness.Parse(await harness.Client.GetLogsPageAsync(harness.Time.GetUtcNow().AddDays(-1), ["application.user_membership.add"]));
        var more = Harness.Parse(await harness.Client.GetLogsPageAsync(default, [], all.Next));
        harness.Assign(1);
        var later = Harness.Parse(await harness.Client.GetLogsPageAsync(default, [], more.Next));

        Assert.Single(all.Items);
        Assert.Empty(more.Items);
        Assert.NotNull(more.Next);
        Assert.Equal("application.user_membership.add", Assert.Single(later.Items).EventType);
    }
}
