using System.Net;
using System.Net.Sockets;

namespace Syndication.EndToEnd.Support;

/// <summary>Loopback ports on which nobody listens, each given out once.</summary>
internal static class FreePort
{
    /// <summary>Below the ports that the system gives to outgoing connections, which could take one in the meantime.</summary>
    private const int First = 20_000;
    private const int Count = 12_000;

    /// <summary>Test runs that began one after the other begin half of the ports apart.</summary>
    private static int _given = Environment.ProcessId * (Count / 2 + 7);

    public static int Next()
    {
        while (true)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref _given) % Count);
            try
            {
                using TcpListener listener = new(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there: the next one.
            }
        }
    }
}
