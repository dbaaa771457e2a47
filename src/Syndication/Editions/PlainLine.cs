using Syndication.Content;

namespace Syndication.Editions;

/// <summary>Text from posts and settings on one line, and cut at a word.</summary>
internal static class PlainLine
{
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
}
