using System.Net;
using System.Net.Sockets;

namespace OrleansIdentity.Tests.Shared;

/// <summary>Ports on loopback that nobody uses yet.</summary>
public static class LoopbackPorts
{
    private const int Lowest = 10_000;

    // From here on the system gives ports to outgoing connections, which would race for them.
    private const int Highest = 30_000;

    private static readonly Random Random = new(Environment.ProcessId);

    /// <summary>The first of some free ports in a row.</summary>
    /// <param name="count">How many in a row.</param>
    public static int Free(int count = 1)
    {
        while (true)
        {
            int from;
            lock (Random)
            {
                from = Random.Next(Lowest, Highest - count);
            }

            if (Enumerable.Range(from, count).All(IsFree))
            {
                return from;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
