using System.Text;
using CsCheck;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users;
using OrleansIdentity.Grains.Users.Accounts;
using OrleansIdentity.Grains.Users.Sessions;

namespace OrleansIdentity.Grains.Tests.Users;

public sealed class SessionLifecycleTests
{
    private const string Id = "0192f000-0000-7000-8000-000000000001";
    private static readonly EventOrigin Origin = new("sign-in", "door", "correlation");
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly DateTimeOffset Deadline = DateTimeOffset.MaxValue;

    [Fact]
    public void Start_ActiveUser_AddsASessionAndTellsHowInTheEvent()
    {
        var user = Created();
        var step = Step(SessionLifecycle.Start(user, Start("s1"), Now));

        var next = (UserRecord)step.Next!;
        Assert.Equal("s1", Assert.Single(next.Account.Sessions!).Id);
        Assert.Equal((user.Account.Epoch, user.Meta), (next.Account.Epoch, next.Meta));
        Assert.Equal(EventTypes.SignInSucceeded, step.EventType);
        var changes = Encoding.UTF8.GetString(step.Changes.Span);
        Assert.All(new[] { "password", "pwd", "192.0.2.1", "Browser/1", "succeeded" }, text => Assert.Contains(text, changes, StringComparison.Ordinal));
    }

    [Fact]
    public void Start_SentAgain_BeginsNoOther()
    {
        var user = Next(SessionLifecycle.Start(Created(), Start("s1"), Now));
        Assert.IsType<ResourceDecision.Unchanged>(SessionLifecycle.Start(user, Start("s1"), Now));
    }

    [Fact]
    public void Start_DeactivatedUser_IsRefused()
    {
        var user = Next(Lifecycle.Decide(Id, Created(), Patch("active", "false"), Now));
        Assert.Equal("account-deactivated", Refused(SessionLifecycle.Start(user, Start("s1"), Now)));
    }

    // The door hashes outside the grain: what it has seen may be of the past by now.
    [Fact]
    public void Start_PasswordChangedSinceTheDoorSawIt_IsRefused()
    {
        var user = Next(SessionLifecycle.SetPassword(Created(), new SetPassword(Origin, Deadline, "new"), Now));
        Assert.Equal("password-changed", Refused(SessionLifecycle.Start(user, Start("s1") with { VerifiedHash = "old" }, Now)));
        Assert.NotNull(Next(SessionLifecycle.Start(user, Start("s1") with { VerifiedHash = "new" }, Now)).Account.Sessions);
    }

    [Fact]
    public void Start_HashOfALowerCost_IsReplacedWithoutEndingSessions()
    {
        var user = Next(SessionLifecycle.SetPassword(Created(), new SetPassword(Origin, Deadline, "cheap"), Now));
        var first = Next(SessionLifecycle.Start(user, Start("s1"), Now));
        var second = Next(SessionLifecycle.Start(first, Start("s2") with { VerifiedHash = "cheap", Rehashed = "dear" }, Now.AddDays(1)));
        Assert.Equal(("dear", Now), (second.Account.Password!.Hash, second.Account.Password.ChangedAt));
        Assert.Equal(2, second.Account.Sessions!.Length);
    }

    [Fact]
    public void Start_BeyondTheMost_EndsTheOldest()
    {
        var user = Created();
        for (var number = 0; number <= SessionLifecycle.MaxSessions; number++)
        {
            user = Next(SessionLifecycle.Start(user, Start($"s{number}"), Now));
        }

        Assert.Equal(SessionLifecycle.MaxSessions, user.Account.Sessions!.Length);
        Assert.Null(user.Account.Find("s0"));
        Assert.NotNull(user.Account.Find("s1"));
    }

    [Fact]
    public void Start_WhateverTheBrowserSends_FitsTheRecord()
    {
        var user = Created();
        for (var number = 0; number < SessionLifecycle.MaxSessions; number++)
        {
            var command = Start(Guid.CreateVersion7(Now).ToString("n")) with
            {
                Place = new SignInPlace(new string('ä', 5_000), new string('"', 100_000) + "\r\n"),
                Factors = [.. Enumerable.Repeat(new string('\u0001', 1_000), 100)],
                ProviderSessionId = new string('漢', 200),
            };
            user = Next(SessionLifecycle.Start(user, command, Now));
        }

        Assert.True(user.Account.ToBytes().Length < PutRecord.MaxPrivateBytes * 3 / 4);
        Assert.Equal("account-deactivated", Refused(SessionLifecycle.Start(Next(Lifecycle.Decide(Id, user, Patch("active", "false"), Now)), Start("x"), Now)));
    }

