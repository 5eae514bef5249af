using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users;
using OrleansIdentity.Grains.Users.Accounts;
using OrleansIdentity.Grains.Users.Links;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Tests.Users;

/// <summary>What edits by hand, syncs and invitations make of an account.</summary>
public sealed class PeopleLifecycleTests
{
    private const string Id = "0192f000-0000-7000-8000-000000000001";
    private static readonly EventOrigin Origin = new("host", "key", "correlation");
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly DateTimeOffset Deadline = DateTimeOffset.MaxValue;
    private static readonly Actor Owner = new("owner-id", Roles.Owner);

    // rules.md, rule 12.
    [Fact]
    public void Sync_OfAnotherValue_EndsTheEdit_AndAnEchoDoesNot()
    {
        var edited = Next(Edit(Synced("""{"userName":"ann","title":"Engineer"}"""), """{"job_title":"Poet"}"""));
        var edit = edited.Account.Manual!["job_title"];
        Assert.Equal(("Engineer", "owner-id", Now), (edit.OktaValue!.GetValue<string>(), edit.By, edit.At));

        // Okta's PUT lays its attributes over what GET has shown: this one changes another attribute alone.
        var echoed = Next(Put(edited, """{"userName":"ann","title":"Poet","nickName":"n"}"""));
        Assert.Equal("Engineer", echoed.Account.Manual!["job_title"].OktaValue!.GetValue<string>());

        Assert.Null(Next(Put(echoed, """{"userName":"ann","title":"Engineer"}""")).Account.Manual);
        Assert.Null(Next(Put(echoed, """{"userName":"ann"}""")).Account.Manual);
    }

    // rules.md, rule 12: "Fields that Okta does not supply are untouched"; what it supplied, silence clears.
    [Fact]
    public void Put_WithoutAField_ClearsItOnlyIfOktaSuppliedIt()
    {
        var edited = Next(Edit(Synced("""{"userName":"ann","title":"Engineer"}"""), """{"timezone":"Europe/Berlin","email":"ann@x.io"}"""));

        var synced = Attributes(Next(Put(edited, """{"userName":"ann"}""")));

        Assert.Equal("Europe/Berlin", synced["timezone"]!.GetValue<string>());
        Assert.Equal("ann@x.io", synced["emails"]![0]!["value"]!.GetValue<string>());
        Assert.Null(synced["title"]);
    }

    [Fact]
    public void Edit_Undone_LeavesNoTrace_AndASecondOneKeepsWhatOktaSupplied()
    {
        var user = Synced("""{"userName":"ann","title":"Engineer"}""");
        var twice = Next(Edit(Next(Edit(user, """{"job_title":"Poet"}""")), """{"job_title":"Clown"}"""));
        Assert.Equal("Engineer", twice.Account.Manual!["job_title"].OktaValue!.GetValue<string>());
        Assert.Null(Next(Edit(twice, """{"job_title":"Engineer"}""")).Account.Manual);
        Assert.IsType<ResourceDecision.Unchanged>(Edit(user, """{"job_title":"Engineer"}"""));
    }

    [Fact]
    public void Account_WithEditsAndInvitation_IsReadBack()
    {
        var user = Next(Edit(Synced("""{"userName":"ann","title":"E"}"""), """{"job_title":null,"timezone":"UTC"}"""));
        var read = Account.From(user.Account.ToBytes());
        Assert.Equal(user.Account.Manual!.Keys.Order(), read.Manual!.Keys.Order());
        Assert.Equal("E", read.Manual["job_title"].OktaValue!.GetValue<string>());
        Assert.Null(read.Manual["timezone"].OktaValue);
    }

