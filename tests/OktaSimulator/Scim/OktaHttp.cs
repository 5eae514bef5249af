using System.Net;

namespace OrleansIdentity.OktaSimulator.Scim;

/// <summary>HTTP as Okta speaks it.</summary>
public static class OktaHttp
{
    /// <summary>A client that unpacks what Okta's <c>Accept-Encoding</c> allows and waits as long as it is told per request.</summary>
    public static HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        AllowAutoRedirect = false,
        UseCookies = false,

        // Servers close idle connections, Node.js after 5 s; a request sent into a closing one would count against the server.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Sets the headers that were captured from Okta's SCIM client. The body sets <c>Content-Type</c>, which a GET has not.</summary>
    internal static void SetHeaders(HttpRequestMessage request, string authorization)
    {
        var headers = request.Headers;
        headers.TryAddWithoutValidation("User-Agent", "Okta SCIM Client 1.0.0");
        headers.TryAddWithoutValidation("Accept", "application/scim+json");
        headers.TryAddWithoutValidation("Accept-Charset", "utf-8");
        headers.TryAddWithoutValidation("Accept-Encoding", "gzip,deflate");
        headers.TryAddWithoutValidation("Connection", "Keep-Alive");
        headers.TryAddWithoutValidation("Authorization", authorization);
    }
}
