using System.Globalization;
using System.Text;

namespace Syndication.Site;

/// <summary>
/// The one place where addresses are made and judged. What it makes is canonical: the host in its ASCII form, everything else
/// percent-encoded once with upper-case digits, so that the same page has the same address in every feed, page and mail.
/// </summary>
internal static class SiteUrls
{
    public const string ExpectedRoot = "an address such as https://example.org/, http or https, without query or user name";

    // RFC 3986 section 3.3 (pchar and "/"), and the delimiters of query and fragment, which a path of the site may carry.
    private const string Kept = "-._~!$&'()*+,;=:@/?";

    /// <summary>The absolute address of something on the site.</summary>
    /// <param name="site">The site, whose own prefix goes before the path.</param>
    /// <param name="path">
    /// Path below the site's prefix, with or without a leading slash; may carry a query and a fragment. What is percent-encoded
    /// already stays so; everything that an address cannot hold is encoded as UTF-8.
    /// </param>
    public static Uri Absolute(SiteDefinition site, string path) => Absolute(site.Url, path);

    /// <param name="root">The site's address as <see cref="Root(Uri)"/> makes it.</param>
    /// <param name="path">As in the other overload.</param>
    public static Uri Absolute(Uri root, string path) => new(root.AbsoluteUri + Encoded(path.TrimStart('/')));

    /// <summary>The canonical address of a site, always ending with a slash, or null where it cannot be the address of one.</summary>
    public static Uri? Root(Uri address)
    {
        if (!IsHttp(address) || address.Host.Length == 0 || address.UserInfo.Length > 0
            || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            return null;
        }

        try
        {
            string port = address.IsDefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $":{address.Port}");
            return AsciiHost(address) is string host ? new Uri($"{address.Scheme}://{host}{port}{Encoded(address.AbsolutePath.TrimEnd('/'))}/") : null;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    /// <summary>The host of an address in ASCII; null where it has no such form, which .NET finds only now.</summary>
    public static string? AsciiHost(Uri address)
    {
        try
        {
            // Where a label is too long for its ASCII form, .NET leaves the host as it was.
            string host = address.HostNameType == UriHostNameType.Dns ? address.IdnHost : address.Host;
            return Ascii.IsValid(host) ? host : null;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    /// <summary>The address with its host in ASCII, as headers need it; null where it has no such form.</summary>
    public static Uri? WithAsciiHost(Uri address) => AsciiHost(address) is not string host ? null
        : address.HostNameType == UriHostNameType.Dns ? new UriBuilder(address) { Host = host }.Uri
        : address;

    /// <summary>As the other overload; null also where the text is no absolute address.</summary>
    public static Uri? Root(string address) => Uri.TryCreate(address.Trim(), UriKind.Absolute, out Uri? uri) ? Root(uri) : null;

    /// <summary>True for an absolute http, https or mailto address: the only ones that feeds, pages and mails may link to.</summary>
    public static bool IsSafe(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && (IsHttp(uri) || uri.Scheme == Uri.UriSchemeMailto);

    private static bool IsHttp(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    private static string Encoded(string path)
    {
        StringBuilder encoded = new(path.Length + 16);
        bool inFragment = false;
        for (int i = 0; i < path.Length; i++)
        {
            char c = path[i];
            if (c == '#' && !inFragment)
            {
                inFragment = true;
                encoded.Append(c);
            }
            else if (char.IsAsciiLetterOrDigit(c) || Kept.Contains(c, StringComparison.Ordinal))
            {
                encoded.Append(c);
            }
            else if (c == '%' && i + 2 < path.Length && char.IsAsciiHexDigit(path[i + 1]) && char.IsAsciiHexDigit(path[i + 2]))
            {
                encoded.Append('%').Append(char.ToUpperInvariant(path[i + 1])).Append(char.ToUpperInvariant(path[i + 2]));
                i += 2;
            }
            else
            {
                int length = char.IsSurrogatePair(path, i) ? 2 : 1;
                foreach (byte b in Encoding.UTF8.GetBytes(path.Substring(i, length)))
                {
                    encoded.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
                }

                i += length - 1;
            }
        }

        return encoded.ToString();
    }
}
