using System.Net;
using System.Net.Sockets;

namespace OrleansIdentity.Okta.Outbound;

/// <summary>Which addresses are on the public internet (IANA special-purpose registries). What a tenant names may only lead there.</summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] Special4 = Parse(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

    // Of the global range: Teredo and other protocol assignments, documentation, 6to4.
    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] Special6 = Parse("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    /// <summary>Whether it is; an IPv4 address inside an IPv6 address is judged as IPv4.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = Plain(address);
        return plain.AddressFamily == AddressFamily.InterNetwork
            ? !Special4.Any(network => network.Contains(plain))
            : Global6.Contains(plain) && !Special6.Any(network => network.Contains(plain));
    }

    /// <summary>Whether it is this machine's own.</summary>
    public static bool IsLoopback(IPAddress address) => IPAddress.IsLoopback(Plain(address));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static IPNetwork[] Parse(params string[] networks) => [.. networks.Select(network => IPNetwork.Parse(network))];
}
