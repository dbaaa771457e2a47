using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Syndication.Content;

/// <summary>Addresses as text, by RFC 3986, kept as they were written wherever they are already absolute. Never throws.</summary>
internal static class UrlText
{
    /// <summary>What may stand in an address as it is; everything else is percent-encoded.</summary>
    private static readonly SearchValues<char> Kept = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=");

    /// <summary>Schemes of links that lead somewhere and run nothing.</summary>
    public static readonly FrozenSet<string> LinkSchemes =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "http", "https", "mailto", "tel", "ftp", "irc", "ircs", "news", "xmpp", "magnet");

    /// <summary>The address without the white space and control characters that browsers ignore, in which schemes are hidden.</summary>
    public static string Clean(string address)
    {
        ReadOnlySpan<char> trimmed = address.AsSpan().Trim();
        int odd = 0;
        while (odd < trimmed.Length && !char.IsControl(trimmed[odd]))
        {
            odd++;
        }

        if (odd == trimmed.Length)
        {
            return trimmed.Length == address.Length ? address : trimmed.ToString();
        }

        StringBuilder clean = new(trimmed.Length);
        foreach (char c in trimmed)
        {
            if (!char.IsControl(c))
            {
                clean.Append(c);
            }
        }

        return clean.ToString().Trim();
    }

    /// <summary>The scheme in lower case, or null for a relative reference. Whatever ends in a colon before the first / ? # is a scheme.</summary>
    public static string? Scheme(string address)
    {
        int end = address.AsSpan().IndexOfAny(":/?#") is int found and > 0 && address[found] == ':' ? found : -1;
        return end < 0 ? null : address[..end].ToLowerInvariant();
    }

    /// <summary>The reference against an absolute base (RFC 3986, 5.2), dots resolved.</summary>
    public static string Resolve(string baseUrl, string reference)
    {
        if (Scheme(reference) is not null)
        {
            return reference;
        }

        int authority = baseUrl.IndexOf("://", StringComparison.Ordinal) + 3;
        if (reference.StartsWith("//", StringComparison.Ordinal))
        {
            return baseUrl[..(authority - 2)] + reference;
        }

        int end = baseUrl.AsSpan(authority).IndexOfAny('?', '#') is int cut and >= 0 ? authority + cut : baseUrl.Length;
        int slash = baseUrl.IndexOf('/', authority, end - authority);
        string origin = slash < 0 ? baseUrl[..end] : baseUrl[..slash];
        string basePath = slash < 0 ? "/" : baseUrl[slash..end];
        (string path, string suffix) = SplitSuffix(reference);
        if (path.Length == 0)
        {
            return origin + basePath + suffix;
        }

        string merged = path[0] == '/' ? path : basePath[..(basePath.LastIndexOf('/') + 1)] + path;
        return origin + WithoutDots(merged) + suffix;
    }

    /// <summary>The path, and what follows it from the first question or number sign on.</summary>
    public static (string Path, string Suffix) SplitSuffix(string reference)
    {
        int cut = reference.AsSpan().IndexOfAny('?', '#');
        return cut < 0 ? (reference, "") : (reference[..cut], reference[cut..]);
    }

    /// <summary>The address with everything that may not stand in one percent-encoded; escapes that are there stay.</summary>
    public static string Escape(string address)
    {
        if (!address.AsSpan().ContainsAnyExcept(Kept))
        {
            return address;
        }

        StringBuilder escaped = new(address.Length + 16);
        Span<byte> bytes = stackalloc byte[4];
        for (int i = 0; i < address.Length; i++)
        {
            char c = address[i];
            if (Kept.Contains(c) || c == '%' && IsEscape(address, i))
            {
                escaped.Append(c);
                continue;
            }

            Rune.DecodeFromUtf16(address.AsSpan(i), out Rune rune, out int consumed);
            i += Math.Max(consumed, 1) - 1;
            int length = rune.EncodeToUtf8(bytes);
            foreach (byte b in bytes[..length])
            {
                escaped.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        return escaped.ToString();
    }

    private static bool IsEscape(string text, int at) =>
        at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]);

    private static string WithoutDots(string path)
    {
        if (!path.Contains("/.", StringComparison.Ordinal))
        {
            return path;
        }

        List<string> kept = [];
        string[] parts = path.Split('/');
        for (int i = 1; i < parts.Length; i++)
        {
            bool last = i == parts.Length - 1;
            if (parts[i] is "." or "..")
            {
                if (parts[i] == ".." && kept.Count > 0)
                {
                    kept.RemoveAt(kept.Count - 1);
                }

                if (last)
                {
                    kept.Add("");
                }
            }
            else
            {
                kept.Add(parts[i]);
            }
        }

        return "/" + string.Join('/', kept);
    }
}
