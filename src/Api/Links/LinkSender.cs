using System.Security.Cryptography;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.DueTimes;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Links;

/// <summary>Makes links and has them mailed.</summary>
internal sealed class LinkSender(GrainsOf<IUserGrain> users, GrainsOf<IDueTimesGrain> dueTimes, TimeProvider time)
{
    // The link is there when the note is looked at.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PasswordLives = TimeSpan.FromHours(1);
    private static readonly TimeSpan InvitationLives = TimeSpan.FromDays(7);

    /// <summary>Makes a link of an account. The note of its mail comes first: a process that dies in between leaves a note too many, never one too few.</summary>
    public async Task<AccountReply> SendAsync(string tenant, string userId, LinkPurpose purpose, EventOrigin origin, DateTimeOffset deadline)
    {
        var now = time.GetUtcNow();
        var linkId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await dueTimes.Get(IDueTimesGrain.Mail).AddAsync(new DueNote(now + Moment, linkId, tenant, userId));
        var expires = now + (purpose == LinkPurpose.Invitation ? InvitationLives : PasswordLives);
        return await users.Get(GrainKeys.Resource(tenant, userId)).MakeLinkAsync(new MakeLink(origin, deadline, purpose, linkId, expires));
    }
}
