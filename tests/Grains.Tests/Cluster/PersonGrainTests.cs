using System.Text;
using OrleansIdentity.Grains.Contracts.People;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Tests.Cluster;

/// <summary>What the host product asks of a user's grain, and of the grain that reads people.</summary>
public sealed class PersonGrainTests(GrainCluster cluster) : ClusterTests(cluster)
{
    private static readonly Actor Admin = new("00000000-0000-7000-8000-000000000001", Roles.Admin);

    private IPeopleGrain People => Cluster.Grains.GetGrain<IPeopleGrain>(Tenant);

    /// <summary>Where the process can die between the steps of an erasure.</summary>
    public static TheoryData<string> Interruptions => ["erased", "remains-unwritten", "remains-written", "deletion-unwritten", "deletion-written"];

    [Fact]
    public async Task EditProfile_IsOneEventByThePerson_AndRemembersWhatOktaSupplied()
    {
        var id = await CreatedAsync("ann");
        await User(id).PatchAsync(Patch("title", "Engineer"));
        var reply = await EditAsync(id, """{"job_title":"Poet"}""");

        Assert.True(reply.Changed);
        var edit = Assert.Single((await User(id).ReadAccountAsync()).Account!.Manual);
        Assert.Equal(("job_title", "\"Engineer\"", Admin.Id), (edit.Field, edit.OktaValue, edit.By));
        Assert.False((await EditAsync(id, """{"job_title":"Poet"}""")).Changed);
        Assert.Equal(3, (await EventsAsync(id)).Count);
        Assert.Equal("role-insufficient", (await EditAsync(id, """{"job_title":"Clown"}""", Admin with { Role = Roles.Viewer })).Error!.Id);

        await User(id).PatchAsync(Patch("title", "Engineer II"));
        Assert.Empty((await User(id).ReadAccountAsync()).Account!.Manual);
    }

    // What a rehearsal says is what comes of it, and it leaves nothing: no record, no event, no team.
    [Fact]
    public async Task EditProfile_Rehearsed_WritesNothing()
    {
        var id = await CreatedAsync("ann");
        await CreatedAsync("bob");
        var commits = 0;
        Store.BeforeCommit = _ => Task.FromResult(Interlocked.Increment(ref commits));

        Assert.True((await EditAsync(id, """{"primary_team":"Sales"}""", rehearse: true)).Changed);
        Assert.Equal(409, (await EditAsync(id, """{"user_name":"BOB"}""", rehearse: true)).Error!.Status);

        Assert.Equal(0, commits);
        Assert.Empty((await People.ListTeamsAsync(null, 10, default)).Teams);
    }

    [Fact]
    public async Task Invitation_FromScheduledToConfirmed_IsAnEventAStep()
    {
        var id = await CreatedAsync("ann");
        var schedule = new ScheduleInvitation(Origin, Deadline, new InvitationPolicy(Automatic: true, null), 0);
        var use = new UseLink(Origin, Deadline, "l1", "hash");
        Assert.Equal("link-invalid", (await User(id).UseLinkAsync(use)).Refusal!.Id);

        Assert.Equal(AccountStatuses.InviteScheduled, (await User(id).ScheduleInvitationAsync(schedule)).Account!.Status);
        Assert.Equal([id], await IdsAsync(new PeopleRequest(null, AccountStatuses.InviteScheduled, null, null, null, null, null, null, 10)));
        Assert.False((await User(id).ScheduleInvitationAsync(schedule)).Changed);
        var link = new MakeLink(Origin, Deadline, LinkPurpose.Invitation, "l1", DateTimeOffset.MaxValue) { Condition = InvitationCondition.Due };
        Assert.Equal(AccountStatuses.InvitePending, (await User(id).MakeLinkAsync(link)).Account!.Status);
        Assert.True((await User(id).UseLinkAsync(use)).Changed);
        Assert.Equal("link-invalid", (await User(id).UseLinkAsync(use)).Refusal!.Id);

        Assert.Equal(AccountStatuses.Confirmed, (await User(id).ReadAccountAsync()).Account!.Status);
        Assert.Equal([1, 2, 3, 4], (await EventsAsync(id)).Select(one => one.Data.Version));
        Assert.Equal(1, (await User(id).ReadAsync()).Version);
    }

