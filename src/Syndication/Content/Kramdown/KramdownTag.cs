using System.Collections.Frozen;
using System.Net;
using System.Text;

namespace Syndication.Content.Kramdown;

/// <summary>How the inside of an HTML element is read.</summary>
internal enum ContentModel
{
    Raw,
    Span,
    Block,
}

/// <summary>An opening tag as kramdown accepts it: values are quoted or one word.</summary>
/// <param name="Name">In lower case where HTML knows it.</param>
/// <param name="End">The place behind it.</param>
/// <param name="IsClosed">True for &lt;a /&gt;.</param>
/// <param name="Opening">The tag to be written, without the attribute "markdown".</param>
/// <param name="Markdown">The value of that attribute, or null.</param>
internal readonly record struct KramdownTag(string Name, int End, bool IsClosed, string Opening, string? Markdown)
{
    private static readonly FrozenSet<string> SpanElements = FrozenSet.Create(
        "a", "abbr", "acronym", "b", "big", "bdo", "br", "button", "cite", "code", "del", "dfn", "em", "i", "img", "input", "ins", "kbd", "label",
        "mark", "option", "q", "rb", "rbc", "rp", "rt", "rtc", "ruby", "samp", "select", "small", "span", "strong", "sub", "sup", "tt", "u", "var");

    private static readonly FrozenSet<string> BlockElements = FrozenSet.Create(
        "address", "article", "aside", "applet", "body", "blockquote", "caption", "col", "colgroup", "dd", "div", "dl", "dt", "fieldset", "figcaption",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "head", "iframe", "legend", "menu", "li", "main",
        "map", "nav", "ol", "optgroup", "p", "pre", "section", "summary", "table", "tbody", "td", "th", "thead", "tfoot", "tr", "ul");

    private static readonly FrozenSet<string> WithBlocks = FrozenSet.Create(
        "address", "applet", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "fieldset", "figure", "figcaption", "footer",
        "form", "header", "hgroup", "iframe", "li", "main", "map", "menu", "nav", "noscript", "object", "section", "summary", "td");

    private static readonly FrozenSet<string> WithSpans = FrozenSet.Create(
        "a", "abbr", "acronym", "b", "bdo", "big", "button", "cite", "caption", "del", "dfn", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "i",
        "ins", "label", "legend", "optgroup", "p", "q", "rb", "rbc", "rp", "rt", "rtc", "ruby", "select", "small", "span", "strong", "sub", "sup",
        "th", "tt");

    private static readonly FrozenSet<string> OthersKnown =
        FrozenSet.Create("script", "style", "math", "textarea", "code", "kbd", "samp", "var");

    public bool IsSpan => SpanElements.Contains(Name);

    public bool IsBlock => BlockElements.Contains(Name);

    public bool IsVoid => SafeMarkup.Void.Contains(Name);

    public ContentModel Model => ModelOf(Name);

    /// <summary>The tag that ends the element.</summary>
    public string Closing => $"</{Name}>";

    public static ContentModel ModelOf(string name) =>
        WithBlocks.Contains(name) ? ContentModel.Block : WithSpans.Contains(name) ? ContentModel.Span : ContentModel.Raw;

    /// <summary>True for a name that begins with the whole name of an element of running text.</summary>
    public static bool IsSpanWord(ReadOnlySpan<char> name)
    {
        int length = 0;
        while (length < name.Length && (char.IsLetterOrDigit(name[length]) || name[length] == '_'))
        {
            length++;
        }

        string word = name[..length].ToString();
        return SpanElements.Contains(word) || word == "script";
    }

    public static string Normal(ReadOnlySpan<char> name)
    {
        string lower = name.ToString().ToLowerInvariant();
        bool isKnown = SpanElements.Contains(lower) || BlockElements.Contains(lower) || WithBlocks.Contains(lower) || OthersKnown.Contains(lower)
            || SafeMarkup.Void.Contains(lower);
        return isKnown ? lower : name.ToString();
    }

    /// <summary>The length of the name that the text begins with; 0 = none.</summary>
    public static int NameLength(ReadOnlySpan<char> text)
    {
        int at = 0;
        while (at < text.Length && (char.IsLetter(text[at]) || text[at] == '_'
            || at > 0 && (char.IsLetterOrDigit(text[at]) || text[at] is '-' or '.' || text[at] == ':' && at + 1 < text.Length && char.IsLetter(text[at + 1]))))
        {
            at++;
        }

        return at;
    }

    /// <summary>Reads the closing tag at this place.</summary>
    public static bool TryReadClosing(string text, int at, out string name, out int end)
    {
        (name, end) = ("", at);
        if (at + 2 >= text.Length || text[at] != '<' || text[at + 1] != '/')
        {
            return false;
        }

        int length = NameLength(text.AsSpan(at + 2));
        int after = SkipWhite(text, at + 2 + length);
        if (length == 0 || after >= text.Length || text[after] != '>')
        {
            return false;
        }

        (name, end) = (Normal(text.AsSpan(at + 2, length)), after + 1);
        return true;
    }

    public static bool TryRead(string text, int at, out KramdownTag tag)
    {
        tag = default;
        int length = at < text.Length && text[at] == '<' ? NameLength(text.AsSpan(at + 1)) : 0;
        if (length == 0)
        {
            return false;
        }

        string name = Normal(text.AsSpan(at + 1, length));
        StringBuilder opening = new("<" + name);
        string? markdown = null;
        int place = at + 1 + length;
        while (true)
        {
            int start = SkipWhite(text, place);
            int attribute = start > place ? NameLength(text.AsSpan(start)) : 0;
            if (attribute == 0)
            {
                place = start;
                break;
            }

            string key = text.AsSpan(start, attribute).ToString();
            place = start + attribute;
            int equals = SkipWhite(text, place);
            string value = "";
            if (equals < text.Length && text[equals] == '=')
            {
                if (Value(text, SkipWhite(text, equals + 1), out int end) is not string found)
                {
                    return false;
                }

                (value, place) = (found, end);
            }

            if (key.Equals("markdown", StringComparison.OrdinalIgnoreCase))
            {
                markdown = value;
            }
            else
            {
                // Entities in a value stay entities.
                opening.Append(' ').Append(key).Append("=\"").Append(value.Replace("\"", "&quot;", StringComparison.Ordinal)).Append('"');
            }
        }

        bool closed = place < text.Length && text[place] == '/';
        place += closed ? 1 : 0;
        if (place >= text.Length || text[place] != '>')
        {
            return false;
        }

        tag = new KramdownTag(name, place + 1, closed, opening.Append(closed ? " />" : ">").ToString(), markdown);
        return true;
    }

    /// <summary>Text of kramdown's tree as HTML: what is an entity stays one.</summary>
    public static string Escape(ReadOnlySpan<char> text) =>
        text.ToString().Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Text in which entities stand for themselves, as what they stand for.</summary>
    public static string Decode(string text) => text.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(text) : text;

    private static string? Value(string text, int at, out int end)
    {
        end = at;
        if (at >= text.Length)
        {
            return null;
        }

        if (text[at] is '"' or '\'')
        {
            int close = text.IndexOf(text[at], at + 1);
            end = close + 1;
            return close < 0 ? null : text[(at + 1)..close];
        }

        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        return end == at ? null : text[at..end];
    }

    private static int SkipWhite(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }
}
