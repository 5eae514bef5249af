using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace OrleansIdentity.Okta.Outbound;

/// <summary>Reads an answer whole, up to a limit, so that the time-out of an attempt covers its body too.</summary>
internal sealed class BoundedBodyHandler(IOptions<OktaOptions> options) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            var body = await ReadAsync(response.Content, options.Value.MaxResponseBytes, cancellationToken);
            Replace(response, body);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    // The length that a header promises is refused early; the count decides, since a header can lie and a body can be compressed.
    private static async Task<byte[]> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > limit)
        {
            throw new AnswerTooLargeException(limit);
        }

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        while (await stream.ReadAsync(chunk, cancellationToken) is var read and > 0)
        {
            if (buffer.Length + read > limit)
            {
                throw new AnswerTooLargeException(limit);
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    private static void Replace(HttpResponseMessage response, byte[] body)
    {
        var type = response.Content.Headers.ContentType?.MediaType;
        response.Content.Dispose();
        response.Content = new ByteArrayContent(body);
        if (type is not null)
        {
            response.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        }
    }
}
