using Markdig.Helpers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Syndication.Content.Kramdown;

namespace Syndication.Content;

/// <summary>A parsed body, and in it what the steps after parsing have to do with: found in one walk.</summary>
internal sealed class BodyTree
{
    private readonly HashSet<Block> _withRawHtml = [];
    private readonly bool _withDashes;

    /// <param name="document">The parsed document; nothing else holds it.</param>
    /// <param name="withDashes">Whether two and three hyphens are dashes.</param>
    public BodyTree(MarkdownDocument document, bool withDashes)
    {
        Document = document;
        _withDashes = withDashes;
        List<MarkdownObject> comments = [];
        foreach (Block block in document)
        {
            Visit(block, block, comments);
        }

        foreach (MarkdownObject comment in comments)
        {
            (comment as Inline)?.Remove();
            (comment as Block)?.Parent?.Remove((Block)comment);
        }
    }

    public MarkdownDocument Document { get; }

    /// <summary>True when the source has HTML that was hidden from the parser.</summary>
    public bool HidesHtml { get; init; }

    public List<AttributeListBlock> AttributeBlocks { get; } = [];

    public List<AttributeListInline> AttributeInlines { get; } = [];

    public List<HeadingBlock> Headings { get; } = [];

    public List<ListBlock> Lists { get; } = [];

    /// <summary>True when a block of the document holds HTML that somebody wrote, at any depth.</summary>
    public bool HasRawHtml(Block block) => _withRawHtml.Contains(block);

    /// <summary>Makes every link and image of the tree absolute; what may not be shown loses its target and keeps its text.</summary>
    public void Resolve(LinkTargets targets)
    {
        foreach (MarkdownObject found in Document.Descendants().Where(o => o is LinkInline or AutolinkInline).ToList())
        {
            switch (found)
            {
                case LinkInline link:
                    string? url = link.GetDynamicUrl?.Invoke() ?? link.Url;
                    link.GetDynamicUrl = null;
                    link.Url = link.IsImage ? targets.Image(url) : targets.Link(url);
                    if (link.Url is null)
                    {
                        link.ReplaceBy(new ContainerInline());
                    }

                    break;
                case AutolinkInline { IsEmail: false } auto:
                    if (targets.Link(auto.Url) is string absolute)
                    {
                        auto.Url = absolute;
                    }
                    else
                    {
                        auto.ReplaceBy(new LiteralInline(auto.Url));
                    }

                    break;
                default:
                    break;
            }
        }
    }

    private void Visit(Block block, Block top, List<MarkdownObject> comments)
    {
        switch (block)
        {
            case HtmlBlock html:
                if (IsComment(html))
                {
                    comments.Add(html);
                }
                else
                {
                    _withRawHtml.Add(top);
                }

                break;
            case AttributeListBlock list:
                AttributeBlocks.Add(list);
                break;
            case HtmlElementBlock element:
                _withRawHtml.Add(top);
                foreach (Block child in element)
                {
                    Visit(child, top, comments);
                }

                break;
            case LeafBlock leaf:
                if (leaf is HeadingBlock heading)
                {
                    Headings.Add(heading);
                }

                Visit(leaf.Inline, top, comments);
                break;
            case ContainerBlock container:
                if (container is ListBlock found)
                {
                    Lists.Add(found);
                }

                foreach (Block child in container)
                {
                    Visit(child, top, comments);
                }

                break;
            default:
                break;
        }
    }

    private void Visit(ContainerInline? inlines, Block top, List<MarkdownObject> comments)
    {
        for (Inline? inline = inlines?.FirstChild; inline is not null; inline = inline.NextSibling)
        {
            switch (inline)
            {
                case LiteralInline literal when _withDashes && literal.Content.AsSpan().Contains("--", StringComparison.Ordinal):
                    // Not while parsing: a row of dashes may be the rule below a table's head.
                    string text = literal.Content.ToString();
                    int from = literal.IsFirstCharacterEscaped ? 1 : 0;
                    literal.Content = new StringSlice(text[..from] + text[from..]
                        .Replace("---", "\u2014", StringComparison.Ordinal).Replace("--", "\u2013", StringComparison.Ordinal));
                    break;
                case LinkInline { IsAutoLink: true }:
                    break;
                case AttributeListInline list:
                    AttributeInlines.Add(list);
                    break;
                case HtmlInline html when html.Tag.StartsWith("<!--", StringComparison.Ordinal):
                    comments.Add(html);
                    break;
                case HtmlInline:
                    _withRawHtml.Add(top);
                    break;
                case HtmlSpan element:
                    _withRawHtml.Add(top);
                    Visit((ContainerInline)element, top, comments);
                    break;
                case ContainerInline container:
                    Visit(container, top, comments);
                    break;
                default:
                    break;
            }
        }
    }

    private static bool IsComment(HtmlBlock html)
    {
        string text = html.Lines.ToString().Trim();
        return text.StartsWith("<!--", StringComparison.Ordinal) && text.IndexOf("-->", StringComparison.Ordinal) == text.Length - 3;
    }
}
