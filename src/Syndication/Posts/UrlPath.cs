using System.Buffers;
using System.Globalization;
using System.Text;

namespace Syndication.Posts;

/// <summary>Paths of addresses: percent-encoding as each generator does it, and making them absolute. Pure.</summary>
internal static class UrlPath
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static readonly SearchValues<char> JekyllKeeps = SearchValues.Create(Unreserved + "!$&'()*+,;=:@/?");
    private static readonly SearchValues<char> GoKeeps = SearchValues.Create(Unreserved + "$&+,/:;=@#%");
    private static readonly SearchValues<char> GoAccepts = SearchValues.Create(Unreserved + "!$&'()*+,;=:@/[]#%");
    private static readonly SearchValues<char> NormalKeeps = SearchValues.Create(Unreserved + "!$&'()*+,;=:@/?#");

    /// <summary>Jekyll's escaping of a token's value in a permalink.</summary>
    public static string EscapeAsJekyll(string path) => Escape(path, JekyllKeeps);

    /// <summary>Go's: a path that is valid as it stands stays; else all but the plainest is escaped. Escapes in it are kept.</summary>
    public static string EscapeAsGo(string path) => path.AsSpan().ContainsAnyExcept(GoAccepts) ? Escape(path, GoKeeps) : path;

    /// <summary>
    /// A path normalised as the filter absolute_url does it: escapes of characters that need none are read, everything else
    /// that is not ASCII is composed (NFC) and escaped, and dot segments are resolved.
    /// </summary>
    public static string Normalize(string path)
    {
        if (!path.AsSpan().ContainsAnyExcept(NormalKeeps) && !path.Contains("/.", StringComparison.Ordinal))
        {
            return path;
        }

        StringBuilder normal = new(path.Length);
        int at = 0;
        while (at < path.Length)
        {
            int percent = path.IndexOf('%', at);
            string plain = percent < 0 ? path[at..] : path[at..percent];
            normal.Append(Escape(plain.Normalize(NormalizationForm.FormC), NormalKeeps));
            at += plain.Length;
            while (at < path.Length && path[at] == '%')
            {
                at += Escaped(path.AsSpan(at), normal);
            }
        }

        return WithoutDots(normal.ToString());
    }

    /// <summary>The absolute address of a path, which begins with a slash, on a site, whose address ends with one.</summary>
    public static string Absolute(Uri site, string path)
    {
        string port = site.IsDefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $":{site.Port}");
        return $"{site.Scheme}://{site.IdnHost}{port}{site.AbsolutePath.TrimEnd('/')}{path}";
    }

    /// <summary>Ruby's File.dirname for a path that begins with a slash: "/a" for "/a/b/" as well as for "/a/b".</summary>
    public static string RubyFolder(string path)
    {
        ReadOnlySpan<char> trimmed = path.AsSpan().TrimEnd('/');
        ReadOnlySpan<char> folder = trimmed[..Math.Max(0, trimmed.LastIndexOf('/'))].TrimEnd('/');
        return folder.IsEmpty ? "/" : folder.ToString();
    }

    /// <summary>The path without "." and "..", which never lead above the root.</summary>
    public static string WithoutDots(string path)
    {
        if (!path.Contains("/.", StringComparison.Ordinal))
        {
            return path;
        }

        int end = path.AsSpan().IndexOfAny('?', '#');
        string tail = end < 0 ? "" : path[end..];
        string[] segments = (end < 0 ? path : path[..end]).Split('/');
        List<string> kept = [];
        foreach (string segment in segments[1..])
        {
            if (segment == ".." && kept.Count > 0)
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else if (segment is not ("." or ".."))
            {
                kept.Add(segment);
            }
        }

        bool folder = segments[^1] is "." or "..";
        return "/" + string.Join('/', kept) + (folder && kept.Count > 0 ? "/" : "") + tail;
    }

    private static string Escape(string text, SearchValues<char> keeps)
    {
        if (!text.AsSpan().ContainsAnyExcept(keeps))
        {
            return text;
        }

        StringBuilder escaped = new(text.Length + 16);
        Span<byte> bytes = stackalloc byte[4];
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && keeps.Contains((char)rune.Value))
            {
                escaped.Append((char)rune.Value);
                continue;
            }

            foreach (byte b in bytes[..rune.EncodeToUtf8(bytes)])
            {
                escaped.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        return escaped.ToString();
    }

    /// <summary>Appends what stands at a percent sign, and gives the length that was read.</summary>
    private static int Escaped(ReadOnlySpan<char> text, StringBuilder normal)
    {
        if (text.Length < 3 || !byte.TryParse(text[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
        {
            normal.Append("%25");
            return 1;
        }

        bool plain = value < 0x80 && NormalKeeps.Contains((char)value) && (char)value is not ('/' or '?' or '#');
        normal.Append(plain ? ((char)value).ToString() : string.Create(CultureInfo.InvariantCulture, $"%{value:X2}"));
        return 3;
    }
}
