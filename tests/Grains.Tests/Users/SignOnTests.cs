using System.Text;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users;
using OrleansIdentity.Grains.Users.Accounts;
using OrleansIdentity.Grains.Users.SignOns;

namespace OrleansIdentity.Grains.Tests.Users;

/// <summary>rules.md, rules 5 and 6.</summary>
public sealed class SignOnTests
{
    private const string Id = "0192f000-0000-7000-8000-000000000001";
    private static readonly EventOrigin Origin = new("sign-in", "door", "correlation");
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly DateTimeOffset Deadline = DateTimeOffset.MaxValue;

    // By Okta id first, then by address; who fits several is nobody.
    [Theory]
    [InlineData("a", "", "a", null)]
    [InlineData("a,a", "b", "a", null)]
    [InlineData("a,b", "", null, "okta-id-ambiguous")]
    [InlineData("", "a", "a", null)]
    [InlineData("", "a,a", "a", null)]
    [InlineData("", "a,b", null, "email-ambiguous")]
    [InlineData("", "", null, "unknown-user")]
    public void Match_OfHolders_IsOnePersonOrNobody(string byId, string byEmail, string? userId, string? reason) =>
        Assert.Equal(new SignOnMatch(userId, reason), SignOnMatching.Decide(Ids(byId), Ids(byEmail)));

    [Theory]
    [InlineData(null, null, "ann@x", "00u1", "ann@x", "link")]
    [InlineData(null, null, "ann@x", "00u1", "ANN@X", "link")]
    [InlineData(null, null, "ann@x", "00u1", "bob@x", "unknown-user")]
    [InlineData(null, null, "ann@x", "00u1", null, "unknown-user")]
    [InlineData(null, null, "ann@x", null, "ann@x", "in")]
    [InlineData("00u1", null, "ann@x", "00u1", null, "in")]
    [InlineData("00u1", null, "ann@x", "00u2", "ann@x", "linked-to-another")]
    [InlineData("00u1", null, "ann@x", null, "ann@x", "okta-id-missing")]
    [InlineData("00u1", "00u2", "ann@x", "00u2", null, "in")]
    [InlineData("00u1", "00u2", "ann@x", "00u1", "ann@x", "linked-to-another")]
    [InlineData(null, "00u2", "ann@x", "00u1", "ann@x", "linked-to-another")]
    public void SignOn_OfWhoIsLinkedOrHasTheAddress_IsDecidedByTheId(
        string? externalId, string? linked, string address, string? oktaId, string? email, string expected)
    {
        var user = User(externalId, address, linked);
        var decision = SignOnLifecycle.Decide(user, Command(oktaId, email), Now);
        if (decision is ResourceDecision.Refused refused)
        {
            Assert.Equal(expected, refused.Error.Id);
            return;
        }

        var step = Assert.IsType<ResourceDecision.Transition>(decision);
        var next = ((UserRecord)step.Next!).Account;
        Assert.Equal(EventTypes.SignInSucceeded, step.EventType);
        Assert.Equal(expected == "link", Encoding.UTF8.GetString(step.Changes.Span).Contains("account.oktaId", StringComparison.Ordinal));
        Assert.Equal(expected == "link" ? oktaId : linked, next.OktaId);
        Assert.Equal(("oidc", "sid"), (Assert.Single(next.Sessions!).Method, next.Sessions![0].ProviderSessionId));
    }

    [Theory]
    [InlineData(Roles.Owner, "link-by-hand")]
    [InlineData(Roles.Admin, "link-by-hand")]
    [InlineData(Roles.Hr, null)]
    public void SignOn_FirstByEmail_IsNotForOwnersAndAdmins(string role, string? reason)
    {
        var user = User(null, "ann@x", null);
        user = user with { Account = user.Account with { Role = role } };
        Assert.Equal(reason, (SignOnLifecycle.Decide(user, Command("00u1", "ann@x"), Now) as ResourceDecision.Refused)?.Error.Id);
        var linked = user with { Account = user.Account with { OktaId = "00u1" } };
        Assert.IsType<ResourceDecision.Transition>(SignOnLifecycle.Decide(linked, Command("00u1", null), Now));
    }

    [Theory]
    [InlineData(null, "not-invited")]
    [InlineData(Invitation.Scheduled, "not-invited")]
    [InlineData(Invitation.Awaiting, "not-invited")]
    [InlineData(Invitation.Pending, null)]
    [InlineData(Invitation.Confirmed, null)]
    public void SignOn_ByInvitation_AcceptsTheOneThatIsOut(string? state, string? reason)
    {
        var user = User("00u1", "ann@x", null);
        user = user with { Account = user.Account with { Invitation = state is null ? null : new Invitation(state, Now), InvitationLink = new("link", Now, false) } };
        var decision = SignOnLifecycle.Decide(user, Command("00u1", null), Now);
        Assert.Equal(reason, (decision as ResourceDecision.Refused)?.Error.Id);
        if (decision is ResourceDecision.Transition { Next: UserRecord next })
        {
            Assert.Equal(Invitation.Confirmed, next.Account.Invitation!.State);
            Assert.Equal(state == Invitation.Pending, next.Account.InvitationLink is null);
        }
    }

    [Fact]
    public void SignOn_SentAgainOrDeactivated_BeginsNoSession()
    {
        var user = User("00u1", "ann@x", null);
        var next = (UserRecord)Assert.IsType<ResourceDecision.Transition>(SignOnLifecycle.Decide(user, Command("00u1", null), Now)).Next!;
        Assert.IsType<ResourceDecision.Unchanged>(SignOnLifecycle.Decide(next, Command("00u1", null), Now));

        var gone = user with { Document = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(user.Document).Replace("\"active\":true", "\"active\":false", StringComparison.Ordinal)) };
        Assert.Equal("account-deactivated", Assert.IsType<ResourceDecision.Refused>(SignOnLifecycle.Decide(gone, Command("00u1", null), Now)).Error.Id);
    }

    [Fact]
    public void Unlink_OfALinkedAccount_EndsItsSessions()
    {
        var user = User(null, "ann@x", "00u1");
        var next = (UserRecord)Assert.IsType<ResourceDecision.Transition>(AccountLifecycle.Unlink(user, new UnlinkOkta(Origin, Deadline), Now)).Next!;
        Assert.Equal((null, user.Account.Epoch + 1), (next.Account.OktaId, next.Account.Epoch));
        Assert.IsType<ResourceDecision.Unchanged>(AccountLifecycle.Unlink(next, new UnlinkOkta(Origin, Deadline), Now));
    }

    private static string[] Ids(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static SignOn Command(string? oktaId, string? email) =>
        new(Origin, Deadline, "s1", SignInMethods.OpenIdConnect, ["pwd"], new SignInPlace("192.0.2.1", "Browser/1"), oktaId, email) { ProviderSessionId = "sid" };

    private static UserRecord User(string? externalId, string address, string? linked)
    {
        var external = externalId is null ? "" : $",\"externalId\":\"{externalId}\"";
        var attributes = Encoding.UTF8.GetBytes($$"""{"userName":"ann","emails":[{"value":"{{address}}"}]{{external}}}""");
        var created = Assert.IsType<ResourceDecision.Transition>(Lifecycle.Decide(Id, null, new CreateResource(Origin, Deadline, attributes), Now));
        var user = (UserRecord)created.Next!;
        return user with { Account = user.Account with { OktaId = linked, Invitation = new Invitation(Invitation.Confirmed, Now) } };
    }
}
