using System.Text;
using Markdig.Renderers;
using Markdig.Syntax;
using Syndication.Content.Hugo;

namespace Syndication.Content;

/// <summary>
/// Writes blocks of a tree as HTML and as text. What Markdig wrote itself is safe already; only runs of blocks with raw HTML in
/// them, up to where its elements are closed again, go through the cleaner.
/// </summary>
internal sealed class BodyWriter(MarkdownDialect dialect, HtmlCleaner cleaner, LinkTargets targets)
{
    /// <summary>Elements whose end tag may be left out, so that an open one does not reach into the next block.</summary>
    private static readonly string[] ClosedByThemselves = ["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup"];

    /// <summary>True once HTML was found that is nested too deeply to be cleaned.</summary>
    public bool FoundTooDeep { get; private set; }

    /// <summary>The blocks as safe HTML; their text goes to the layout.</summary>
    /// <exception cref="ArgumentException">The tree is nested too deeply.</exception>
    public string Write(BodyTree tree, IEnumerable<Block> blocks, TextLayout layout, bool showTargets)
    {
        StringBuilder html = new();
        using StringWriter writer = new(html);
        HtmlRenderer renderer = dialect.Renderer(writer, targets.Page);
        MarkdownText text = new(layout, showTargets);
        List<string> open = [];
        int runStart = -1;
        foreach (Block block in blocks)
        {
            int start = html.Length;
            renderer.Render(block);
            bool showed = tree.HidesHtml && Show(html, start);
            if (runStart < 0 && !showed && !tree.HasRawHtml(block))
            {
                text.Write(block);
                continue;
            }

            runStart = runStart < 0 ? start : runStart;
            Track(html.ToString(start, html.Length - start), open);
            if (open.Count == 0)
            {
                Clean(html, runStart, layout, showTargets);
                runStart = -1;
            }
        }

        if (runStart >= 0)
        {
            Clean(html, runStart, layout, showTargets);
        }

        return html.ToString();
    }

    /// <summary>Puts what was hidden from the parser in its place; false where nothing was.</summary>
    private static bool Show(StringBuilder html, int from)
    {
        string written = html.ToString(from, html.Length - from);
        if (!HiddenHtml.IsIn(written))
        {
            return false;
        }

        html.Length = from;
        html.Append(HiddenHtml.Show(written));
        return true;
    }

    private void Clean(StringBuilder html, int from, TextLayout layout, bool showTargets)
    {
        string raw = html.ToString(from, html.Length - from);
        html.Length = from;
        html.Append(cleaner.Clean(raw, targets, new HtmlText(layout, showTargets), out bool tooDeep));
        FoundTooDeep |= tooDeep;
    }

    private static void Track(string html, List<string> open)
    {
        TagScanner scanner = new(html);
        while (scanner.Next(out Tag tag))
        {
            if (tag.IsClosing)
            {
                int opener = open.LastIndexOf(tag.Name);
                if (opener >= 0)
                {
                    open.RemoveRange(opener, open.Count - opener);
                }
            }
            else if (!tag.IsEmpty && open.Count <= HtmlSource.Deepest && !ClosedByThemselves.Contains(tag.Name))
            {
                open.Add(tag.Name);
            }
        }
    }
}
