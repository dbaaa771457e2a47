using System.Text;
using System.Xml;

namespace Syndication.Feeds;

/// <summary>Makes text safe for XML 1.0: the one place where characters that it cannot hold are taken out of feeds.</summary>
internal static class XmlText
{
    /// <summary>The text without control characters, unpaired surrogates and non-characters; the same instance when there are none.</summary>
    public static string Clean(string text)
    {
        int clean = CleanPrefix(text);
        if (clean == text.Length)
        {
            return text;
        }

        StringBuilder kept = new(text, 0, clean, text.Length);
        for (int i = clean; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                kept.Append(text[i]).Append(text[++i]);
            }
            else if (IsAllowed(text[i]))
            {
                kept.Append(text[i]);
            }
        }

        return kept.ToString();
    }

    /// <summary>Whether there is nothing to take out.</summary>
    public static bool IsClean(string text) => CleanPrefix(text) == text.Length;

    /// <summary>Clean text on one line, with single spaces.</summary>
    public static string CleanLine(string text) =>
        string.Join(' ', Clean(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>HTML that shows plain text as it is.</summary>
    public static string AsHtml(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static int CleanPrefix(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (!IsAllowed(text[i]))
            {
                return i;
            }
        }

        return text.Length;
    }

    private static bool IsAllowed(char c) => XmlConvert.IsXmlChar(c) && c is not (>= '\u007f' and <= '\u009f');
}
