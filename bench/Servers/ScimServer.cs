using OrleansIdentity.Bench.Load;

namespace OrleansIdentity.Bench.Servers;

/// <summary>A tenant's SCIM endpoint.</summary>
/// <param name="Url">Where it is.</param>
/// <param name="BasePath">The SCIM base URL's path.</param>
/// <param name="Token">A token of the tenant.</param>
internal sealed record ScimServer(Uri Url, string BasePath, string Token)
{
    /// <summary>Writes a request to it.</summary>
    public byte[] Request(string method, string target, byte[]? body = null) => RawConnection.Request(method, BasePath + target, Token, body);
}
