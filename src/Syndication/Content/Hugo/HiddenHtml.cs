using System.Collections.Frozen;
using System.Text;

namespace Syndication.Content.Hugo;

/// <summary>
/// HTML on its way past the Markdown parser, as Hugo hides what shortcodes write: as a word of control characters, two for each
/// byte, which no parser takes for anything. Whoever puts such a word into a text gains nothing, since what it shows is cleaned.
/// </summary>
internal static class HiddenHtml
{
    private const char Open = '\x01';
    private const char Close = '\x02';
    private const string Digits = "\x03\x04\x05\x06\x07\x08\x0E\x0F\x10\x11\x12\x13\x14\x15\x16\x17";

    /// <summary>Elements that end a paragraph by their beginning (HTML, "p end tag may be omitted").</summary>
    private static readonly FrozenSet<string> Blocks = FrozenSet.ToFrozenSet(
        [
            "address", "article", "aside", "blockquote", "center", "details", "dialog", "div", "dl", "fieldset", "figcaption", "figure", "footer",
            "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "main", "menu", "nav", "ol", "p", "pre", "search", "section",
            "summary", "table", "ul",
        ],
        StringComparer.Ordinal);

    /// <summary>The word that stands for the HTML.</summary>
    public static string Hide(string html)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Show(html));
        return string.Create((2 * bytes.Length) + 2, bytes, (word, all) =>
        {
            (word[0], word[^1]) = (Open, Close);
            for (int i = 0; i < all.Length; i++)
            {
                word[(2 * i) + 1] = Digits[all[i] >> 4];
                word[(2 * i) + 2] = Digits[all[i] & 15];
            }
        });
    }

    public static bool IsIn(string text) => text.Contains(Open, StringComparison.Ordinal);

    /// <summary>The text with its words as the HTML that they stand for; a paragraph of one such word alone is none, except for a link.</summary>
    public static string Show(string html)
    {
        int open = html.IndexOf(Open, 0);
        if (open < 0)
        {
            return html;
        }

        StringBuilder shown = new(html.Length);
        int at = 0;
        int paragraphEnd = -1;
        for (; open >= 0; open = html.IndexOf(Open, at))
        {
            int close = html.IndexOf(Close, open);
            if (close < 0)
            {
                break;
            }

            string hidden = Read(html.AsSpan(open + 1, close - open - 1));
            bool isLine = hidden.StartsWith("<a ", StringComparison.Ordinal) || hidden.StartsWith("<code", StringComparison.Ordinal);
            bool isAlone = !isLine && html.AsSpan(at, open - at).EndsWith("<p>") && html.AsSpan(close + 1).StartsWith("</p>");
            bool ends = !isAlone && EndsParagraph(hidden);
            bool isFirst = ends && html.AsSpan(at, open - at).EndsWith("<p>");
            Append(shown, html, at, isAlone || isFirst ? open - 3 : open, paragraphEnd);
            shown.Append(hidden);
            at = close + (isAlone ? 5 : 1);
            if (ends && paragraphEnd < close)
            {
                // A paragraph ends at a block within it, so what would close it later closes nothing.
                int opening = html.LastIndexOf("<p>", open, StringComparison.Ordinal);
                bool isInside = opening >= 0 && html.IndexOf("</p>", opening, open - opening, StringComparison.Ordinal) < 0;
                paragraphEnd = isInside ? html.IndexOf("</p>", close, StringComparison.Ordinal) : -1;
            }
        }

        Append(shown, html, at, html.Length, paragraphEnd);
        return shown.ToString();
    }

    /// <summary>Whether HTML has a tag at which a paragraph around it ends.</summary>
    private static bool EndsParagraph(string html)
    {
        TagScanner tags = new(html);
        while (tags.Next(out Tag tag))
        {
            if (Blocks.Contains(tag.Name))
            {
                return true;
            }
        }

        return false;
    }

    private static void Append(StringBuilder shown, string html, int from, int to, int leftOut)
    {
        bool isIn = leftOut >= from && leftOut < to;
        shown.Append(html, from, (isIn ? leftOut : to) - from);
        if (isIn)
        {
            shown.Append(html, leftOut + 4, to - leftOut - 4);
        }
    }

    private static string Read(ReadOnlySpan<char> word)
    {
        byte[] bytes = new byte[word.Length / 2];
        for (int i = 0; i < bytes.Length; i++)
        {
            int high = Digits.IndexOf(word[2 * i], StringComparison.Ordinal);
            int low = Digits.IndexOf(word[(2 * i) + 1], StringComparison.Ordinal);
            if (high < 0 || low < 0)
            {
                return "";
            }

            bytes[i] = (byte)((high << 4) | low);
        }

        return Encoding.UTF8.GetString(bytes);
    }
}
