using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Operator;
using OrleansIdentity.Api.Sessions;
using OrleansIdentity.Api.SignIn;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Demo;

/// <summary>The demo tenant's owner, who can sign in at once: a password is set in place of a mail.</summary>
internal sealed class DemoOwner(Owners owners, GrainsOf<IUserGrain> users, Passwords passwords)
{
    /// <summary>Creates the owner, or gives the one that is there this password.</summary>
    public async Task CreateAsync(string tenant, string email, string password, EventOrigin origin, CancellationToken cancellationToken)
    {
        var reply = await owners.EnsureAsync(tenant, new NewOwner(email, "Olivia", "Owner"), origin);
        var user = reply.Account ?? throw new InvalidOperationException($"The demo owner could not be created: {reply.Refusal!.Detail}");
        var hash = await passwords.HashAsync(password, cancellationToken);
        var account = users.Get(GrainKeys.Resource(tenant, user.Id));
        if (user.Status == AccountStatuses.Confirmed)
        {
            await account.SetPasswordAsync(new SetPassword(origin, DateTimeOffset.MaxValue, hash));
            return;
        }

        var link = SessionTicket.NewId();
        await account.MakeLinkAsync(new MakeLink(origin, DateTimeOffset.MaxValue, LinkPurpose.Invitation, link, DateTimeOffset.MaxValue));
        await account.UseLinkAsync(new UseLink(origin, DateTimeOffset.MaxValue, link, hash));
    }
}
