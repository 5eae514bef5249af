using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users.Accounts;
using OrleansIdentity.Grains.Users.Passwords;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.Users.Links;

/// <summary>Decides what links make of an account. One lives for each purpose; using it is the commit that removes it. Pure.</summary>
internal static class LinkLifecycle
{
    /// <summary>Makes a link.</summary>
    public static ResourceDecision Make(UserRecord user, MakeLink command, DateTimeOffset now)
    {
        var account = user.Account;
        if (!user.IsActive)
        {
            return AccountLifecycle.Refuse(403, "account-deactivated", "The account is deactivated. Reactivate it first.");
        }

        if (Find(account, command.LinkId) is not null)
        {
            return new ResourceDecision.Unchanged([]);
        }

        var link = new AccountLink(command.LinkId, command.ExpiresAt, IsMailed: false);
        var expires = new AttributeChange("link.expiresAt", null, JsonValue.Create(command.ExpiresAt));
        return command.Purpose == LinkPurpose.Password
            ? AccountLifecycle.Change(user, account with { PasswordLink = link }, EventTypes.PasswordLinkMade, now, expires)
            : Invite(user, command, link, expires, now);
    }

    /// <summary>Notes that a link's mail is on its way.</summary>
    public static ResourceDecision MarkMailed(UserRecord user, MarkMailed command, DateTimeOffset now)
    {
        if (Find(user.Account, command.LinkId) is not { IsMailed: false } link)
        {
            return new ResourceDecision.Unchanged([]);
        }

        var mailed = link with { IsMailed = true };
        var next = link == user.Account.InvitationLink ? user.Account with { InvitationLink = mailed } : user.Account with { PasswordLink = mailed };
        return AccountLifecycle.Change(user, next, EventTypes.LinkMailed, now);
    }

    /// <summary>Makes an invitation worth nothing, whether it is out or not.</summary>
    public static ResourceDecision RevokeInvitation(UserRecord user, RevokeInvitation command, DateTimeOffset now)
    {
        var account = user.Account;
        var (before, revoked) = (account.Invitation, Invitation.Revoke(account.Invitation));
        return Authority.OverAccount(command.By, account) is { } forbidden ? new ResourceDecision.Refused(forbidden)
            : before is { State: Invitation.Confirmed } ? AccountLifecycle.Refuse(409, "account-confirmed", "This person has come in already: there is nothing to take back.")
            : before is null or { State: Invitation.Revoked } ? new ResourceDecision.Unchanged([])
            : AccountLifecycle.Change(
                user, account with { InvitationLink = null, Invitation = revoked }, EventTypes.InvitationRevoked, now,
                [
                    new AttributeChange("account.status", user.Status, Invitation.Status(revoked, user.IsActive)),
                    .. command.Reason is { } reason ? [new AttributeChange("invitation.reason", null, reason)] : Array.Empty<AttributeChange>(),
                ]);
    }

    /// <summary>Uses a link up: the password is set, the person has come in, and every link and session of before is worth nothing.</summary>
    public static ResourceDecision Use(UserRecord user, UseLink command, DateTimeOffset now)
    {
        if (!user.IsActive || Find(user.Account, command.LinkId) is not { } link || link.ExpiresAt <= now)
        {
            return AccountLifecycle.Refuse(409, "link-invalid", "This link was used already, has expired or was replaced. Ask for a new one.");
        }

        var next = user.Account.EndSessions(now) with
        {
            Password = new StoredPassword(command.Hash, now),
            PasswordLink = null,
            InvitationLink = null,
            Invitation = user.Account.Invitation is { State: Invitation.Confirmed } confirmed ? confirmed : new Invitation(Invitation.Confirmed, now),
        };
        return AccountLifecycle.Change(user, next, EventTypes.UserPasswordChanged, now,
            new AttributeChange("link.purpose", JsonValue.Create(link == user.Account.InvitationLink ? "invitation" : "password"), null));
    }

    /// <summary>The link of this id; null when there is none.</summary>
    public static AccountLink? Find(Account account, string linkId) =>
        account.InvitationLink?.Id == linkId ? account.InvitationLink : account.PasswordLink?.Id == linkId ? account.PasswordLink : null;

    private static ResourceDecision Invite(UserRecord user, MakeLink command, AccountLink link, AttributeChange expires, DateTimeOffset now)
    {
        var account = user.Account;
        if (Authority.OverAccount(command.By, account) is { } forbidden)
        {
            return new ResourceDecision.Refused(forbidden);
        }

        if (!InvitationLifecycle.Meets(account.Invitation, command.Condition, now))
        {
            return new ResourceDecision.Unchanged([]);
        }

        if (account.Invitation is { State: Invitation.Confirmed })
        {
            return AccountLifecycle.Refuse(409, "account-confirmed", "This person has come in already. Nothing was sent.");
        }

        if (command.By is not null && account.Invitation?.AgainAt is { } again && again > now)
        {
            return AccountLifecycle.Refuse(429, "invitation-too-soon", $"An invitation went out a short while ago. Nothing was sent. Send another one after {again:yyyy-MM-dd HH:mm:ss} UTC.");
        }

        var sent = Invitation.Send(account.Invitation, now);
        return AccountLifecycle.Change(
            user, account with { InvitationLink = link, Invitation = sent }, EventTypes.UserInvited, now,
            new AttributeChange("account.status", user.Status, Invitation.Status(sent, isActive: true)), expires);
    }
}
