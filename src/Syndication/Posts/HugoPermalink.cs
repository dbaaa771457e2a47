using System.Globalization;
using System.Text;

namespace Syndication.Posts;

/// <summary>What the tokens of Hugo's permalink patterns stand for.</summary>
/// <param name="Date">In the zone that the date was written in, or the site's.</param>
/// <param name="Sections">Folders from the content folder down, without that of a page bundle.</param>
/// <param name="Title">The page's title.</param>
/// <param name="Slug">Front matter's slug, or null.</param>
/// <param name="Name">The file's name without extension and language; of a page bundle the folder's.</param>
internal sealed record HugoPage(
    DateTimeOffset Date, IReadOnlyList<string> Sections, string Title, string? Slug, string Name);

/// <summary>Hugo's permalink patterns, such as /:year/:title/ or /:sections[1:]/:slug. Pure.</summary>
internal static class HugoPermalink
{
    /// <summary>The pattern with its tokens replaced; null, with its name, when a token is unknown.</summary>
    /// <param name="pattern">A pattern from the site's configuration.</param>
    /// <param name="page">What the tokens stand for.</param>
    /// <param name="toPath">Makes a value a path, by the site's settings.</param>
    /// <param name="unknown">The token that is unknown, else empty.</param>
    public static string? Expand(string pattern, HugoPage page, Func<string, string> toPath, out string unknown)
    {
        StringBuilder path = new(pattern.Length + 32);
        unknown = "";
        for (int at = 0; at < pattern.Length;)
        {
            int length = pattern[at] == ':' ? TokenLength(pattern.AsSpan(at + 1)) : 0;
            if (length == 0)
            {
                path.Append(pattern[at++]);
                continue;
            }

            string token = pattern.Substring(at + 1, length);
            if (Value(token, page, toPath) is not string value)
            {
                unknown = ":" + token;
                return null;
            }

            path.Append(value);
            at += length + 1;
        }

        return path.ToString();
    }

    private static string? Value(string token, HugoPage page, Func<string, string> toPath) => token switch
    {
        "year" => Format(page.Date, "yyyy"),
        "month" => Format(page.Date, "MM"),
        "monthname" => toPath(Format(page.Date, "MMMM")),
        "day" => Format(page.Date, "dd"),
        "weekday" => ((int)page.Date.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        "weekdayname" => toPath(Format(page.Date, "dddd")),
        "yearday" => page.Date.DayOfYear.ToString(CultureInfo.InvariantCulture),
        "section" => toPath(page.Sections.Count > 0 ? page.Sections[0] : ""),
        "sectionslug" => toPath(page.Sections.Count > 0 ? page.Sections[0] : ""),
        "title" => toPath(page.Title),
        "slug" => toPath(page.Slug ?? page.Title),
        "filename" or "contentbasename" => toPath(page.Name),
        "slugorfilename" or "slugorcontentbasename" => toPath(page.Slug ?? page.Name),
        _ => Sections(token, page.Sections, toPath) ?? GoLayout(token, page.Date),
    };

    /// <summary>:sections, :sections[0], :sections[last], :sections[1:], :sections[:last], :sectionslugs….</summary>
    private static string? Sections(string token, IReadOnlyList<string> sections, Func<string, string> toPath)
    {
        ReadOnlySpan<char> range = token.StartsWith("sectionslugs", StringComparison.Ordinal) ? token.AsSpan(12)
            : token.StartsWith("sections", StringComparison.Ordinal) ? token.AsSpan(8)
            : "?";
        if (range.IsEmpty)
        {
            return toPath(string.Join('/', sections));
        }

        if (range is not ['[', .. var inner, ']'])
        {
            return null;
        }

        int colon = inner.IndexOf(':');
        int from = Index(colon < 0 ? inner : inner[..colon], sections.Count, 0);
        int to = colon < 0 ? from + 1 : Index(inner[(colon + 1)..], sections.Count, sections.Count);
        if (from < 0 || to < 0)
        {
            return null;
        }

        return toPath(string.Join('/', sections.Take(to).Skip(from)));
    }

    private static int Index(ReadOnlySpan<char> text, int count, int whenEmpty) => text switch
    {
        "" => whenEmpty,
        "last" => Math.Max(0, count - 1),
        _ => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : -1,
    };

    private static string? GoLayout(string token, DateTimeOffset date)
    {
        string? format = token switch
        {
            "2006" => "yyyy",
            "06" => "yy",
            "January" => "MMMM",
            "Jan" => "MMM",
            "01" => "MM",
            "1" => "%M",
            "Monday" => "dddd",
            "Mon" => "ddd",
            "02" => "dd",
            "2" => "%d",
            "15" => "HH",
            "04" => "mm",
            "05" => "ss",
            _ => null,
        };
        return format is null ? null : Format(date, format);
    }

    private static string Format(DateTimeOffset date, string format) => date.ToString(format, CultureInfo.InvariantCulture);

    private static int TokenLength(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && (char.IsAsciiLetterOrDigit(text[length]) || text[length] == '_'))
        {
            length++;
        }

        int close = length > 0 && length < text.Length && text[length] == '[' ? text[length..].IndexOf(']') : -1;
        return close < 0 ? length : length + close + 1;
    }
}
