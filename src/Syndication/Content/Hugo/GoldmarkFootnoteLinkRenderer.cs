using Markdig.Extensions.Footnotes;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Syndication.Content.Hugo;

/// <summary>The number in the text that leads to a footnote, and the arrow that leads back, with Goldmark's ids.</summary>
/// <param name="page">The post's absolute address: links of a feed or a mail lead to the page.</param>
internal sealed class GoldmarkFootnoteLinkRenderer(string page) : HtmlObjectRenderer<FootnoteLink>
{
    protected override void Write(HtmlRenderer renderer, FootnoteLink link)
    {
        int order = link.Footnote.Order;
        int use = link.Footnote.Links.TakeWhile(other => other.Index != link.Index).Count();
        string mark = use == 0 ? $"fnref:{order}" : $"fnref{use}:{order}";
        renderer.Write(link.IsBackLink
            ? $"\u00A0<a href=\"{page}#{mark}\" class=\"footnote-backref\">\u21A9\uFE0E</a>"
            : $"<sup id=\"{mark}\"><a href=\"{page}#fn:{order}\" class=\"footnote-ref\">{order}</a></sup>");
    }
}
