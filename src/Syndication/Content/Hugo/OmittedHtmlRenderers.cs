using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Syndication.Content.Hugo;

/// <summary>Leaves out a block of HTML, as Hugo does unless markup.goldmark.renderer.unsafe is true.</summary>
internal sealed class OmittedHtmlBlockRenderer : HtmlBlockRenderer
{
    protected override void Write(HtmlRenderer renderer, HtmlBlock html)
    {
    }
}

/// <summary>Leaves out the tags of HTML within a text; what they enclose stays.</summary>
internal sealed class OmittedHtmlInlineRenderer : HtmlInlineRenderer
{
    protected override void Write(HtmlRenderer renderer, HtmlInline html)
    {
    }
}
