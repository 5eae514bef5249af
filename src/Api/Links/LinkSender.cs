using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.DueTimes;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Links;

/// <summary>Makes links and has them mailed.</summary>
internal sealed class LinkSender(GrainsOf<IUserGrain> users, GrainsOf<IDueTimesGrain> dueTimes, TimeProvider time)
{
    private static readonly TimeSpan PasswordLives = TimeSpan.FromHours(1);
    private static readonly TimeSpan InvitationLives = TimeSpan.FromDays(7);

    /// <summary>Makes a link of an account. The note of its mail comes first: a process that dies in between leaves a note too many, never one too few.</summary>
    public async Task<AccountReply> SendAsync(
        string tenant, string userId, LinkPurpose purpose, EventOrigin origin, DateTimeOffset deadline, Actor? by = null, InvitationCondition condition = InvitationCondition.None)
    {
        var now = time.GetUtcNow();
        var note = DueNote.For(now, now, tenant, userId);
        await dueTimes.Get(IDueTimesGrain.Mail).AddAsync(note);
        return await MakeAsync(note, purpose, origin, deadline, by, condition);
    }

    /// <summary>Makes the link of an invitation whose time has come, of which there is a note.</summary>
    public Task<AccountReply> InviteDueAsync(DueNote note, EventOrigin origin) =>
        MakeAsync(note, LinkPurpose.Invitation, origin, DateTimeOffset.MaxValue, by: null, InvitationCondition.Due);

    private Task<AccountReply> MakeAsync(
        DueNote note, LinkPurpose purpose, EventOrigin origin, DateTimeOffset deadline, Actor? by, InvitationCondition condition)
    {
        var expires = time.GetUtcNow() + (purpose == LinkPurpose.Invitation ? InvitationLives : PasswordLives);
        return users.Get(GrainKeys.Resource(note.Tenant, note.UserId))
            .MakeLinkAsync(new MakeLink(origin, deadline, purpose, note.Id, expires) { By = by, Condition = condition });
    }
}
