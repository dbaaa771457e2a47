using System.Net;
using System.Text;
using Syndication.Content.Hugo.Templates;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Content.Hugo;

/// <summary>
/// Writes the shortcodes of one Hugo body as Markdown and HTML: the site's own by their templates. What an unknown one encloses
/// stays; what plays something on another site becomes a link.
/// </summary>
/// <param name="post">The post with this body.</param>
/// <param name="site">The site.</param>
/// <param name="reads">Finds the posts that references lead to.</param>
/// <param name="dialect">Makes Markdown within an argument HTML.</param>
/// <param name="templates">The site's own shortcodes.</param>
/// <param name="problems">Where what is wrong goes.</param>
internal sealed class Shortcodes(
    Post post, SiteDefinition site, BodyReads reads, MarkdownDialect dialect, GoTemplates templates, List<Problem> problems)
{
    private const int Deepest = 50;
    private const int MaxWarnings = 20;

    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private string _body = "";
    private List<ShortcodeTag> _tags = [];
    private OwnShortcodes? _own;

    public string Expand(string body)
    {
        if (!body.Contains("{{<", StringComparison.Ordinal) && !body.Contains("{{%", StringComparison.Ordinal))
        {
            return body;
        }

        _body = body;
        _tags = ShortcodeScanner.Scan(body);
        _own = new OwnShortcodes(templates, new GoScope(post, site, reads, dialect), Warn);
        return Expand(0, body.Length, 0, _tags.Count, null, 0);
    }

    /// <summary>The part of the body between two places, with the tags from one index up to another in it.</summary>
    private string Expand(int from, int to, int firstTag, int endTag, ShortcodeCall? parent, int depth)
    {
        StringBuilder expanded = new();
        int ordinal = 0;
        int at = from;
        for (int i = firstTag; i < endTag; i++)
        {
            ShortcodeTag tag = _tags[i];
            expanded.Append(_body, at, tag.Start - at);
            at = tag.End;
            if (tag.Shown is not null)
            {
                expanded.Append(tag.Shown);
            }
            else if (!tag.IsClosing)
            {
                bool encloses = tag.Closer > i && tag.Closer < endTag && depth < Deepest;
                ShortcodeCall call = new(tag, ordinal++, parent);
                string? inner = encloses ? Expand(tag.End, _tags[tag.Closer].Start, i + 1, tag.Closer, call, depth + 1) : null;
                expanded.Append(Written(call, inner));
                if (encloses)
                {
                    i = tag.Closer;
                    at = _tags[i].End;
                }
            }
        }

        return expanded.Append(_body, at, to - at).ToString();
    }

    private bool AllowsInline => site.Configuration.Get("enableInlineShortcodes") is true
        || (site.Configuration.Get("security") as DataMap)?.Get("enableInlineShortcodes") is true;

    private string Written(ShortcodeCall call, string? inner)
    {
        ShortcodeTag tag = call.Tag;
        OwnShortcode? own = _own!.Run(call, inner);
        return own is null ? BuiltIn(tag, inner)
            : own.Written is null ? Plain(tag, inner)
            : IsWithinTarget(tag) && own.Written.Trim().All(IsOfAddress) ? own.Written.Trim()
            : own.IsHtml ? HiddenHtml.Hide(own.Written)
            : Html(tag, tag.WritesMarkdown ? Indented(own.Written, tag) : own.Written);
    }

    private string BuiltIn(ShortcodeTag tag, string? inner)
    {
        switch (tag.Name)
        {
            case "figure":
                return Html(tag, Figure(tag));
            case "highlight":
                return Highlight(tag, inner ?? "");
            case "youtube":
                (string page, string? thumbnail) = ElsewhereLink.YouTube(tag.Argument("id", 0));
                return Html(tag, ElsewhereLink.Html(page, thumbnail, tag.Argument("title") is { Length: > 0 } title ? title : "YouTube"));
            case "vimeo":
                return Html(tag, ElsewhereLink.Html("https://vimeo.com/" + Uri.EscapeDataString(tag.Argument("id", 0)), null, "Vimeo"));
            case "gist":
                return Html(tag, ElsewhereLink.Html($"https://gist.github.com/{Uri.EscapeDataString(tag.Argument("0", 0))}/{Uri.EscapeDataString(tag.Argument("1", 1))}", null, "Gist"));
            case "tweet" or "x" when tag.Arguments.Count > 0:
                string id = tag.Argument("id") is { Length: > 0 } named ? named : tag.Argument("0");
                string user = tag.Argument("user") is { Length: > 0 } name ? name : "i";
                return Html(tag, ElsewhereLink.Html($"https://x.com/{Uri.EscapeDataString(user)}/status/{Uri.EscapeDataString(id)}", null, "Tweet"));
            case "instagram":
                return Html(tag, ElsewhereLink.Html($"https://www.instagram.com/p/{Uri.EscapeDataString(tag.Argument("id", 0))}/", null, "Instagram"));
            case "ref" or "relref":
                return Reference(tag);
            case "param":
                return Parameter(tag.Argument("0"));
            case "details":
                string summary = tag.Argument("summary", 0) is { Length: > 0 } given ? given : "Details";
                return Html(tag, $"<details>\n<summary>{WebUtility.HtmlEncode(summary)}</summary>\n") + $"\n\n{inner}\n\n" + Html(tag, "</details>\n");
            case [.., '.', 'i', 'n', 'l', 'i', 'n', 'e'] when !AllowsInline:
                Warn(tag, $"the shortcode {tag.Name} is left out, since security.enableInlineShortcodes is off");
                return "";
            default:
                Warn(tag, $"the shortcode {tag.Name} is not known; what it encloses or names is shown");
                return Plain(tag, inner);
        }
    }

    /// <summary>Whether a tag stands within the address of a link or an image: hidden HTML would not be found again there.</summary>
    private bool IsWithinTarget(ShortcodeTag tag)
    {
        string line = _body[(_body.LastIndexOf('\n', Math.Max(0, tag.Start - 1), Math.Max(0, tag.Start)) + 1)..tag.Start];
        int inline = line.LastIndexOf("](", StringComparison.Ordinal);
        int reference = line.StartsWith('[') ? line.IndexOf("]:", StringComparison.Ordinal) : -1;
        int target = Math.Max(inline, reference);
        string before = target < 0 ? "" : line[(target + "](".Length)..].TrimStart();
        return target >= 0 && !before.Contains(')', StringComparison.Ordinal)
            && (before.StartsWith('<') || before.Contains("{{", StringComparison.Ordinal) || !before.Contains(' ', StringComparison.Ordinal));
    }

    private static bool IsOfAddress(char letter) => char.IsLetterOrDigit(letter) || "/:.-_~%?=&+,;@#!".Contains(letter, StringComparison.Ordinal);

    /// <summary>Markdown keeps its place in a list: each line begins where the tag does.</summary>
    private string Indented(string markdown, ShortcodeTag tag)
    {
        int line = _body.LastIndexOf('\n', Math.Max(0, tag.Start - 1), Math.Max(0, tag.Start)) + 1;
        string indent = _body[line..tag.Start];
        return indent.Length > 0 && string.IsNullOrWhiteSpace(indent) ? markdown.Replace("\n", "\n" + indent, StringComparison.Ordinal) : markdown;
    }

    /// <summary>What a reader needs of a shortcode that cannot be run.</summary>
    private static string Plain(ShortcodeTag tag, string? inner) =>
        !string.IsNullOrWhiteSpace(inner) ? inner : PlainShortcode.Html(tag) is { Length: > 0 } html ? HiddenHtml.Hide(html) : "";

    private static string Html(ShortcodeTag tag, string html) => tag.WritesMarkdown ? html : HiddenHtml.Hide(html);

    private string Figure(ShortcodeTag tag)
    {
        string alt = tag.Argument("alt") is { Length: > 0 } given ? given : tag.Argument("caption");
        StringBuilder figure = new("<figure>");
        string link = tag.Argument("link");
        figure.Append(link.Length > 0 ? $"<a href=\"{WebUtility.HtmlEncode(link)}\">" : "");
        figure.Append("<img src=\"").Append(WebUtility.HtmlEncode(tag.Argument("src", 0)));
        figure.Append("\" alt=\"").Append(WebUtility.HtmlEncode(alt)).Append('"');
        foreach (string size in (string[])["width", "height"])
        {
            figure.Append(tag.Argument(size) is { Length: > 0 } value ? $" {size}=\"{WebUtility.HtmlEncode(value)}\"" : "");
        }

        figure.Append(link.Length > 0 ? "/></a>" : "/>");
        string title = tag.Argument("title");
        string caption = tag.Argument("caption");
        string source = tag.Argument("attr");
        if (title.Length + caption.Length + source.Length > 0)
        {
            string credit = tag.Argument("attrlink") is { Length: > 0 } to
                ? $"<a href=\"{WebUtility.HtmlEncode(to)}\">{Inline(source)}</a>"
                : Inline(source);
            figure.Append("<figcaption>").Append(title.Length > 0 ? $"<h4>{WebUtility.HtmlEncode(title)}</h4>" : "");
            figure.Append(caption.Length + source.Length > 0 ? $"<p>{Inline(caption)}{credit}</p>" : "").Append("</figcaption>");
        }

        return figure.Append("</figure>").ToString();
    }

    private string Highlight(ShortcodeTag tag, string code)
    {
        string options = tag.Argument("options", 1);
        if (options.Contains("hl_inline=true", StringComparison.OrdinalIgnoreCase))
        {
            return Html(tag, $"<code>{WebUtility.HtmlEncode(code.Trim('\n'))}</code>");
        }

        string fenced = FencedCode.Of(tag.Argument("lang", 0), options, code);
        return tag.WritesMarkdown ? fenced : Html(tag, dialect.Fragment(fenced));
    }

    /// <summary>Without blank lines, at which the HTML block of a figure would end.</summary>
    private string Inline(string markdown) => markdown.Length == 0 ? "" : dialect.Fragment(markdown).ReplaceLineEndings(" ");

    private string Reference(ShortcodeTag tag)
    {
        string wanted = tag.Argument("path", 0);
        if (GoSiteFunctions.PathOf(reads, site, wanted) is string path)
        {
            return tag.Name == "ref" && path.StartsWith('/') ? site.Url.GetLeftPart(UriPartial.Authority) + path : path;
        }

        // As in Hugo the text stays, without a link to nowhere.
        Warn(tag, $"the shortcode {tag.Name} names no published post: {wanted}");
        return "";
    }

    private string Parameter(string name) => GoObjects.Parameter(post, site, name) is object value and not (DataMap or IReadOnlyList<object?>)
        ? Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? ""
        : "";

    /// <summary>Says the same of a body only once.</summary>
    private void Warn(ShortcodeTag tag, string what) => Warn(Problem.Warning(post.Path, post.BodyLine + tag.Line, what));

    private void Warn(Problem problem)
    {
        if (_said.Count < MaxWarnings && _said.Add(problem.Source == post.Path ? problem.What : problem.ToString()))
        {
            problems.Add(problem);
        }
    }
}
