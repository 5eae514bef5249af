using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace OrleansIdentity.Bench.Load;

/// <summary>
/// One HTTP/1.1 connection that sends finished bytes and reads an answer by its Content-Length. It costs a fraction of an HttpClient, and on a
/// machine where server and client share the cores that is the difference between measuring the one and the other.
/// </summary>
internal sealed class RawConnection(Uri url) : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[65_536];

    public Task ConnectAsync() => _socket.ConnectAsync(url.Host, url.Port);

    /// <summary>Sends a request and reads the answer to its end.</summary>
    /// <returns>The status and the body, which is good until the next call.</returns>
    public async ValueTask<(int Status, ReadOnlyMemory<byte> Body)> SendAsync(ReadOnlyMemory<byte> request)
    {
        for (var sent = 0; sent < request.Length;)
        {
            sent += await _socket.SendAsync(request[sent..]);
        }

        var (read, bodyStart) = (0, -1);
        while (bodyStart < 0)
        {
            read += await ReceiveAsync(read);
            var end = _buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8);
            bodyStart = end < 0 ? -1 : end + 4;
        }

        var total = bodyStart + ContentLength(_buffer.AsSpan(0, bodyStart));
        if (total > _buffer.Length)
        {
            Array.Resize(ref _buffer, total);
        }

        while (read < total)
        {
            read += await ReceiveAsync(read);
        }

        Utf8Parser.TryParse(_buffer.AsSpan(9, 3), out int status, out _);
        return (status, _buffer.AsMemory(bodyStart, total - bodyStart));
    }

    /// <summary>Writes a request.</summary>
    public static byte[] Request(string method, string target, string? token, byte[]? body)
    {
        var head = $"{method} {target} HTTP/1.1\r\nHost: localhost\r\nAccept: application/scim+json\r\n"
            + (token is null ? "" : $"Authorization: Bearer {token}\r\n")
            + (body is null ? "\r\n" : $"Content-Type: application/scim+json; charset=utf-8\r\nContent-Length: {body.Length}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body ?? []];
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask<int> ReceiveAsync(int offset)
    {
        var count = await _socket.ReceiveAsync(_buffer.AsMemory(offset));
        return count > 0 ? count : throw new IOException("The server closed the connection.");
    }

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        var name = "Content-Length: "u8;
        var at = head.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _) ? length : 0;
    }
}
