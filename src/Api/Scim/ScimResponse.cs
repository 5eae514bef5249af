using System.Buffers;
using System.Text.Json;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Users;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Api.Scim;

/// <summary>Writes SCIM responses.</summary>
internal static class ScimResponse
{
    /// <summary>RFC 7644 §3.1.</summary>
    public const string MediaType = "application/scim+json";

    private const int RetryAfterSeconds = 1;

    /// <summary>A resource, with its entity tag and location.</summary>
    public static Task ResourceAsync(HttpContext http, int status, ResourceReply reply, string location, Projection? projection)
    {
        var headers = http.Response.Headers;
        headers.ETag = Precondition.EntityTag(reply.Version);
        if (status == StatusCodes.Status201Created)
        {
            headers.Location = location;
        }
        else
        {
            headers.ContentLocation = location;
        }

        var body = new ArrayBufferWriter<byte>(reply.Document.Length + location.Length + 64);
        ResourceDocument.WriteResponse(body, reply.Document, location, projection);
        return BodyAsync(http, status, body);
    }

    /// <summary>An error (RFC 7644 §3.12).</summary>
    public static Task ErrorAsync(HttpContext http, ScimError error)
    {
        var headers = http.Response.Headers;
        switch (error.Status)
        {
            case StatusCodes.Status401Unauthorized:
                headers.WWWAuthenticate = "Bearer realm=\"SCIM\"";
                break;
            case StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable:
                headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
                break;
        }

        var body = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(body))
        {
            error.WriteTo(writer);
        }

        return BodyAsync(http, error.Status, body);
    }

    /// <summary>A body that is complete.</summary>
    public static Task BodyAsync(HttpContext http, int status, ArrayBufferWriter<byte> body)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = MediaType;
        response.ContentLength = body.WrittenCount;
        return response.Body.WriteAsync(body.WrittenMemory, http.RequestAborted).AsTask();
    }
}
