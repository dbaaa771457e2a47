using System.Net;
using System.Net.Sockets;

namespace Syndication.Cli;

/// <summary>
/// Judges addresses to listen on. .NET takes any host that is neither localhost nor an IP address for "every address of this
/// machine", so that a mistyped one would be listened on everywhere.
/// </summary>
internal static class ListenAddresses
{
    public const string Expected = "addresses such as http://localhost:5080, http or https, with semicolons between them";

    /// <summary>The first address that cannot be listened on, or null where all can.</summary>
    /// <param name="urls">Addresses with semicolons between them.</param>
    public static string? FirstWrong(string urls)
    {
        string[] addresses = urls.Split(';', StringSplitOptions.RemoveEmptyEntries);
        return addresses.Length == 0 ? urls : addresses.FirstOrDefault(a => !IsRight(a));
    }

    private static bool IsRight(string address)
    {
        BindingAddress parsed;
        try
        {
            parsed = BindingAddress.Parse(address);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException)
        {
            return false;
        }

        bool isHttp = parsed.Scheme.Equals(Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase)
            || parsed.Scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);
        bool isLocalhost = parsed.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

        // One free port for both addresses of localhost is not to be had.
        return isHttp && (parsed.IsUnixPipe || parsed.IsNamedPipe
            || (parsed.PathBase.Length == 0 && parsed.Port >= (isLocalhost ? 1 : 0) && parsed.Port <= IPEndPoint.MaxPort
                && (isLocalhost || IsHost(parsed.Host))));
    }

    private static bool IsHost(string host)
    {
        if (host is "*" or "+")
        {
            return true;
        }

        if (host.StartsWith('['))
        {
            return IPAddress.TryParse(host, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6;
        }

        // Digits at the end make no name (RFC 3696 section 2): it is an IPv4 address or a slip.
        string last = host[(host.LastIndexOf('.') + 1)..];
        return last.Length > 0 && last.All(char.IsAsciiDigit)
            ? host.Count(c => c == '.') == 3 && IPAddress.TryParse(host, out _)
            : Uri.CheckHostName(host) == UriHostNameType.Dns;
    }
}