    [Theory]
    [InlineData(Roles.Hr, Roles.Viewer, null)]
    [InlineData(Roles.Hr, Roles.Hr, null)]
    [InlineData(Roles.Hr, Roles.Admin, "account-above-role")]
    [InlineData(Roles.Hr, Roles.Owner, "account-above-role")]
    [InlineData(Roles.Admin, Roles.Admin, null)]
    [InlineData(Roles.Admin, Roles.Owner, "account-above-role")]
    [InlineData(Roles.Owner, Roles.Owner, null)]
    [InlineData(Roles.Viewer, Roles.Viewer, "role-insufficient")]
    [InlineData("curator", Roles.Viewer, "role-insufficient")]
    public void Edit_ByARole_OfAnAccount(string by, string target, string? refusal)
    {
        var user = Synced("""{"userName":"ann"}""");
        user = user with { Account = user.Account with { Role = target } };
        var decision = Lifecycle.Decide(Id, user, new EditProfile(Origin, Deadline, null, """{"title":"Dr."}"""u8.ToArray()) { By = new Actor("x", by) }, Now);
        Assert.Equal(refusal, (decision as ResourceDecision.Refused)?.Error.Id);
    }

    [Theory]
    [InlineData(Roles.Hr, Roles.Viewer, "curator", "role-grant-forbidden")]
    [InlineData(Roles.Admin, Roles.Viewer, Roles.Admin, null)]
    [InlineData(Roles.Admin, Roles.Viewer, Roles.Owner, "role-grant-forbidden")]
    [InlineData(Roles.Admin, Roles.Owner, Roles.Viewer, "account-above-role")]
    [InlineData(Roles.Owner, Roles.Viewer, Roles.Owner, null)]
    public void SetRole_ByARole(string by, string target, string role, string? refusal)
    {
        var user = Synced("""{"userName":"ann"}""");
        user = user with { Account = user.Account with { Role = target } };
        var decision = AccountLifecycle.SetRole(user, new SetRole(Origin, Deadline, role) { By = new Actor("x", by) }, Now);
        Assert.Equal(refusal, (decision as ResourceDecision.Refused)?.Error.Id);
    }

    // rules.md, rule 15.
    [Fact]
    public void Invitation_GoesItsWay()
    {
        Assert.Equal(AccountStatuses.NotInvited, Synced("""{"userName":"ann"}""").Status);
        var scheduled = Synced("""{"userName":"ann"}""", new InvitationPolicy(Automatic: true, null));
        Assert.Equal((AccountStatuses.InviteScheduled, (DateTimeOffset?)Now), (scheduled.Status, scheduled.Account.Invitation!.At));
        Assert.Equal("link-invalid", Assert.IsType<ResourceDecision.Refused>(LinkLifecycle.Use(scheduled, new UseLink(Origin, Deadline, "l1", "hash"), Now)).Error.Id);

        var pending = Next(LinkLifecycle.Make(scheduled, Invite("l1"), Now.AddHours(1)));
        Assert.Equal(AccountStatuses.InvitePending, pending.Status);
        var confirmed = Next(LinkLifecycle.Use(pending, new UseLink(Origin, Deadline, "l1", "hash"), Now.AddHours(3)));
        Assert.Equal(AccountStatuses.Confirmed, confirmed.Status);
        Assert.IsType<ResourceDecision.Unchanged>(InvitationLifecycle.Schedule(confirmed, ResourceTypes.User, Schedule, Now));

        var deactivated = Next(Lifecycle.Decide(Id, scheduled, new EditProfile(Origin, Deadline, null, "{}"u8.ToArray(), Active: false) { By = Owner }, Now));
        Assert.Equal(AccountStatuses.Deactivated, deactivated.Status);
        Assert.Equal("account-deactivated", Assert.IsType<ResourceDecision.Refused>(LinkLifecycle.Make(deactivated, Invite("l1"), Now)).Error.Id);
        Assert.Contains(Step(LinkLifecycle.Make(scheduled, Invite("l1"), Now)).Keys, key => key is { Attribute: "account.status", Value: AccountStatuses.InvitePending });
    }

