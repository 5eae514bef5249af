using System.Net;

namespace OrleansIdentity.Okta.Outbound;

/// <summary>Finds the addresses of a host name.</summary>
public interface INameResolver
{
    /// <summary>Its addresses.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">There is no such name, or no name server.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}

/// <summary>The system's resolver.</summary>
internal sealed class SystemNameResolver : INameResolver
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);
}
