using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.Tests.Users;

/// <summary>What reads of Okta make of a user, in whatever order they arrive.</summary>
public sealed class SyncLifecycleTests
{
    private const string Id = "0192f000-0000-7000-8000-000000000001";
    private static readonly EventOrigin Origin = new("sync", "sync", "");
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Fact]
    public void Read_OfANewPerson_CreatesAUserThatOneLookTellsIsRight()
    {
        var user = Apply(null, Read(1, active: true, "Sales"))!;
        var attributes = ResourceDocument.ReadAttributes(user.Document);
        Assert.Equal(("ann@x.io", "00u1", true), (attributes["userName"]!.GetValue<string>(), attributes["externalId"]!.GetValue<string>(), user.IsActive));
        Assert.Equal("digest-True-Sales", user.Account.Sync!.Digest);
        Assert.IsType<ResourceDecision.Unchanged>(Decide(user, Read(2, active: true, "Sales")));
    }

    [Fact]
    public void Read_OfSomebodyWithoutAccess_CreatesNobody() =>
        Assert.Equal("resource-not-found", Assert.IsType<ResourceDecision.Refused>(Decide(null, Read(1, active: false, "Sales"))).Error.Id);

    [Fact]
    public void Read_OfALaggingList_UndoesNothingThatASingleReadHasShown()
    {
        var user = Apply(null, Read(1, active: true, "New") with { OktaUpdatedAt = Start });
        var lagging = Read(2, active: true, "Old") with { OktaUpdatedAt = Start.AddMinutes(-1) };
        Assert.Equal(Lifecycle.Older, Assert.Single(Assert.IsType<ResourceDecision.Unchanged>(Decide(user, lagging)).Ignored));
    }

    [Fact]
    public void Change_ByAnythingElse_MakesTheNextReadLookAgain()
    {
        var user = Apply(null, Read(1, active: true, "Sales"))!;
        var edit = new EditProfile(Origin, DateTimeOffset.MaxValue, null, """{"primary_team":"Legal"}"""u8.ToArray()) { By = new Actor("boss", Roles.Admin) };
        var edited = (UserRecord)Assert.IsType<ResourceDecision.Transition>(Lifecycle.Decide(Id, user, edit, Start)).Next!;
        Assert.Null(edited.Account.Sync!.Digest);
        Assert.Equal("primary_team", Assert.Single(edited.Account.Manual!).Key);

        // Rule 12: overwritten by the next sync, and no longer an edit.
        var synced = Apply(edited, Read(2, active: true, "Sales"))!;
        Assert.Null(synced.Account.Manual);
        Assert.Equal("digest-True-Sales", synced.Account.Sync!.Digest);
    }

    [Theory]
    [InlineData(Roles.Owner, "privileged-account")]
    [InlineData(Roles.Admin, "privileged-account")]
    [InlineData(Roles.Viewer, null)]
    public void Read_OfAnAccountThatIsNobodysYet_JoinsItUnlessItIsPrivileged(string role, string? refused)
    {
        var plain = Apply(null, Read(1, active: true, "Sales"))!;
        var attributes = ResourceDocument.ReadAttributes(plain.Document);
        attributes.Remove("externalId");
        var nobodys = UserRecord.With(
            new ResourceRecord(plain.Meta, ResourceDocument.Write(OrleansIdentity.Scim.Schemas.ResourceTypes.User, Id, attributes, plain.Meta)),
            plain.Account with { Role = role, Sync = null });
        Assert.Equal(refused, (Decide(nobodys, Read(2, active: true, "Sales")) as ResourceDecision.Refused)?.Error.Id);
    }

    [Fact]
    public void Read_OfAnotherPerson_IsRefused()
    {
        var user = Apply(null, Read(1, active: true, "Sales"));
        var other = Read(2, active: true, "Sales", oktaId: "00u2");
        Assert.Equal("account-linked", Assert.IsType<ResourceDecision.Refused>(Decide(user, other)).Error.Id);
    }

    private static SyncUser Read(int second, bool active, string department, string oktaId = "00u1") =>
        new(Origin, DateTimeOffset.MaxValue, oktaId, Start.AddSeconds(second), active)
        {
            Fields = Encoding.UTF8.GetBytes(new JsonObject { ["user_name"] = "ann@x.io", ["email"] = "ann@x.io", ["primary_team"] = department }.ToJsonString()),
            Digest = $"digest-{active}-{department}",
        };

    private static ResourceDecision Decide(UserRecord? user, SyncUser read) => Lifecycle.Decide(Id, user, read, Start.AddHours(1));

    private static UserRecord? Apply(UserRecord? user, SyncUser read) => Decide(user, read) is ResourceDecision.Transition step ? (UserRecord?)step.Next : user;
}
