using System.Buffers;
using System.Text.Json;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Api.Scim;

/// <summary>Writes SCIM responses.</summary>
internal static class ScimResponse
{
    /// <summary>RFC 7644 §3.1.</summary>
    public const string MediaType = "application/scim+json";

    private const int RetryAfterSeconds = 1;

    /// <summary>Sets the headers of an answer that shows a resource: its entity tag and where it is.</summary>
    public static void SetResourceHeaders(HttpContext http, int status, long version, string location)
    {
        var headers = http.Response.Headers;
        headers.ETag = Precondition.EntityTag(version);
        if (status == StatusCodes.Status201Created)
        {
            headers.Location = location;
        }
        else
        {
            headers.ContentLocation = location;
        }
    }

    /// <summary>An answer about a resource that does not show it.</summary>
    public static void Empty(HttpContext http, int status, long version)
    {
        http.Response.Headers.ETag = Precondition.EntityTag(version);
        http.Response.StatusCode = status;
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
