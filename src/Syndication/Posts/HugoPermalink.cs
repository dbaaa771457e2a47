using System.Globalization;
using System.Text;

namespace Syndication.Posts;

/// <summary>What the tokens of Hugo's permalink patterns stand for.</summary>
/// <param name="Date">In the zone that the date was written in, or the site's.</param>
/// <param name="Sections">Folders from the content folder down to the section that the page is in.</param>
/// <param name="SectionSlugs">Of each section among these, its slug, title, or folder.</param>
/// <param name="Title">The page's title.</param>
/// <param name="Slug">Front matter's slug, or null.</param>
/// <param name="Name">The file's name without extension and language; of a page bundle the folder's.</param>
internal sealed record HugoPage(
    DateTimeOffset Date, IReadOnlyList<string> Sections, IReadOnlyList<string> SectionSlugs, string Title, string? Slug, string Name);

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
        "sectionslug" => toPath(page.SectionSlugs.Count > 0 ? page.SectionSlugs[0] : ""),
        "title" => toPath(page.Title),
        "slug" => toPath(page.Slug ?? page.Title),
        "filename" or "contentbasename" => toPath(page.Name),
        "slugorfilename" or "slugorcontentbasename" => toPath(page.Slug ?? page.Name),
        _ => Slice(token, "sections", page.Sections, toPath) ?? Slice(token, "sectionslugs", page.SectionSlugs, toPath)
            ?? (GoLayout.Format(token, page.Date) is string text ? toPath(text) : null),
    };

    /// <summary>All of a list, or what its brackets choose: [0], [last], [1:], [:last]. What is no number counts as 0; what is too large chooses nothing.</summary>
    private static string? Slice(string token, string name, IReadOnlyList<string> list, Func<string, string> toPath)
    {
        if (!token.StartsWith(name, StringComparison.Ordinal) || token.Length > name.Length && token[name.Length] != '[')
        {
            return null;
        }

        string[] range = token[name.Length..].Trim('[', ']').Split(':');
        int from = Index(range[0], list.Count, whenEmpty: 0);
        int to = range.Length > 1 ? Index(range[1], list.Count, whenEmpty: list.Count)
            : token.Length == name.Length ? list.Count
            : from + 1;
        return toPath(string.Join('/', list.Take(to).Skip(from)));
    }

    private static int Index(string text, int count, int whenEmpty) => text.ToUpperInvariant() switch
    {
        "" => whenEmpty,
        "LAST" => Math.Max(0, count - 1),
        _ => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index) ? Math.Max(0, index) : 0,
    };

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
