using System.Text;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Syndication.Templating;

/// <summary>Shortens HTML at the end of a block, so that no sentence, table row or list item is broken off in its middle.</summary>
internal static class HtmlCut
{
    /// <summary>Elements that are looked into for a place to cut; all others stay or go as a whole.</summary>
    private static readonly HashSet<string> Containers = new(StringComparer.Ordinal)
    {
        "div", "section", "article", "main", "ul", "ol", "dl", "blockquote", "table", "tbody", "center", "details",
    };

    /// <summary>The first blocks of a fragment, as many as fit; empty when not even the first one does.</summary>
    /// <param name="html">A fragment, such as a post's body.</param>
    /// <param name="most">Most bytes of the result, in UTF-8.</param>
    public static string First(string html, int most)
    {
        using IHtmlDocument document = new HtmlParser().ParseDocument("<!doctype html><html><body>" + html);
        IHtmlElement body = document.Body!;
        Shorten(body, most);
        return body.InnerHtml.TrimEnd();
    }

    private static void Shorten(INode parent, int left)
    {
        bool isFull = false;
        foreach (INode child in parent.ChildNodes.ToList())
        {
            int size = isFull ? 0 : Encoding.UTF8.GetByteCount(child.ToHtml());
            if (!isFull && size <= left)
            {
                left -= size;
                continue;
            }

            if (!isFull && child is IElement element && Containers.Contains(element.LocalName))
            {
                Shorten(element, left - Encoding.UTF8.GetByteCount(element.ToHtml()) + Encoding.UTF8.GetByteCount(element.InnerHtml));
                if (element.ChildElementCount > 0)
                {
                    isFull = true;
                    continue;
                }
            }

            isFull = true;
            child.RemoveFromParent();
        }

        if (isFull)
        {
            WithoutLooseEnd(parent);
        }
    }

    /// <summary>A heading or a rule announces what has been cut off.</summary>
    private static void WithoutLooseEnd(INode parent)
    {
        while (parent.LastChild is INode last && (last is IText text ? string.IsNullOrWhiteSpace(text.Data) : IsAnnouncement(last)))
        {
            last.RemoveFromParent();
        }
    }

    private static bool IsAnnouncement(INode node) => node is IElement { LocalName: "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "hr" };
}
