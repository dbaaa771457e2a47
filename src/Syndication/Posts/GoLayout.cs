using System.Globalization;
using System.Text;

namespace Syndication.Posts;

/// <summary>Go's layouts of dates, in which a part of the date Mon Jan 2 15:04:05 MST 2006 stands for that part. Pure.</summary>
internal static class GoLayout
{
    /// <summary>A longer part is tried before one that it begins with.</summary>
    private static readonly (string Part, string Format)[] Parts =
    [
        ("January", "MMMM"), ("Jan", "MMM"), ("Monday", "dddd"), ("Mon", "ddd"), ("2006", "yyyy"), ("15", "HH"), ("002", ""), ("MST", "zone"),
        ("01", "MM"), ("02", "dd"), ("03", "hh"), ("04", "mm"), ("05", "ss"), ("06", "yy"), ("PM", "tt"),
        ("1", "%M"), ("2", "%d"), ("3", "%h"), ("4", "%m"), ("5", "%s"),
    ];

    /// <summary>The date in this layout; null for a text without any part of a date.</summary>
    public static string? Format(string layout, DateTimeOffset date)
    {
        StringBuilder text = new();
        bool isLayout = false;
        for (int at = 0; at < layout.Length;)
        {
            (string part, string format) = Array.Find(Parts, p => string.CompareOrdinal(layout, at, p.Part, 0, p.Part.Length) == 0);
            isLayout |= part is not null;
            text.Append(part is null ? layout[at].ToString()
                : format == "zone" ? date.Offset == TimeSpan.Zero ? "UTC" : date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal)
                : format.Length == 0 ? date.DayOfYear.ToString("000", CultureInfo.InvariantCulture)
                : date.ToString(format, CultureInfo.InvariantCulture));
            at += part?.Length ?? 1;
        }

        return isLayout ? text.ToString() : null;
    }
}
