using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Syndication.WebSub;

/// <summary>
/// Whether an address belongs to the public internet, by the IANA registries of special-purpose addresses (RFC 6890 and its successors). What
/// strangers name is asked for nowhere else: behind any other address there is this machine or its neighbours. Pure.
/// </summary>
internal static class PublicAddress
{
    private const int BytesOfV4 = 4;
    private const int BytesOfNetwork = 8;

    private static readonly ImmutableArray<IPNetwork> SpecialV4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.88.99.0/24"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("224.0.0.0/4"), IPNetwork.Parse("240.0.0.0/4"),
    ];

    /// <summary>Nothing else of IPv6 is given out to the internet (RFC 4291 section 2.4, as IANA assigns it).</summary>
    private static readonly IPNetwork Unicast = IPNetwork.Parse("2000::/3");

    /// <summary>Among them protocols such as Teredo, documentation, and 6to4, behind which there may be any IPv4 address.</summary>
    private static readonly ImmutableArray<IPNetwork> SpecialV6 =
        [IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2002::/16"), IPNetwork.Parse("3fff::/20")];

    /// <summary>How a network without IPv4 reaches it (RFC 6052): the last four bytes are the address.</summary>
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    private static readonly ImmutableArray<string> LocalEndings = [".localhost", ".local", ".internal", ".home.arpa"];

    public static bool IsPublic(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !SpecialV4.Any(network => network.Contains(address));
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return false;
        }

        // Without the zone, with which no network would contain it.
        IPAddress plain = new(address.GetAddressBytes());
        return plain.IsIPv4MappedToIPv6 ? IsPublic(plain.MapToIPv4())
            : Translated.Contains(plain) ? IsPublic(new IPAddress(plain.GetAddressBytes()[^BytesOfV4..]))
            : Unicast.Contains(plain) && !SpecialV6.Any(network => network.Contains(plain));
    }

    /// <summary>Whose an address is, as far as it can be told: of IPv6 a network is a /64; of IPv4, each address is for itself.</summary>
    public static IPAddress NetworkOf(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetwork ? plain : new IPAddress([.. plain.GetAddressBytes()[..BytesOfNetwork], .. new byte[BytesOfNetwork]]);
    }

    /// <summary>Whether the host of an address may be known to everybody: a public IP address, or a name that is none of a local network.</summary>
    public static bool HasPublicHost(Uri address)
    {
        string host = address.IdnHost.TrimEnd('.');
        return IPAddress.TryParse(host, out IPAddress? ip) ? IsPublic(ip)
            : host.Contains('.', StringComparison.Ordinal) && !LocalEndings.Any(ending => host.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }
}
