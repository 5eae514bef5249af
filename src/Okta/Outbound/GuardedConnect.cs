using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace OrleansIdentity.Okta.Outbound;

/// <summary>Opens connections to public addresses only.</summary>
internal sealed class GuardedConnect(INameResolver names, IOptions<OktaOptions> options)
{
    /// <summary>
    /// The name is resolved once, all its addresses are checked, and the connection goes to one that was checked: a name that changes its
    /// mind between check and use (DNS rebinding) gains nothing. One address that is not public condemns the name.
    /// </summary>
    /// <exception cref="AddressRefusedException">The host may not be called.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await names.ResolveAsync(host, cancellationToken);
        if (addresses.Length == 0 || !addresses.All(MayCall))
        {
            throw new AddressRefusedException(host);
        }

        SocketException? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                last = exception;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw last!;
    }

    private bool MayCall(IPAddress address) => PublicAddress.IsPublic(address) || (options.Value.AllowLoopback && PublicAddress.IsLoopback(address));
}
