using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Syndication.Content.Kramdown;

/// <summary>Mathematics as its source between \( and \), as kramdown leaves it to MathJax.</summary>
internal sealed class MathInlineRenderer : HtmlObjectRenderer<MathInline>
{
    protected override void Write(HtmlRenderer renderer, MathInline math)
    {
        renderer.Write("\\(").WriteEscape(ref math.Content).Write("\\)");
    }
}

/// <summary>A block of mathematics as its source between \[ and \].</summary>
internal sealed class MathBlockRenderer : HtmlObjectRenderer<MathBlock>
{
    protected override void Write(HtmlRenderer renderer, MathBlock math)
    {
        renderer.EnsureLine();
        renderer.Write("<div>\\[");
        renderer.WriteLeafRawLines(math, writeEndOfLines: false, escape: true);
        renderer.WriteLine("\\]</div>");
    }
}
