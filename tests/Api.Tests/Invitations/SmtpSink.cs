using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Api.Tests.Invitations;

/// <summary>An SMTP server (RFC 5321) on loopback that keeps what it has taken over, and that a test can take down and bring up again.</summary>
public sealed class SmtpSink : IDisposable
{
    private readonly ConcurrentQueue<MimeMessage> _mails = new();

    private TcpListener? _listener;

    public int Port { get; } = LoopbackPorts.Free();

    public string[] Settings => ["--Mail:Host", "127.0.0.1", "--Mail:Port", $"{Port}", "--Mail:UseTls", "false"];

    /// <summary>What it has answered 250 to, in order.</summary>
    public IReadOnlyCollection<MimeMessage> Mails => _mails;

    /// <summary>How many connections it was asked for.</summary>
    public int Connections { get; private set; }

    public void Start()
    {
        var listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        _listener = listener;
        _ = AcceptAsync(listener);
    }

    public void Stop() => _listener?.Stop();

    public void Dispose() => Stop();

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                Connections++;
                _ = ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            using (var reader = new StreamReader(client.GetStream(), Encoding.UTF8))
            await using (var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true })
            {
                await writer.WriteLineAsync("220 sink");
                while (await reader.ReadLineAsync() is { } command && !command.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
                {
                    if (!command.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
                    {
                        await writer.WriteLineAsync("250 ok");
                        continue;
                    }

                    await writer.WriteLineAsync("354 go on");
                    await TakeAsync(reader);
                    await writer.WriteLineAsync("250 ok");
                }

                await writer.WriteLineAsync("221 bye");
            }
        }
        catch (IOException)
        {
            // The other end was killed.
        }
    }

    private async Task TakeAsync(StreamReader reader)
    {
        var lines = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != ".")
        {
            // RFC 5321 §4.5.2.
            lines.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        _mails.Enqueue(await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(lines.ToString()))));
    }
}