    // Whenever the process dies: until the answer, the account is there, deactivated, and can be anonymised again; after it, nothing is left.
    [Theory]
    [MemberData(nameof(Interruptions))]
    public async Task Anonymise_CutShort_IsDoneWhenItIsAskedForAgain(string interruption)
    {
        var id = await CreatedAsync("secret@x.io");
        await User(id).PatchAsync(Patch("active", false));
        Interrupt(interruption);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => AnonymiseAsync(id));

        Store.AfterErase = () => Task.CompletedTask;
        Store.BeforeCommit = Store.AfterCommit = _ => Task.CompletedTask;
        Assert.Equal(
            interruption == "deletion-written" ? AccountStatuses.Anonymised : AccountStatuses.Deactivated, (await User(id).ReadAccountAsync()).Account!.Status);

        Assert.Equal(AccountStatuses.Anonymised, (await AnonymiseAsync(id)).Account!.Status);
        Assert.False((await AnonymiseAsync(id)).Changed);

        Assert.Equal("resource-not-found", (await User(id).ReadAsync()).Error!.Id);
        Assert.DoesNotContain("secret", string.Concat((await EventsAsync(id)).Select(one => Encoding.UTF8.GetString(one.Data.Changes.Span))));
        Assert.Equal([id], await IdsAsync(new PeopleRequest(null, AccountStatuses.Anonymised, null, null, null, null, null, null, 10)));
        Assert.NotEqual(id, await CreatedAsync("secret@x.io"));
    }

    // A name that fits two people means nobody; an Okta id is a name only for those who may see it.
    [Fact]
    public async Task Resolve_ByAnyName_IsWhoeverAloneHasIt()
    {
        var (ann, bob) = (await CreatedAsync("ann@x.io"), await CreatedAsync("bob"));
        await EditAsync(bob, """{"email":"ann@x.io"}""");
        await User(bob).PatchAsync(Patch("externalId", "00ubob"));

        Assert.Equal(new[] { null, ann, bob, null, null }, await People.ResolveAsync(["ann@x.io", ann, "BOB", "00ubob", "nobody"], withOktaIds: false, default));
        Assert.Equal(new[] { bob }, await People.ResolveAsync(["00ubob"], withOktaIds: true, default));
    }

    private void Interrupt(string interruption)
    {
        switch (interruption)
        {
            case "erased":
                Store.AfterErase = Fail;
                break;
            case "remains-unwritten":
                Store.BeforeCommit = commit => commit.Change is PutRecord { Key.Kind: RecordKinds.Anonymised } ? Fail() : Task.CompletedTask;
                break;
            case "remains-written":
                Store.AfterCommit = commit => commit.Change is PutRecord { Key.Kind: RecordKinds.Anonymised } ? Fail() : Task.CompletedTask;
                break;
            case "deletion-unwritten":
                Store.BeforeCommit = commit => commit.Change is DeleteRecord ? Fail() : Task.CompletedTask;
                break;
            case "deletion-written":
                Store.AfterCommit = commit => commit.Change is DeleteRecord ? Fail() : Task.CompletedTask;
                break;
            default:
                throw new ArgumentException("No such interruption.", nameof(interruption));
        }

        static Task Fail() => throw new StoreUnavailableException("Told to be down.");
    }

    private Task<AccountReply> AnonymiseAsync(string id) => User(id).AnonymiseAsync(new AnonymiseAccount(Origin, Deadline) { By = Admin });

    private Task<ResourceReply> EditAsync(string id, string fields, Actor? by = null, bool rehearse = false) =>
        User(id).EditProfileAsync(new EditProfile(Origin, Deadline, null, Encoding.UTF8.GetBytes(fields)) { By = by ?? Admin, IsRehearsal = rehearse });

    private async Task<string[]> IdsAsync(PeopleRequest request) => [.. (await People.ListAsync(request, default)).People.Select(person => person.Id)];
}
