using System.Buffers;

namespace OrleansIdentity.Api.HostProduct;

/// <summary>Reads request bodies of a bounded length.</summary>
internal static class RequestBody
{
    /// <summary>Reads a body.</summary>
    /// <exception cref="BadHttpRequestException">It has more bytes; answered 413.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > maxBytes || request.ContentLength > maxBytes)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
