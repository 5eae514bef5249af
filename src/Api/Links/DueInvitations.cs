using OrleansIdentity.Api.Mail;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.DueTimes;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Links;

/// <summary>Makes the links of invitations whose time has come, each once: the note's id is the link's.</summary>
internal sealed class DueInvitations(GrainsOf<IUserGrain> users, GrainsOf<ITenantGrain> tenants, LinkSender links, TimeProvider time)
{
    private static readonly EventOrigin Origin = new("system", "invitations", "");

    /// <summary>Makes the link that a note is about, if it is due and still wanted. One that is not wanted any more is taken back.</summary>
    public async Task MakeAsync(DueNote note)
    {
        var user = users.Get(GrainKeys.Resource(note.Tenant, note.UserId));
        if ((await user.ReadAccountAsync()).Account is not { Status: AccountStatuses.InviteScheduled } account || account.InvitationAt > time.GetUtcNow())
        {
            return;
        }

        var reason = (await tenants.Get(note.Tenant).ReadAsync())?.Settings.Invitations.Automatic != true ? "invitations-off"
            : LinkMail.AddressOf(account.Document) is null ? "email-missing"
            : null;
        if (reason is not null)
        {
            await user.RevokeInvitationAsync(new RevokeInvitation(Origin, DateTimeOffset.MaxValue, reason));
            return;
        }

        await links.InviteDueAsync(note, Origin);
    }
}
