using System.Globalization;
using System.Net;
using Markdig.Extensions.Footnotes;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Syndication.Content.Kramdown;

/// <summary>The footnotes at the end, as kramdown and Hugo mark them up, with addresses that hold outside of the page.</summary>
/// <param name="isHugo">A rule stands above them and they are named by number; else, as in kramdown, by their names.</param>
internal sealed class FootnotesRenderer(bool isHugo) : HtmlObjectRenderer<FootnoteGroup>
{
    protected override void Write(HtmlRenderer renderer, FootnoteGroup notes)
    {
        renderer.EnsureLine();
        renderer.WriteLine("<div class=\"footnotes\">");
        if (isHugo)
        {
            renderer.WriteLine("<hr />");
        }

        renderer.WriteLine("<ol>");
        foreach (Footnote note in notes.OfType<Footnote>())
        {
            renderer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"<li id=\"fn:{FootnoteLinkRenderer.NameOf(note, isHugo)}\">"));
            foreach (Block block in note)
            {
                if (isHugo && block is ParagraphBlock { Inline: ContainerInline inline } && inline.All(i => i is FootnoteLink { IsBackLink: true }))
                {
                    renderer.WriteChildren(inline);
                }
                else
                {
                    renderer.Write(block);
                }
            }

            renderer.WriteLine("</li>");
        }

        renderer.WriteLine("</ol>");
        renderer.WriteLine("</div>");
    }
}

/// <summary>The number in the text that leads to a footnote, and the arrow that leads back.</summary>
internal sealed class FootnoteLinkRenderer(string page, bool isHugo) : HtmlObjectRenderer<FootnoteLink>
{
    /// <summary>What the addresses of a footnote and of its uses end in.</summary>
    public static string NameOf(Footnote note, bool isHugo) =>
        isHugo || note.Label is null ? string.Create(CultureInfo.InvariantCulture, $"{note.Order}") : WebUtility.HtmlEncode(note.Label);

    protected override void Write(HtmlRenderer renderer, FootnoteLink link)
    {
        int order = link.Footnote.Order;
        string name = NameOf(link.Footnote, isHugo);
        int use = link.Footnote.Links.Where(other => other.IsBackLink == link.IsBackLink).TakeWhile(other => other != link).Count();
        string mark = use == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{use}");
        if (link.IsBackLink)
        {
            renderer.Write(use == 0 ? "\u00A0" : " ");
            renderer.Write($"<a href=\"{page}#fnref:{mark}\" class=\"reversefootnote\">&#8617;");
            renderer.Write(use == 0 ? "</a>" : string.Create(CultureInfo.InvariantCulture, $"<sup>{use + 1}</sup></a>"));
        }
        else
        {
            renderer.Write($"<sup id=\"fnref:{mark}\"><a href=\"{page}#fn:{name}\" class=\"footnote\" rel=\"footnote\">{order}</a></sup>");
        }
    }
}
