using System.Globalization;
using System.Text;

namespace Syndication.Site;

/// <summary>Text from posts, settings and strangers as plain text on one line.</summary>
internal static class PlainLine
{
    /// <summary>Longest name or topic, in UTF-16 units: more than any real one, less than what could carry an advertisement.</summary>
    public const int LongestName = 100;

    /// <summary>The text without control characters, with single spaces, and with an ellipsis where it was longer.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="longest">Most UTF-16 characters of the result.</param>
    public static string Of(string text, int longest)
    {
        string line = string.Join(' ', PlainCharacters.Of(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= longest)
        {
            return line;
        }

        int end = line.LastIndexOf(' ', longest - 1);
        if (end < longest / 2)
        {
            // One long word, or writing without spaces between words.
            end = char.IsLowSurrogate(line[longest - 1]) ? longest - 2 : longest - 1;
        }

        return line[..end].TrimEnd(' ', ',', ';', ':', '.') + "…";
    }

    /// <summary>A name or topic that a stranger typed, without control, format and unassigned characters and with single spaces, cut when too long; null when nothing is left.</summary>
    public static string? OfName(string? text)
    {
        StringBuilder line = new();
        foreach (Rune rune in (text ?? "").EnumerateRunes())
        {
            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
            {
                continue;
            }

            bool isSpace = category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.SpaceSeparator;
            if (line.Length + rune.Utf16SequenceLength > LongestName)
            {
                break;
            }

            if (!isSpace)
            {
                line.Append(rune.ToString());
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        string whole = line.ToString().TrimEnd();
        return whole.Length == 0 ? null : whole;
    }
}