    [Fact]
    public void Link_AnotherOktaUser_IsRefusedAndTheKeyIsKept()
    {
        var linked = Step(AccountLifecycle.Link(Created(), new LinkOkta(Origin, Deadline, "00u1"), Now));
        Assert.Contains(AccountKeys.OktaId("00u1"), linked.Keys);
        var user = (UserRecord)linked.Next!;
        Assert.IsType<ResourceDecision.Unchanged>(AccountLifecycle.Link(user, new LinkOkta(Origin, Deadline, "00u1"), Now));
        Assert.Equal("account-linked", Refused(AccountLifecycle.Link(user, new LinkOkta(Origin, Deadline, "00u2"), Now)));
        Assert.Contains(AccountKeys.OktaId("00u1"), Step(Lifecycle.Decide(Id, user, Patch("nickName", "\"n\""), Now)).Keys);
    }

    // rules.md, rule 10, for every order of what can happen: live is what began after the last thing that ends all, and was not ended itself.
    [Fact]
    public void Sessions_AnyHistory_AreLiveAsTheModelSays() =>
        Gen.Int[0, 6].Array[1, 60].Sample(history =>
        {
            var (user, active) = (Created(), true);
            var live = new List<(string Id, long Epoch)>();
            var over = new List<(string Id, long Epoch)>();
            foreach (var (what, step) in history.Select((what, step) => (what, step)))
            {
                var decision = what switch
                {
                    0 or 1 => SessionLifecycle.Start(user, Start($"s{step}"), Now),
                    2 => SessionLifecycle.End(user, new EndSession(Origin, Deadline, live.Count > 0 ? live[step % live.Count].Id : "none"), Now),
                    3 => SessionLifecycle.EndAll(user, Now),
                    4 => Lifecycle.Decide(Id, user, Patch("active", active ? "false" : "true"), Now),
                    5 => SessionLifecycle.SetPassword(user, new SetPassword(Origin, Deadline, $"h{step}"), Now),
                    _ => AccountLifecycle.SetRole(user, new SetRole(Origin, Deadline, step % 2 == 0 ? Roles.Hr : Roles.Admin), Now),
                };
                if (decision is not ResourceDecision.Transition { Next: UserRecord next })
                {
                    continue;
                }

                if (what <= 1)
                {
                    live.Add(($"s{step}", next.Account.Epoch));
                }
                else if (what == 2)
                {
                    over.Add(live[step % live.Count]);
                    live.RemoveAt(step % live.Count);
                }
                else if (what != 4 || active)
                {
                    over.AddRange(live);
                    live.Clear();
                }

                active = what == 4 ? !active : active;
                user = next;
                Assert.All(live.TakeLast(SessionLifecycle.MaxSessions), session => Assert.True(IsLive(user, session)));
                Assert.All(over, session => Assert.False(IsLive(user, session)));
            }
        });

    private static bool IsLive(UserRecord user, (string Id, long Epoch) session) =>
        user.Account.Epoch == session.Epoch && UserRecordRead(user).Account.Find(session.Id) is not null;

    // As the store gives it back.
    private static UserRecord UserRecordRead(UserRecord user) => user with { Account = Account.From(user.Account.ToBytes()) };

    private static StartSession Start(string id) =>
        new(Origin, Deadline, id, SignInMethods.Password, ["pwd"], new SignInPlace("192.0.2.1", "Browser/1"));

    private static UserRecord Created() => Next(Lifecycle.Decide(Id, null, new CreateResource(Origin, Deadline, """{"userName":"ann"}"""u8.ToArray()), Now));

    private static UserRecord Next(ResourceDecision decision) => (UserRecord)Step(decision).Next!;

    private static ResourceDecision.Transition Step(ResourceDecision decision) => Assert.IsType<ResourceDecision.Transition>(decision);

    private static string Refused(ResourceDecision decision) => Assert.IsType<ResourceDecision.Refused>(decision).Error.Id;

    private static PatchResource Patch(string path, string value) => new(Origin, Deadline, null, Encoding.UTF8.GetBytes(
        $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"{{path}}","value":{{value}}}]}"""));
}
