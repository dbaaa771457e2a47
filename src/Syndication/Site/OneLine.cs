using System.Globalization;
using System.Text;

namespace Syndication.Site;

/// <summary>Makes any text safe to print as one line: the one place where console and log output is neutralised.</summary>
internal static class OneLine
{
    private const int Longest = 500;

    /// <summary>The text with control, format and line-breaking characters as \u escapes, cut after 500 characters.</summary>
    public static string Of(string text)
    {
        StringBuilder line = new(Math.Min(text.Length, Longest));
        foreach (char c in text)
        {
            if (line.Length >= Longest)
            {
                return line.Append('…').ToString();
            }

            UnicodeCategory category = char.GetUnicodeCategory(c);
            if (category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Format)
            {
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                line.Append(c);
            }
        }

        return line.ToString();
    }
}
