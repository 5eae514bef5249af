using System.ComponentModel.DataAnnotations;

namespace OrleansIdentity.Api.Mail;

/// <summary>How mail is sent; section <c>Mail</c>.</summary>
public sealed class MailOptions
{
    /// <summary>The SMTP server; null to write mails as files into <see cref="PickupFolder"/>.</summary>
    public string? Host { get; set; }

    /// <summary>The server's port.</summary>
    [Range(1, 65_535, ErrorMessage = "Mail:Port must be from 1 to 65535.")]
    public int Port { get; set; } = 587;

    /// <summary>Whether the connection must be encrypted: by STARTTLS, or from the beginning on port 465.</summary>
    public bool UseTls { get; set; } = true;

    /// <summary>The name to authenticate with; null for none.</summary>
    public string? UserName { get; set; }

    /// <summary>The password to authenticate with.</summary>
    public string? Password { get; set; }

    /// <summary>The address that mails come from.</summary>
    [Required(ErrorMessage = "Mail:From must be an e-mail address.")]
    public string From { get; set; } = "no-reply@localhost.invalid";

    /// <summary>Where mails are written without a server; null for <c>mail</c> in the data folder.</summary>
    public string? PickupFolder { get; set; }
}
