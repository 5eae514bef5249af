using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Operator;
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
        await account.SetPasswordAsync(new SetPassword(origin, DateTimeOffset.MaxValue, hash));
        await account.MarkInvitedAsync(new MarkInvited(origin, DateTimeOffset.MaxValue));
        await account.ConfirmInvitationAsync(new ConfirmInvitation(origin, DateTimeOffset.MaxValue));
    }
}
