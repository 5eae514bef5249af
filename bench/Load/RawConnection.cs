using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace OrleansIdentity.Bench.Load;

/// <summary>
/// One HTTP/1.1 connection that sends finished bytes and reads an answer by its Content-Length or its chunks. It costs a fraction of an HttpClient, and on a
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

        Utf8Parser.TryParse(_buffer.AsSpan(9, 3), out int status, out _);
        if (_buffer.AsSpan(0, bodyStart).IndexOf("Transfer-Encoding: chunked"u8) >= 0)
        {
            while (!_buffer.AsSpan(bodyStart - 2, read - bodyStart + 2).EndsWith("\r\n0\r\n\r\n"u8))
            {
                read += await ReceiveAsync(read);
            }

            return (status, _buffer.AsMemory(bodyStart, Unchunk(_buffer.AsSpan(bodyStart))));
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

        return (status, _buffer.AsMemory(bodyStart, total - bodyStart));
    }

    /// <summary>Writes a request of SCIM.</summary>
    public static byte[] Request(string method, string target, string? token, byte[]? body)
    {
        List<string> headers = ["Accept: application/scim+json"];
        if (token is not null)
        {
            headers.Add($"Authorization: Bearer {token}");
        }

        if (body is not null)
        {
            headers.Add("Content-Type: application/scim+json; charset=utf-8");
        }

        return RequestWith(headers, method, target, body);
    }

    /// <summary>Writes a request with headers of one's own.</summary>
    public static byte[] RequestWith(IEnumerable<string> headers, string method, string target, byte[]? body)
    {
        string[] lines = [$"{method} {target} HTTP/1.1", "Host: localhost", .. headers, .. body is null ? [] : (string[])[$"Content-Length: {body.Length}"], "", ""];
        return [.. Encoding.ASCII.GetBytes(string.Join("\r\n", lines)), .. body ?? []];
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask<int> ReceiveAsync(int offset)
    {
        var count = await _socket.ReceiveAsync(_buffer.AsMemory(offset));
        return count > 0 ? count : throw new IOException("The server closed the connection.");
    }

    // Puts the chunks together, at the beginning.
    private static int Unchunk(Span<byte> chunks)
    {
        var (at, length) = (0, 0);
        while (Utf8Parser.TryParse(chunks[at..], out int size, out var digits, 'x') && size > 0)
        {
            chunks.Slice(at + digits + 2, size).CopyTo(chunks[length..]);
            (at, length) = (at + digits + size + 4, length + size);
        }

        return length;
    }

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        var name = "Content-Length: "u8;
        var at = head.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _) ? length : 0;
    }
}
