using System.Text;
using AngleSharp;
using AngleSharp.Css.Dom;
using AngleSharp.Css.Parser;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Syndication.Templating;

/// <summary>
/// Moves the rules of a page's style elements into style attributes, since not every mail program reads the former. What depends
/// on the screen or the reader's hand (@media, :hover) stays in its style element; to win over a style attribute it needs !important
/// there. Values stay as they were written. For any number of threads.
/// </summary>
internal sealed class CssInliner
{
    /// <summary>Pseudo-classes that depend on the tree alone; rules with any other stay where they are.</summary>
    private static readonly HashSet<string> OfTheTree = new(StringComparer.OrdinalIgnoreCase)
    {
        "is", "where", "not", "has", "root", "empty", "first-child", "last-child", "only-child", "nth-child", "nth-last-child", "first-of-type",
        "last-of-type", "only-of-type", "nth-of-type", "nth-last-of-type",
    };

    private readonly ICssSelectorParser _selectors;
    private readonly HtmlParser _parser;

    public CssInliner()
    {
        IBrowsingContext context = BrowsingContext.New(Configuration.Default);
        _selectors = context.GetService<ICssSelectorParser>()!;
        _parser = new HtmlParser(new HtmlParserOptions(), context);
    }

    /// <param name="html">A whole page.</param>
    public string Inline(string html)
    {
        using IHtmlDocument document = _parser.ParseDocument(html);
        List<Rule> rules = [];
        foreach (IElement style in document.QuerySelectorAll("style").ToList())
        {
            // A sheet for some media only is as good as a rule in @media.
            if (style.GetAttribute("media") is null or "" or "all")
            {
                string kept = Take(style.TextContent, rules);
                style.TextContent = kept;
                if (kept.Length == 0)
                {
                    style.Remove();
                }
            }
        }

        foreach (IElement element in document.Body!.QuerySelectorAll("*").Prepend(document.Body!))
        {
            Apply(rules, element);
        }

        return document.ToHtml();
    }

    /// <summary>Reads the rules of a sheet, and gives back as CSS what stays in it.</summary>
    private string Take(string sheet, List<Rule> rules)
    {
        string css = CssText.WithoutComments(sheet).Trim();
        StringBuilder kept = new();
        for (int at = 0; at < css.Length;)
        {
            bool isAtRule = css[at] == '@';
            int open = CssText.IndexOfAny(css, at, isAtRule ? "{;" : "{");
            int end = open < css.Length && css[open] == '{' ? CssText.IndexOfAny(css, open + 1, "}") : open;
            if (isAtRule)
            {
                kept.Append(css, at, Math.Min(end + 1, css.Length) - at).Append('\n');
            }
            else if (open < css.Length)
            {
                Take(css[at..open], css[(open + 1)..end], rules, kept);
            }

            at = end + 1;
            while (at < css.Length && char.IsWhiteSpace(css[at]))
            {
                at++;
            }
        }

        return kept.ToString();
    }

    private void Take(string prelude, string block, List<Rule> rules, StringBuilder kept)
    {
        CssDeclaration[] declarations = [.. CssDeclaration.All(block)];
        if (declarations.Length == 0)
        {
            return;
        }

        List<string> staying = [];
        foreach (string text in CssText.Split(prelude, ','))
        {
            if (IsOfTheTree(text) && _selectors.ParseSelector(text) is ISelector selector)
            {
                rules.Add(new Rule(selector, rules.Count, declarations));
            }
            else
            {
                staying.Add(text);
            }
        }

        if (staying.Count > 0)
        {
            kept.Append(string.Join(", ", staying)).Append(" {").Append(block).Append("}\n");
        }
    }

    private static bool IsOfTheTree(string selector)
    {
        for (int i = 0; i < selector.Length; i++)
        {
            if (selector[i] == ':')
            {
                int end = i + 1;
                while (end < selector.Length && (char.IsAsciiLetterOrDigit(selector[end]) || selector[end] == '-'))
                {
                    end++;
                }

                if (!OfTheTree.Contains(selector[(i + 1)..end]))
                {
                    return false;
                }
            }

            i = CssText.EndOfToken(selector, i);
        }

        return true;
    }

    /// <summary>
    /// The cascade (CSS Cascading Level 4, section 6) as the order within one attribute, where the last wins: so !important is not
    /// written, and a rule in @media that has it wins over all of these.
    /// </summary>
    private static void Apply(List<Rule> rules, IElement element)
    {
        Rule[] matching = [.. rules.Where(r => r.Selector.Match(element)).OrderBy(r => r.Selector.Specificity).ThenBy(r => r.Order)];
        if (matching.Length == 0)
        {
            return;
        }

        CssDeclaration[] own = [.. CssDeclaration.All(element.GetAttribute("style") ?? "")];
        List<(CssDeclaration Declaration, int Source)> style = [];
        Add(style, matching.Select(r => r.Declarations.Where(d => !d.IsImportant)));
        Add(style, [own.Where(d => !d.IsImportant)]);
        Add(style, matching.Select(r => r.Declarations.Where(d => d.IsImportant)));
        Add(style, [own.Where(d => d.IsImportant)]);
        element.SetAttribute("style", string.Join("; ", style.Select(s => $"{s.Declaration.Name}: {s.Declaration.Value}{Mark(s.Declaration, own)}")));
    }

    private static string Mark(CssDeclaration declaration, CssDeclaration[] own) =>
        declaration.IsImportant && own.Contains(declaration) ? " !important" : "";

    /// <summary>A property takes the place of the same one from an earlier source; within one source both stay, as a fallback.</summary>
    private static void Add(List<(CssDeclaration Declaration, int Source)> style, IEnumerable<IEnumerable<CssDeclaration>> sources)
    {
        int source = style.Count == 0 ? 0 : style[^1].Source;
        foreach (IEnumerable<CssDeclaration> declarations in sources)
        {
            source++;
            foreach (CssDeclaration declaration in declarations)
            {
                style.RemoveAll(s => s.Source < source && s.Declaration.Name == declaration.Name);
                style.Add((declaration, source));
            }
        }
    }

    private sealed record Rule(ISelector Selector, int Order, CssDeclaration[] Declarations);
}