    [Fact]
    public void Invitation_FromTheHireDate_FollowsItUntilItIsOut()
    {
        var schema = new SchemaDefinition("urn:acme:user", "Acme", "Acme", [new AttributeDefinition { Name = "hired" }]);
        var type = new ResourceType("User", "User", "/Users", ResourceTypes.User.Schema, [.. ResourceTypes.User.Extensions, new SchemaExtension(schema, Required: false)]);
        var policy = new InvitationPolicy(Automatic: true, "hired");
        JsonObject With(string? date) => date is null ? [] : new JsonObject { ["urn:acme:user"] = new JsonObject { ["hired"] = date } };

        var awaiting = InvitationLifecycle.Begin(type, With(null), policy, Now);
        Assert.Equal((Invitation.Awaiting, AccountStatuses.NotInvited), (awaiting!.State, Invitation.Status(awaiting, isActive: true)));
        var scheduled = InvitationLifecycle.Follow(awaiting, type, With(null), With("2026-05-01"), policy, Now);
        Assert.Equal(new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero), scheduled!.At);
        Assert.Equal(Now, InvitationLifecycle.Follow(scheduled, type, With("2026-05-01"), With("2020-01-01"), policy, Now)!.At);
        Assert.Equal(Invitation.Awaiting, InvitationLifecycle.Begin(type, With("soon"), policy, Now)!.State);
        var pending = new Invitation(Invitation.Pending, Now, FollowsHireDate: true);
        Assert.Same(pending, InvitationLifecycle.Follow(pending, type, With("2026-05-01"), With("2026-06-01"), policy, Now));
    }

    // A note too many, or two who look at one note, must not make two mails of one creation.
    [Fact]
    public void Invitation_MadeUnderAConditionThatIsNotMet_StaysAsItIs()
    {
        var scheduled = Synced("""{"userName":"ann"}""", new InvitationPolicy(Automatic: true, null));
        MakeLink If(string id, InvitationCondition condition) => Invite(id) with { Condition = condition };
        Assert.IsType<ResourceDecision.Unchanged>(LinkLifecycle.Make(scheduled, If("l1", InvitationCondition.NotInvited), Now));
        Assert.IsType<ResourceDecision.Unchanged>(LinkLifecycle.Make(scheduled, If("l1", InvitationCondition.Due), Now.AddTicks(-1)));
        var pending = Next(LinkLifecycle.Make(scheduled, If("l1", InvitationCondition.Due), Now));
        Assert.IsType<ResourceDecision.Unchanged>(LinkLifecycle.Make(pending, If("l2", InvitationCondition.Due), Now));
        Assert.IsType<ResourceDecision.Unchanged>(LinkLifecycle.Make(pending, If("l2", InvitationCondition.NotInvited), Now));
        var revoked = Next(LinkLifecycle.RevokeInvitation(pending, new RevokeInvitation(Origin, Deadline), Now));
        Assert.Equal((AccountStatuses.NotInvited, 1), (revoked.Status, revoked.Account.Invitation!.Sent));
        Assert.IsType<ResourceDecision.Unchanged>(LinkLifecycle.Make(revoked, If("l3", InvitationCondition.Due), Now));
        Assert.Equal(AccountStatuses.InvitePending, Next(LinkLifecycle.Make(revoked, If("l3", InvitationCondition.NotInvited), Now)).Status);
    }

    [Fact]
    public void Invitation_SentAgainByAPerson_WaitsTwiceAsLongEachTimeUpToADay()
    {
        var (user, now, waits) = (Synced("""{"userName":"ann"}"""), Now, new List<double>());
        for (var number = 1; number <= 13; number++)
        {
            user = Next(LinkLifecycle.Make(user, Invite($"l{number}") with { By = Owner }, now));
            Assert.Equal("invitation-too-soon", Assert.IsType<ResourceDecision.Refused>(LinkLifecycle.Make(user, Invite("no") with { By = Owner }, now)).Error.Id);
            user = Next(LinkLifecycle.RevokeInvitation(user, new RevokeInvitation(Origin, Deadline), now));
            var again = user.Account.Invitation!.AgainAt!.Value;
            waits.Add((again - now).TotalMinutes);
            now = again;
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1440, 1440], waits);
    }

    [Theory]
    [InlineData(Roles.Viewer, Roles.Viewer, "role-insufficient")]
    [InlineData(Roles.Hr, Roles.Viewer, null)]
    [InlineData(Roles.Hr, Roles.Admin, "account-above-role")]
    public void Invitation_ByARole_OfAnAccount(string by, string target, string? refusal)
    {
        var user = Synced("""{"userName":"ann"}""", new InvitationPolicy(Automatic: true, null));
        user = user with { Account = user.Account with { Role = target } };
        var actor = new Actor("x", by);
        Assert.Equal(refusal, (LinkLifecycle.Make(user, Invite("l1") with { By = actor }, Now) as ResourceDecision.Refused)?.Error.Id);
        Assert.Equal(refusal, (LinkLifecycle.RevokeInvitation(user, new RevokeInvitation(Origin, Deadline) { By = actor }, Now) as ResourceDecision.Refused)?.Error.Id);
        Assert.Equal(refusal, (InvitationLifecycle.Schedule(user, ResourceTypes.User, Schedule with { By = actor }, Now) as ResourceDecision.Refused)?.Error.Id);
    }

    // The note has to be there before a step is committed: for each that makes an invitation due, and for no other.
    [Fact]
    public void DueAfter_AStep_IsWhenItsInvitationGoesOut()
    {
        var (automatic, none) = (new InvitationPolicy(Automatic: true, null), InvitationPolicy.None);
        var scheduled = Synced("""{"userName":"ann"}""", automatic);
        Assert.Equal(Now, InvitationLifecycle.DueAfter(null, scheduled));
        Assert.Null(InvitationLifecycle.DueAfter(scheduled, Next(Edit(scheduled, """{"job_title":"Poet"}"""))));
        var gone = Next(Access(scheduled, false, automatic));
        Assert.Null(InvitationLifecycle.DueAfter(scheduled, gone));
        Assert.Equal(Now, InvitationLifecycle.DueAfter(gone, Next(Access(gone, true, none))));

        // Who had been sent a link has none any more after a deactivation.
        var pending = Next(LinkLifecycle.Make(scheduled, Invite("l1"), Now));
        var back = Next(Access(Next(Access(pending, false, automatic)), true, automatic));
        Assert.Equal((AccountStatuses.InviteScheduled, 1), (back.Status, back.Account.Invitation!.Sent));
        Assert.Equal(AccountStatuses.InvitePending, Next(Access(Next(Access(pending, false, none)), true, none)).Status);
    }

    private static ScheduleInvitation Schedule => new(Origin, Deadline, new InvitationPolicy(Automatic: true, null), 0);

    private static MakeLink Invite(string id) => new(Origin, Deadline, LinkPurpose.Invitation, id, Now.AddDays(7));

    private static ResourceDecision Access(UserRecord user, bool active, InvitationPolicy policy) => Lifecycle.Decide(
        Id, user, new EditProfile(Origin, Deadline, null, "{}"u8.ToArray(), active) { By = Owner, Invitations = policy }, Now);

    private static UserRecord Synced(string attributes, InvitationPolicy? policy = null) => Next(
        Lifecycle.Decide(Id, null, new CreateResource(Origin, Deadline, Encoding.UTF8.GetBytes(attributes)) { Invitations = policy }, Now));

    private static ResourceDecision Edit(UserRecord user, string fields) =>
        Lifecycle.Decide(Id, user, new EditProfile(Origin, Deadline, null, Encoding.UTF8.GetBytes(fields)) { By = Owner }, Now);

    private static ResourceDecision Put(UserRecord user, string attributes) =>
        Lifecycle.Decide(Id, user, new ReplaceResource(Origin, Deadline, null, Encoding.UTF8.GetBytes(attributes)), Now);

    private static JsonObject Attributes(UserRecord user) => JsonNode.Parse(user.Document)!.AsObject();

    private static UserRecord Next(ResourceDecision decision) => (UserRecord)Step(decision).Next!;

    private static ResourceDecision.Transition Step(ResourceDecision decision) => Assert.IsType<ResourceDecision.Transition>(decision);
}
