using OrleansIdentity.Grains.Contracts.Resources;

namespace OrleansIdentity.Grains.Contracts.Users;

/// <summary>The only writer of one user: of what SCIM shows of it, and of its account, which SCIM does not show.</summary>
[Alias("IUserGrain")]
public interface IUserGrain : IResourceGrain
{
    /// <summary>Reads the account as last committed.</summary>
    [Alias("ReadAccount")]
    Task<AccountReply> ReadAccountAsync();

    /// <summary>Gives the account a role. Its sessions end.</summary>
    [Alias("SetRole")]
    Task<AccountReply> SetRoleAsync(SetRole command);

    /// <summary>Changes local fields by hand.</summary>
    [Alias("EditProfile")]
    Task<ResourceReply> EditProfileAsync(EditProfile command);

    /// <summary>
    /// Erases the personal data of a deactivated account. When it is answered, the user is gone for SCIM, its names are free, its events say nothing of it,
    /// and <see cref="ReadAccountAsync"/> shows a nameless account. Cut short, the account is still there and deactivated: send it again.
    /// </summary>
    [Alias("Anonymise")]
    Task<AccountReply> AnonymiseAsync(AnonymiseAccount command);

    /// <summary>Has an invitation go out at a time.</summary>
    [Alias("ScheduleInvitation")]
    Task<AccountReply> ScheduleInvitationAsync(ScheduleInvitation command);

    /// <summary>Says that the invitation is out.</summary>
    [Alias("MarkInvited")]
    Task<AccountReply> MarkInvitedAsync(MarkInvited command);

    /// <summary>Says that the person has come in.</summary>
    [Alias("ConfirmInvitation")]
    Task<AccountReply> ConfirmInvitationAsync(ConfirmInvitation command);
}
