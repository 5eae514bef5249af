using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.SignIn;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users;
using OrleansIdentity.Grains.Users.Links;

namespace OrleansIdentity.Grains.Tests.Users;

public sealed class LinkLifecycleTests
{
    private const string Id = "0192f000-0000-7000-8000-000000000001";
    private static readonly EventOrigin Origin = new("operator", "operator", "correlation");
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly DateTimeOffset Deadline = DateTimeOffset.MaxValue;

    [Fact]
    public void Invitation_FromMakingToUse_MovesTheStatus()
    {
        var user = Created();
        Assert.Equal(AccountStatuses.NotInvited, user.ToView(Id).Status);
        user = Next(LinkLifecycle.Make(user, Make("l1"), Now));
        Assert.Equal(AccountStatuses.InvitePending, user.ToView(Id).Status);
        user = Next(LinkLifecycle.MarkMailed(user, new MarkMailed(Origin, Deadline, "l1"), Now));
        Assert.IsType<ResourceDecision.Unchanged>(LinkLifecycle.MarkMailed(user, new MarkMailed(Origin, Deadline, "l1"), Now));
        user = Next(LinkLifecycle.Use(user, Use("l1"), Now));
        Assert.Equal((AccountStatuses.Confirmed, "hash", 1), (user.ToView(Id).Status, user.Account.Password!.Hash, user.Account.Epoch));
        Assert.Equal("link-invalid", Refused(LinkLifecycle.Use(user, Use("l1"), Now)));
        Assert.Equal("account-confirmed", Refused(LinkLifecycle.Make(user, Make("l2"), Now)));
    }

    [Fact]
    public void Use_ExpiredReplacedRevokedOrDeactivated_IsRefused()
    {
        var invited = Next(LinkLifecycle.Make(Created(), Make("l1"), Now));
        Assert.Equal("link-invalid", Refused(LinkLifecycle.Use(invited, Use("l1"), Now.AddDays(1))));
        Assert.Equal("link-invalid", Refused(LinkLifecycle.Use(Next(LinkLifecycle.Make(invited, Make("l2"), Now)), Use("l1"), Now)));
        Assert.Equal("link-invalid", Refused(LinkLifecycle.Use(Next(LinkLifecycle.RevokeInvitation(invited, new RevokeInvitation(Origin, Deadline), Now)), Use("l1"), Now)));
        var gone = Next(Lifecycle.Decide(Id, invited, Active(false), Now));
        var back = Next(Lifecycle.Decide(Id, gone, Active(true), Now));
        Assert.Equal(("link-invalid", "link-invalid"), (Refused(LinkLifecycle.Use(gone, Use("l1"), Now)), Refused(LinkLifecycle.Use(back, Use("l1"), Now))));
    }

    [Fact]
    public void Attempts_BeyondTheFreeOnes_WaitTwiceAsLongEachTimeUpToTheLongest()
    {
        var table = new AttemptTable(new AttemptLimits(Free: 3, TimeSpan.FromSeconds(10)), 100);
        var (now, waits) = (Now, new List<double>());
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            // An attempt that has to wait is not counted, so that the answer says how long the one before it costs.
            Assert.Null(table.TryBegin("ann", now));
            var wait = attempt <= 3 ? TimeSpan.Zero : table.TryBegin("ann", now)!.Value;
            waits.Add(wait.TotalSeconds);
            now += wait;
        }

        Assert.Equal([0, 0, 0, 1, 2, 4, 8, 10, 10, 10], waits);
        table.Forget("ann");
        Assert.Null(table.TryBegin("ann", now));
    }

    [Fact]
    public void Attempts_MoreSubjectsThanRoom_ForgetTheQuietest()
    {
        var table = new AttemptTable(new AttemptLimits(Free: 0, TimeSpan.FromMinutes(5)), 3);
        foreach (var subject in new[] { "a", "b", "c", "d" })
        {
            Assert.Null(table.TryBegin(subject, Now));
        }

        Assert.Equal(3, table.Count);
        Assert.Null(table.TryBegin("a", Now));
        Assert.NotNull(table.TryBegin("d", Now));
    }

    [Fact]
    public void Budget_Spent_ComesBackWithTime()
    {
        var budget = new EventBudget(perMinute: 60, Now);
        Assert.Equal(60, Enumerable.Range(0, 100).Count(_ => budget.TryTake(Now)));
        Assert.True(budget.TryTake(Now.AddSeconds(1)));
        Assert.False(budget.TryTake(Now.AddSeconds(1)));
        Assert.Equal(60, Enumerable.Range(0, 100).Count(_ => budget.TryTake(Now.AddDays(1))));
    }

    private static MakeLink Make(string id) => new(Origin, Deadline, LinkPurpose.Invitation, id, Now.AddHours(1));

    private static UseLink Use(string id) => new(Origin, Deadline, id, "hash");

    private static UserRecord Created() => Next(Lifecycle.Decide(Id, null, new CreateResource(Origin, Deadline, """{"userName":"ann"}"""u8.ToArray()), Now));

    private static PatchResource Active(bool active) => Cluster.ClusterTests.Patch("active", active);

    private static UserRecord Next(ResourceDecision decision) => (UserRecord)Assert.IsType<ResourceDecision.Transition>(decision).Next!;

    private static string Refused(ResourceDecision decision) => Assert.IsType<ResourceDecision.Refused>(decision).Error.Id;
}
