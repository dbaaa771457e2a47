using Markdig.Extensions.DefinitionLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Syndication.Content.Kramdown;

/// <summary>Lists, in which each item's paragraphs say for themselves whether they are bare.</summary>
internal sealed class KramdownListRenderer : HtmlObjectRenderer<ListBlock>
{
    protected override void Write(HtmlRenderer renderer, ListBlock list)
    {
        string tag = list.IsOrdered ? "ol" : "ul";
        renderer.EnsureLine();
        renderer.Write('<').Write(tag);
        renderer.WriteAttributes(list);
        renderer.WriteLine('>');
        foreach (ListItemBlock item in list.OfType<ListItemBlock>())
        {
            renderer.EnsureLine();
            renderer.Write("<li");
            renderer.WriteAttributes(item);
            renderer.Write('>');
            renderer.WriteChildren(item);
            renderer.WriteLine("</li>");
        }

        renderer.WriteLine($"</{tag}>");
    }
}

/// <summary>A paragraph, or its text alone where it is bare.</summary>
internal sealed class TextParagraphRenderer : HtmlObjectRenderer<TextParagraph>
{
    protected override void Write(HtmlRenderer renderer, TextParagraph paragraph)
    {
        if (paragraph.IsBare)
        {
            renderer.WriteLeafInline(paragraph);
            return;
        }

        renderer.EnsureLine();
        if (Standalone(paragraph) is LinkInline image)
        {
            renderer.Write("<figure").WriteAttributes(paragraph).Write('>');
            renderer.Write(image);
            renderer.Write("<figcaption>");
            renderer.WriteChildren(image);
            renderer.WriteLine("</figcaption></figure>");
            return;
        }

        renderer.Write("<p");
        renderer.WriteAttributes(paragraph);
        renderer.Write('>');
        renderer.WriteLeafInline(paragraph);
        renderer.WriteLine("</p>");
    }

    private static LinkInline? Standalone(TextParagraph paragraph) =>
        paragraph.Inline?.FirstChild is LinkInline { NextSibling: null } only && only.ContainsData(AttributeApplication.StandaloneMark) ? only : null;
}

/// <summary>Definition lists: terms, and what is said of them.</summary>
internal sealed class KramdownDefinitionListRenderer : HtmlObjectRenderer<DefinitionList>
{
    protected override void Write(HtmlRenderer renderer, DefinitionList list)
    {
        renderer.EnsureLine();
        renderer.Write("<dl");
        renderer.WriteAttributes(list);
        renderer.WriteLine('>');
        foreach (Block block in list.OfType<DefinitionItem>().SelectMany(item => item))
        {
            renderer.EnsureLine();
            if (block is DefinitionTerm term)
            {
                renderer.Write("<dt");
                renderer.WriteAttributes(term);
                renderer.Write('>');
                renderer.WriteLeafInline(term);
                renderer.WriteLine("</dt>");
            }
            else
            {
                renderer.Write("<dd");
                renderer.WriteAttributes(block);
                renderer.Write('>');
                renderer.WriteChildren((ContainerBlock)block);
                renderer.WriteLine("</dd>");
            }
        }

        renderer.WriteLine("</dl>");
    }
}

/// <summary>An HTML element with what is in it; the cleaner sees to it.</summary>
internal sealed class HtmlElementRenderer : HtmlObjectRenderer<HtmlElementBlock>
{
    protected override void Write(HtmlRenderer renderer, HtmlElementBlock element)
    {
        renderer.Write(element.Opening);
        renderer.WriteChildren(element);
        renderer.Write(element.Closing);
        if (element.Parent is not HtmlElementBlock)
        {
            renderer.WriteLine();
        }
    }
}

/// <summary>A piece of raw HTML as it was written, without a line end of its own: what follows may belong to the same line.</summary>
internal sealed class RawHtmlRenderer : HtmlObjectRenderer<HtmlBlock>
{
    protected override void Write(HtmlRenderer renderer, HtmlBlock html)
    {
        renderer.WriteLeafRawLines(html, writeEndOfLines: false, escape: false);
        if (html.Parent is not HtmlElementBlock)
        {
            renderer.WriteLine();
        }
    }
}

/// <summary>The same within a text.</summary>
internal sealed class HtmlSpanRenderer : HtmlObjectRenderer<HtmlSpan>
{
    protected override void Write(HtmlRenderer renderer, HtmlSpan span)
    {
        renderer.Write(span.Opening);
        renderer.WriteChildren(span);
        renderer.Write(span.Closing);
    }
}
