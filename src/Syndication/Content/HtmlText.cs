using System.Globalization;
using AngleSharp.Dom;

namespace Syndication.Content;

/// <summary>A cleaned tree of HTML as plain text, in the same layout as Markdown's.</summary>
/// <param name="layout">Where the text goes.</param>
/// <param name="showTargets">Whether a link's address follows its text.</param>
internal sealed class HtmlText(TextLayout layout, bool showTargets)
{
    public void WriteParagraph(string text)
    {
        layout.Block();
        layout.Write(text);
        layout.Block();
    }

    /// <summary>The children of a node. The tree's depth is bounded by <see cref="HtmlSource.Deepest"/>.</summary>
    public void Write(INode parent)
    {
        foreach (INode node in parent.ChildNodes)
        {
            if (node is IText text)
            {
                layout.Write(text.Data);
            }
            else if (node is IElement element)
            {
                Write(element);
            }
        }
    }

    private void Write(IElement element)
    {
        switch (element.LocalName)
        {
            case "br":
                layout.Line();
                break;
            case "hr":
                WriteParagraph("* * *");
                break;
            case "img":
                layout.Write($"[{element.GetAttribute("alt")}]");
                break;
            case "input":
                layout.Write(element.HasAttribute("checked") ? "[x] " : "[ ] ");
                break;
            case "a":
                Link(element);
                break;
            case "pre":
                layout.Block();
                layout.Enter("    ", "    ");
                layout.WriteVerbatim(element.TextContent);
                layout.Leave();
                layout.Block();
                break;
            case "ul" or "ol":
                List(element);
                break;
            case "blockquote":
                Nested(element, "> ");
                break;
            case "dd":
                layout.Line();
                layout.Enter("  ", "  ");
                Write((INode)element);
                layout.Leave();
                layout.Line();
                break;
            case "dt" or "tr" or "summary" or "figcaption" or "caption":
                layout.Line();
                Write((INode)element);
                layout.Line();
                break;
            case "td" or "th":
                if (element.PreviousElementSibling is not null)
                {
                    layout.Write(" | ");
                }

                Write((INode)element);
                break;
            case "p" or "div" or "section" or "article" or "aside" or "header" or "footer" or "main" or "nav" or "figure" or "table"
                or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "dl" or "details" or "center" or "address":
                layout.Block();
                Write((INode)element);
                layout.Block();
                break;
            default:
                Write((INode)element);
                break;
        }
    }

    private void Nested(IElement element, string prefix)
    {
        layout.Block();
        layout.Enter(prefix, prefix);
        Write((INode)element);
        layout.Leave();
        layout.Block();
    }

    private void List(IElement list)
    {
        bool close = !list.Children.Any(item => item.Children.Any(child => child.LocalName == "p"));
        int number = int.TryParse(list.GetAttribute("start"), CultureInfo.InvariantCulture, out int start) ? start : 1;
        layout.EnterList(close);
        foreach (IElement item in list.Children)
        {
            string bullet = list.LocalName == "ol" ? string.Create(CultureInfo.InvariantCulture, $"{number++}. ") : "- ";
            layout.Block();
            layout.Enter(bullet, new string(' ', bullet.Length));
            Write((INode)item);
            layout.Leave();
        }

        layout.LeaveList(close);
    }

    private void Link(IElement link)
    {
        Write((INode)link);
        string? url = link.GetAttribute("href");
        if (showTargets && url is not null && !url.EndsWith(link.TextContent.Trim(), StringComparison.Ordinal))
        {
            layout.Write($" ({url})");
        }
    }
}
