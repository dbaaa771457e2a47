using System.Net;
using System.Net.NetworkInformation;

namespace Syndication.WebSub;

/// <summary>Which addresses may be called, how names become addresses, and how long a call may take.</summary>
internal sealed record CallbackRule
{
    /// <summary>What strangers named: only the public internet.</summary>
    public static CallbackRule Strangers { get; } = new();

    /// <summary>What the operator named.</summary>
    public static CallbackRule Operator { get; } = new() { IsAllowed = _ => true };

    public Func<IPAddress, bool> IsAllowed { get; init; } = address => PublicAddress.IsPublic(address) && !IsHere(address);

    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>For finding the host and connecting.</summary>
    public TimeSpan ConnectPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For all of it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A public address of this machine, or of its network by IPv6: from outside a firewall may stand before it.</summary>
    private static bool IsHere(IPAddress address)
    {
        IPAddress network = PublicAddress.NetworkOf(address);
        return NetworkInterface.GetAllNetworkInterfaces().SelectMany(i => i.GetIPProperties().UnicastAddresses).Any(own => PublicAddress.NetworkOf(own.Address).Equals(network));
    }
}
