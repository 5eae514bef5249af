using Orleans.Concurrency;
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

    /// <summary>Makes the user what a read of Okta has shown; creates it when there is none. The same read applied again changes nothing.</summary>
    [Alias("Sync")]
    Task<SyncReply> SyncAsync(SyncUser command);

    /// <summary>
    /// Erases the personal data of a deactivated account. When it is answered, the user is gone for SCIM, its names are free, its events say nothing of it,
    /// and <see cref="ReadAccountAsync"/> shows a nameless account. Cut short, the account is still there and deactivated: send it again.
    /// </summary>
    [Alias("Anonymise")]
    Task<AccountReply> AnonymiseAsync(AnonymiseAccount command);

    /// <summary>Has an account that was not invited be so as if it were created now. A note of the work is written before.</summary>
    [Alias("ScheduleInvitation")]
    Task<AccountReply> ScheduleInvitationAsync(ScheduleInvitation command);

    /// <summary>Begins a session, if the account may have one.</summary>
    [Alias("StartSession")]
    Task<SessionReply> StartSessionAsync(StartSession command);

    /// <summary>
    /// Whether a session is live. Answers from memory while commands run, in a cluster only from memory that was confirmed within the last second: a
    /// command that ends sessions is not answered before that second has passed on every node.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="epoch">The epoch that it began in.</param>
    [Alias("CheckSession"), AlwaysInterleave]
    Task<SessionCheck> CheckSessionAsync(string sessionId, long epoch);

    /// <summary>The live sessions, oldest first.</summary>
    [Alias("ReadSessions"), AlwaysInterleave]
    Task<SessionView[]> ReadSessionsAsync();

    /// <summary>Ends one session, on every node before it is answered.</summary>
    [Alias("EndSession")]
    Task<AccountReply> EndSessionAsync(EndSession command);

    /// <summary>Ends every session, on every node before it is answered.</summary>
    [Alias("EndAllSessions")]
    Task<AccountReply> EndAllSessionsAsync(EndAllSessions command);

    /// <summary>What the door holds a password against. Hashing takes a tenth of a second, in which the grain would answer nobody: the door does it.</summary>
    [Alias("ReadVerifier"), AlwaysInterleave]
    Task<PasswordVerifier> ReadVerifierAsync();

    /// <summary>Sets the password. Its sessions end.</summary>
    [Alias("SetPassword")]
    Task<AccountReply> SetPasswordAsync(SetPassword command);

    /// <summary>Links the account to a user of Okta, who is nobody else's.</summary>
    [Alias("LinkOkta")]
    Task<AccountReply> LinkOktaAsync(LinkOkta command);

    /// <summary>Takes that link away. Its sessions end.</summary>
    [Alias("UnlinkOkta")]
    Task<AccountReply> UnlinkOktaAsync(UnlinkOkta command);

    /// <summary>Begins a session of somebody whom the tenant's identity provider vouches for, if the account may have one.</summary>
    [Alias("SignOn")]
    Task<SessionReply> SignOnAsync(SignOn command);

    /// <summary>Makes a link and asks for a mail with it.</summary>
    [Alias("MakeLink")]
    Task<AccountReply> MakeLinkAsync(MakeLink command);

    /// <summary>The links that are worth something.</summary>
    [Alias("ReadLinks"), AlwaysInterleave]
    Task<LinkView[]> ReadLinksAsync();

    /// <summary>Says that a link's mail is on its way.</summary>
    [Alias("MarkMailed")]
    Task<AccountReply> MarkMailedAsync(MarkMailed command);

    /// <summary>Makes an invitation worth nothing.</summary>
    [Alias("RevokeInvitation")]
    Task<AccountReply> RevokeInvitationAsync(RevokeInvitation command);

    /// <summary>Uses a link up to set a password: the first of parallel uses, and no other.</summary>
    [Alias("UseLink")]
    Task<AccountReply> UseLinkAsync(UseLink command);
}
