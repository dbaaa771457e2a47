using System.Text;

namespace Syndication.Content;

/// <summary>
/// HTML as it is given to the parser: without comments, declarations and elements whose inside is no markup, so that what the
/// scan below sees is what the parser will see; and refused when its tree could take all time and memory.
/// </summary>
internal static class HtmlSource
{
    /// <summary>Deepest nesting, and most formatting elements left open, that a tree is built for.</summary>
    public const int Deepest = 200;

    /// <summary>Most tags that a tree is built for: some steps over its siblings are quadratic.</summary>
    private const int MostTags = 100_000;

    private static readonly string[] Inert =
        ["script", "style", "textarea", "title", "xmp", "noembed", "noframes", "noscript", "plaintext", "iframe"];

    /// <summary>The HTML to parse, or null where it is nested too deeply, leaves too much open or is too long.</summary>
    public static string? Tame(string html)
    {
        StringBuilder tame = new(html.Length);
        Nesting nesting = new();
        bool commentsEnd = true;
        int at = 0;
        while (at < html.Length)
        {
            int bracket = html.IndexOf('<', at);
            if (bracket < 0 || bracket == html.Length - 1)
            {
                break;
            }

            tame.Append(html, at, bracket - at);
            char next = html[bracket + 1];
            bool closing = next == '/';
            char first = closing && bracket + 2 < html.Length ? html[bracket + 2] : next;
            if (next is '!' or '?' || closing && !char.IsAsciiLetter(first))
            {
                int end = commentsEnd ? EndOfComment(html, bracket) : -1;
                commentsEnd = end >= 0;
                tame.Append(end < 0 ? "&lt;" : "");
                at = end < 0 ? bracket + 1 : end;
                continue;
            }

            if (!char.IsAsciiLetter(first))
            {
                tame.Append("&lt;");
                at = bracket + 1;
                continue;
            }

            TagScanner scanner = new(html, bracket);
            if (!scanner.Next(out Tag tag) || tag.Start != bracket)
            {
                tame.Append("&lt;");
                at = bracket + 1;
                break;
            }

            at = tag.End;
            if (Inert.Contains(tag.Name))
            {
                if (!tag.IsClosing)
                {
                    at = EndOfInert(html, tag);
                    tame.Append(tag.Name == "iframe" ? string.Concat(html.AsSpan(tag.Start, tag.End - tag.Start), "</iframe>") : "");
                }

                continue;
            }

            tame.Append(html, tag.Start, tag.End - tag.Start);
            if (!nesting.Allows(tag))
            {
                return null;
            }
        }

        return tame.Append(html, at, html.Length - at).ToString();
    }

    /// <summary>The place behind a comment or declaration; -1 where it is never closed: then it is text.</summary>
    private static int EndOfComment(string html, int at)
    {
        if (html.AsSpan(at).StartsWith("<!--"))
        {
            int end = html.IndexOf("-->", at + 2, StringComparison.Ordinal);
            return end < 0 ? -1 : end + 3;
        }

        int bracket = html.IndexOf('>', at);
        return bracket < 0 ? -1 : bracket + 1;
    }

    private static int EndOfInert(string html, Tag tag)
    {
        int end = tag.Name == "plaintext" ? -1 : html.IndexOf("</" + tag.Name, tag.End, StringComparison.OrdinalIgnoreCase);
        int bracket = end < 0 ? -1 : html.IndexOf('>', end);
        return bracket < 0 ? html.Length : bracket + 1;
    }

    private sealed class Nesting
    {
        private readonly List<string> _open = [];
        private int _formatting;
        private int _tags;

        /// <summary>False when this tag nests deeper, or leaves more formatting open, than a tree is built for.</summary>
        public bool Allows(Tag tag)
        {
            bool formats = tag.Name is "a" or "b" or "big" or "code" or "em" or "font" or "i" or "nobr" or "s" or "small" or "strike" or "strong"
                or "tt" or "u";
            if (tag.IsClosing)
            {
                _formatting -= formats && _formatting > 0 ? 1 : 0;
                int opener = _open.LastIndexOf(tag.Name);
                if (opener >= 0)
                {
                    _open.RemoveRange(opener, _open.Count - opener);
                }
            }
            else if (!SafeMarkup.Void.Contains(tag.Name))
            {
                // A paragraph or an item ends where the next one begins: left open, it nests no deeper.
                bool replaces = _open.Count > 0 && _open[^1] == tag.Name && tag.Name is "p" or "li" or "dt" or "dd" or "tr" or "td" or "th" or "option";
                if (!replaces)
                {
                    _open.Add(tag.Name);
                }

                _formatting += formats ? 1 : 0;
            }

            return _open.Count <= Deepest && _formatting <= Deepest && ++_tags <= MostTags;
        }
    }
}
