using System.Globalization;
using System.Text;

namespace Syndication.Subscribers;

/// <summary>Names and topics, which strangers type: the one place where they become plain text on one line.</summary>
internal static class PlainLine
{
    /// <summary>Longest name or topic, in UTF-16 units: more than any real one, less than what could carry an advertisement.</summary>
    public const int Longest = 100;

    /// <summary>The text without control, format and unassigned characters and with single spaces, cut when too long; null when nothing is left.</summary>
    public static string? Of(string? text)
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
            if (line.Length + rune.Utf16SequenceLength > Longest)
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
