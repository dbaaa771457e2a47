using System.Collections.Frozen;

namespace Syndication.Content;

/// <summary>
/// The allow-list: which elements and attributes may be in a feed or a mail. What is not here does not get out; nothing is here that the
/// W3C's feed validator warns of.
/// </summary>
internal static class SafeMarkup
{
    public static readonly FrozenSet<string> Tags = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "a", "abbr", "address", "article", "aside", "b", "bdi", "big", "blockquote", "br", "caption", "center", "cite", "code", "col",
        "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4",
        "h5", "h6", "header", "hr", "i", "img", "input", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby",
        "s", "samp", "section", "small", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
        "time", "tr", "tt", "u", "ul", "var", "wbr");

    public static readonly FrozenSet<string> Attributes = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "href", "src", "alt", "title", "width", "height", "colspan", "rowspan", "align", "valign", "start", "reversed", "value", "type", "lang",
        "dir", "id", "class", "cite", "datetime", "open", "checked", "disabled", "rel", "scope", "name", "style", "target", "border");

    /// <summary>Elements that go with all that is in them; of any other unknown element only the tags go.</summary>
    public static readonly FrozenSet<string> RemovedWhole = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "script", "style", "noscript", "template", "svg", "math", "form", "button", "select", "textarea", "canvas", "title", "head", "link", "meta",
        "base", "frameset", "frame", "applet", "noembed", "noframes", "xmp", "plaintext", "param", "source", "track", "map", "area", "dialog");

    /// <summary>Elements that play something elsewhere: shown as a link to it.</summary>
    public static readonly FrozenSet<string> Players =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "iframe", "video", "audio", "object", "embed");

    public static readonly FrozenSet<string> Void = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "command", "keygen");

    /// <summary>True when an attribute list may set it. Addresses are not its business, and names and values come out encoded.</summary>
    public static bool IsPlainAttribute(string name) =>
        Attributes.Contains(name) && name.ToLowerInvariant() is not ("href" or "src" or "cite");
}
