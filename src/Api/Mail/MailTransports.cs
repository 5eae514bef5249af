using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using OrleansIdentity.Silo.Hosting;

namespace OrleansIdentity.Api.Mail;

/// <summary>Gets a mail on its way.</summary>
internal interface IMailTransport
{
    /// <summary>Completes when somebody else has taken the mail over.</summary>
    Task SendAsync(MimeMessage message, CancellationToken cancellationToken);
}

/// <summary>Hands mails to an SMTP server.</summary>
internal sealed class SmtpTransport(IOptions<MailOptions> options) : IMailTransport
{
    private const int ImplicitTlsPort = 465;

    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var mail = options.Value;
        var security = !mail.UseTls ? SecureSocketOptions.None : mail.Port == ImplicitTlsPort ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls;
        using var client = new SmtpClient();
        await client.ConnectAsync(mail.Host!, mail.Port, security, cancellationToken);
        if (mail.UserName is { } user)
        {
            await client.AuthenticateAsync(user, mail.Password ?? "", cancellationToken);
        }

        await client.SendAsync(message, cancellationToken);
        await client.DisconnectAsync(quit: true, cancellationToken);
    }
}

/// <summary>Writes mails as files that their owner alone can read. Named after the message id: the same mail again is the same file.</summary>
internal sealed class PickupTransport(IOptions<MailOptions> options, IOptions<DataOptions> data) : IMailTransport
{
    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await message.WriteToAsync(content, cancellationToken);
        var folder = options.Value.PickupFolder ?? Path.Combine(data.Value.FullPath, "mail");
        Demo.PrivateFile.Write(Path.Combine(folder, $"{message.MessageId!.Split('@')[0]}.eml"), content.ToArray());
    }
}
