using OrleansIdentity.Api.Links;
using OrleansIdentity.Api.TenantApi;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Contracts.SignIn;
using OrleansIdentity.Grains.Contracts.Users;

namespace OrleansIdentity.Api.SignIn;

/// <summary>
/// Sends links to people who have forgotten their password. It works after the answer has been given, so that neither the answer nor its time tells whether
/// there is such an account; what is lost when the process dies is asked for again.
/// </summary>
internal sealed partial class ForgottenPasswords(
    GrainsOf<IUserGrain> users,
    GrainsOf<IDirectoryGrain> directories,
    GrainsOf<ISignInThrottleGrain> throttles,
    LinkSender links,
    ILogger<ForgottenPasswords> logger)
{
    // Apart from sign-ins, so that who asks for mails does not lock anybody out.
    private const string Mails = "mail:";

    /// <summary>Begins to send a link, if this is somebody who may have one and has not asked too often. Completes at once.</summary>
    public void Begin(TenantCall call, SignInPlace place, string login) => _ = Task.Run(async () =>
    {
        try
        {
            await SendAsync(call, place, login);
        }
        catch (Exception exception)
        {
            LogFailed(call.CorrelationId, exception);
        }
    });

    private async Task SendAsync(TenantCall call, SignInPlace place, string login)
    {
        if (await throttles.Get(ISignInThrottleGrain.Addresses).TryBeginAsync(Mails + PasswordDoor.Network(place.Address)) is not null
            || await throttles.Get(call.Tenant).TryBeginAsync(Mails + PasswordDoor.Subject(login)) is not null
            || await directories.Get(call.Tenant).FindLoginAsync(login, CancellationToken.None) is not { } userId)
        {
            return;
        }

        // Who has not come in yet gets the invitation anew; who was never invited gets nothing.
        var account = (await users.Get(GrainKeys.Resource(call.Tenant, userId)).ReadAccountAsync()).Account;
        LinkPurpose? purpose = account?.Status switch
        {
            AccountStatuses.Confirmed => LinkPurpose.Password,
            AccountStatuses.InvitePending => LinkPurpose.Invitation,
            _ => null,
        };
        if (purpose is { } known)
        {
            await links.SendAsync(call.Tenant, userId, known, call.Origin(userId), DateTimeOffset.MaxValue);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A link for a forgotten password could not be sent; correlation id {CorrelationId}.")]
    private partial void LogFailed(string correlationId, Exception exception);
}
