using System.Buffers;
using Microsoft.Net.Http.Headers;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Api.Scim;

/// <summary>Reads the body of a SCIM request.</summary>
internal static class ScimRequestBody
{
    /// <summary>The whole body; refused when it is not declared to be JSON (415) or is too large (413).</summary>
    public static async ValueTask<Outcome<ReadOnlyMemory<byte>>> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (!IsJson(request.ContentType))
        {
            return ScimErrors.UnsupportedMediaType();
        }

        if (request.ContentLength > maxBytes)
        {
            return ScimErrors.PayloadTooLarge(maxBytes);
        }

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > maxBytes)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return ScimErrors.PayloadTooLarge(maxBytes);
            }

            if (read.IsCompleted)
            {
                ReadOnlyMemory<byte> body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    // Okta sends application/scim+json, and application/json from some of its clients, with and without parameters.
    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var media)
        && (media.MediaType.Equals(ScimResponse.MediaType, StringComparison.OrdinalIgnoreCase)
            || media.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        && (!media.Charset.HasValue || media.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
