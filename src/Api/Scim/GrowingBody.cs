using System.Buffers;

namespace OrleansIdentity.Api.Scim;

/// <summary>
/// A body of unknown size. A small one is sent with its length when it is complete, so that until then anything can still become an error; of a
/// large one the beginning is sent before the end is made.
/// </summary>
internal sealed class GrowingBody(HttpContext http, int status)
{
    private const int LargeSize = 262_144;

    private bool _isSending;

    /// <summary>What was written and is not sent yet.</summary>
    public ArrayBufferWriter<byte> Buffer { get; } = new(2_048);

    /// <summary>Sends what has been written if it is much.</summary>
    public async ValueTask FlushIfLargeAsync()
    {
        if (Buffer.WrittenCount < LargeSize)
        {
            return;
        }

        if (!_isSending)
        {
            http.Response.StatusCode = status;
            http.Response.ContentType = ScimResponse.MediaType;
            _isSending = true;
        }

        await http.Response.Body.WriteAsync(Buffer.WrittenMemory, http.RequestAborted);
        Buffer.ResetWrittenCount();
    }

    /// <summary>Sends what is left.</summary>
    public Task CompleteAsync() => _isSending
        ? http.Response.Body.WriteAsync(Buffer.WrittenMemory, http.RequestAborted).AsTask()
        : ScimResponse.BodyAsync(http, status, Buffer);
}
