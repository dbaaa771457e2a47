using System.Globalization;
using System.Text;

namespace Syndication.Posts;

/// <summary>Jekyll's permalinks: styles, templates with tokens such as :year, and how the result is cleaned. Pure.</summary>
internal static class Permalink
{
    /// <summary>The template that a configured style stands for; any other text is a template itself.</summary>
    public static string Template(string? style) => style switch
    {
        null or "" or "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        _ => style,
    };

    /// <summary>The template with its tokens replaced and escaped, cleaned; null, with its name, when a token is unknown.</summary>
    /// <param name="template">Text with tokens of small letters and underscores after a colon.</param>
    /// <param name="token">The value of a token, not escaped; null when there is no such token.</param>
    /// <param name="unknown">The token that is unknown, else empty.</param>
    public static string? Expand(string template, Func<string, string?> token, out string unknown)
    {
        StringBuilder path = new(template.Length + 32);
        int at = 0;
        unknown = "";
        while (at < template.Length)
        {
            int length = template[at] == ':' ? NameLength(template.AsSpan(at + 1)) : 0;
            if (length == 0)
            {
                path.Append(template[at++]);
                continue;
            }

            string name = template.Substring(at + 1, length);
            string? value = token(name);
            if (value is null && name.EndsWith('_'))
            {
                // :year_:month: the underscore may belong to the text.
                length--;
                value = token(name[..^1]);
            }

            if (value is null)
            {
                unknown = ":" + name;
                return null;
            }

            path.Append(UrlPath.EscapeAsJekyll(value));
            at += length + 1;
        }

        return Clean(path.ToString());
    }

    /// <summary>A path that begins with a slash, and has neither double slashes nor steps upwards.</summary>
    public static string Clean(string path)
    {
        string cleaned = ("/" + path).Replace("..", "/", StringComparison.Ordinal).Replace("./", "", StringComparison.Ordinal);
        StringBuilder squeezed = new(cleaned.Length);
        foreach (char c in cleaned)
        {
            if (c != '/' || squeezed.Length == 0 || squeezed[^1] != '/')
            {
                squeezed.Append(c);
            }
        }

        return squeezed.ToString();
    }

    /// <summary>The value of a token that only the date decides, or null when it is no such token.</summary>
    public static string? DateToken(string name, DateTimeOffset date) => name switch
    {
        "year" => Format(date, "yyyy"),
        "short_year" => Format(date, "yy"),
        "month" => Format(date, "MM"),
        "i_month" => Format(date, "%M"),
        "short_month" => Format(date, "MMM"),
        "long_month" => Format(date, "MMMM"),
        "day" => Format(date, "dd"),
        "i_day" => Format(date, "%d"),
        "y_day" => date.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
        "w_year" => ISOWeek.GetYear(date.DateTime).ToString("0000", CultureInfo.InvariantCulture),
        "week" => ISOWeek.GetWeekOfYear(date.DateTime).ToString("00", CultureInfo.InvariantCulture),
        "w_day" => (((int)date.DayOfWeek + 6) % 7 + 1).ToString(CultureInfo.InvariantCulture),
        "short_day" => Format(date, "ddd"),
        "long_day" => Format(date, "dddd"),
        "hour" => Format(date, "HH"),
        "minute" => Format(date, "mm"),
        "second" => Format(date, "ss"),
        _ => null,
    };

    private static string Format(DateTimeOffset date, string format) => date.ToString(format, CultureInfo.InvariantCulture);

    private static int NameLength(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && (char.IsAsciiLetterLower(text[length]) || text[length] == '_'))
        {
            length++;
        }

        return length;
    }
}
