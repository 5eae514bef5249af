using System.Text;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users;
using OrleansIdentity.Grains.Users.Accounts;

namespace OrleansIdentity.Grains.Tests.Users;

public sealed class AccountLifecycleTests
{
    private const string Id = "0192f000-0000-7000-8000-000000000001";
    private static readonly EventOrigin Origin = new("host", "key", "correlation");
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly DateTimeOffset Deadline = DateTimeOffset.MaxValue;

    [Fact]
    public void Create_NewUser_IsAViewer() => Assert.Equal(Roles.Viewer, Created().Account.Role);

    [Fact]
    public void SetRole_Another_RaisesTheEpochAndLeavesTheRepresentation()
    {
        var user = Created();

        var step = Step(AccountLifecycle.SetRole(user, new SetRole(Origin, Deadline, Roles.Admin), Now.AddDays(1)));

        var next = (UserRecord)step.Next!;
        Assert.Equal((Roles.Admin, user.Account.Epoch + 1), (next.Account.Role, next.Account.Epoch));
        Assert.Same(user.Document, next.Document);
        Assert.Equal(user.Meta, next.Meta);
        Assert.Equal(EventTypes.UserRoleChanged, step.EventType);
        Assert.Equal("""[{"path":"account.role","before":"viewer","after":"admin"}]""", Encoding.UTF8.GetString(step.Changes.Span));
        Assert.Contains(step.Keys, key => key.Attribute == "userName");
    }

    [Fact]
    public void SetRole_TheSame_IsUnchanged() =>
        Assert.IsType<ResourceDecision.Unchanged>(AccountLifecycle.SetRole(Created(), new SetRole(Origin, Deadline, Roles.Viewer), Now));

    [Theory]
    [InlineData("")]
    [InlineData("Owner")]
    [InlineData("root")]
    public void SetRole_Unknown_IsRefused(string role) => Assert.Equal(
        "role-unknown",
        Assert.IsType<ResourceDecision.Refused>(AccountLifecycle.SetRole(Created(), new SetRole(Origin, Deadline, role), Now)).Error.Id);

    // rules.md, rule 10: deactivation ends every session.
    [Fact]
    public void Deactivation_RaisesTheEpoch_AndNothingElseDoes()
    {
        var user = Created();
        var renamed = Next(Lifecycle.Decide(Id, user, Patch("nickName", "\"n\""), Now));
        var deactivated = Next(Lifecycle.Decide(Id, renamed, Patch("active", "false"), Now));
        var reactivated = Next(Lifecycle.Decide(Id, deactivated, Patch("active", "true"), Now));

        Assert.Equal((0, 0, 1, 1), (user.Account.Epoch, renamed.Account.Epoch, deactivated.Account.Epoch, reactivated.Account.Epoch));
    }

    // rules.md, rule 3: provisioning never grants a role, and takes none.
    [Fact]
    public void Provisioning_RolesOfTheRepresentation_LeaveTheRole()
    {
        var admin = Next(AccountLifecycle.SetRole(Created(), new SetRole(Origin, Deadline, Roles.Admin), Now));
        var pushed = Next(Lifecycle.Decide(Id, admin, Patch("roles", """[{"value":"owner"}]"""), Now));
        Assert.Equal(Roles.Admin, pushed.Account.Role);
    }

    [Fact]
    public void ActiveOwner_WhateverEndsThat_IsGuarded()
    {
        var owner = Next(AccountLifecycle.SetRole(Created(), new SetRole(Origin, Deadline, Roles.Owner), Now));

        Assert.NotNull(Step(Lifecycle.Decide(Id, owner, Patch("active", "false"), Now)).Guard);
        Assert.NotNull(Step(Lifecycle.Decide(Id, owner, new DeleteResource(Origin, Deadline, null), Now)).Guard);
        Assert.NotNull(Step(AccountLifecycle.SetRole(owner, new SetRole(Origin, Deadline, Roles.Hr), Now)).Guard);
        Assert.Null(Step(Lifecycle.Decide(Id, owner, Patch("nickName", "\"n\""), Now)).Guard);
        Assert.Contains(Step(Lifecycle.Decide(Id, owner, Patch("nickName", "\"n\""), Now)).Keys, key => key.Attribute == "account.owner");
    }

    [Fact]
    public void InactiveOwner_HoldsNoPlaceAndNeedsNoGuard()
    {
        var owner = Next(AccountLifecycle.SetRole(Created(), new SetRole(Origin, Deadline, Roles.Owner), Now));
        var step = Step(Lifecycle.Decide(Id, owner, Patch("active", "false"), Now));

        Assert.DoesNotContain(step.Keys, key => key.Attribute == "account.owner");
        Assert.Null(Step(Lifecycle.Decide(Id, (UserRecord)step.Next!, new DeleteResource(Origin, Deadline, null), Now)).Guard);
    }

    [Fact]
    public void Stored_BeforeThereWereAccounts_IsTheInitialOne() => Assert.Equal(Account.Initial, Account.From(default));

    [Fact]
    public void Stored_IsReadBack()
    {
        var account = new Account { Role = Roles.Owner, Epoch = 7 };
        Assert.Equal(account, Account.From(account.ToBytes()));
    }

    private static UserRecord Created() => Next(Lifecycle.Decide(Id, null, new CreateResource(Origin, Deadline, """{"userName":"ann"}"""u8.ToArray()), Now));

    private static UserRecord Next(ResourceDecision decision) => (UserRecord)Step(decision).Next!;

    private static ResourceDecision.Transition Step(ResourceDecision decision) => Assert.IsType<ResourceDecision.Transition>(decision);

    private static PatchResource Patch(string path, string value) => new(Origin, Deadline, null, Encoding.UTF8.GetBytes(
        $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"{{path}}","value":{{value}}}]}"""));
}
