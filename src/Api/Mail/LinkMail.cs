using System.Net;
using System.Text.Json;
using MimeKit;
using OrleansIdentity.Api.TenantApi;
using OrleansIdentity.Grains.Contracts.Users;

namespace OrleansIdentity.Api.Mail;

/// <summary>Writes the mails that carry links, as plain text and as HTML.</summary>
internal static class LinkMail
{
    /// <summary>Writes a mail; null when the user has no address that a mail could go to.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="link">The link and the user.</param>
    /// <param name="url">The link's address.</param>
    /// <param name="from">The address that it comes from.</param>
    public static MimeMessage? Write(string tenant, LinkView link, string url, string from)
    {
        if (AddressOf(link.Document) is not { } address || !MailboxAddress.TryParse(address, out var to))
        {
            return null;
        }

        var (subject, lead, button) = link.Purpose == LinkPurpose.Invitation
            ? ($"You are invited to {tenant}", $"An account was made for you at {tenant}. Choose a password to come in.", "Accept the invitation")
            : ($"Set a new password for {tenant}", $"Somebody asked for a new password for your account at {tenant}. If it was not you, do nothing.", "Set a new password");
        var ends = $"The link works once, until {link.ExpiresAt:yyyy-MM-dd HH:mm} UTC.";
        return new MimeMessage([MailboxAddress.Parse(from)], [to], subject, new BodyBuilder
        {
            TextBody = $"{lead}\n\n{url}\n\n{ends}\n",
            HtmlBody = $"<!doctype html><html lang=\"en\"><body style=\"font-family:sans-serif\"><p>{WebUtility.HtmlEncode(lead)}</p>"
                + $"<p><a href=\"{WebUtility.HtmlEncode(url)}\">{WebUtility.HtmlEncode(button)}</a></p><p>{WebUtility.HtmlEncode(ends)}</p></body></html>",
        }.ToMessageBody())
        {
            // The same mail sent again after a crash bears the same id, by which servers and readers know it.
            MessageId = $"{link.Id}@{MailboxAddress.Parse(from).Domain}",
        };
    }

    /// <summary>Where a user's mail goes: the primary address, else the first, else a user name that is one.</summary>
    public static string? AddressOf(byte[] document)
    {
        var user = Me.From("", new AccountView("", "", "", document), "");
        return user.Email ?? (user.UserName.Contains('@', StringComparison.Ordinal) ? user.UserName : null);
    }
}
