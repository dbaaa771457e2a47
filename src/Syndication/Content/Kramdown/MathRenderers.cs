using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Syndication.Content.Kramdown;

/// <summary>Mathematics as its source between \( and \), as kramdown leaves it to MathJax; between dollars where the site has no engine.</summary>
internal sealed class MathInlineRenderer(bool hasEngine) : HtmlObjectRenderer<MathInline>
{
    protected override void Write(HtmlRenderer renderer, MathInline math)
    {
        renderer.Write(hasEngine ? "\\(" : "$").WriteEscape(ref math.Content).Write(hasEngine ? "\\)" : "$");
    }
}

/// <summary>A block of mathematics as its source between \[ and \], or between two dollars.</summary>
internal sealed class MathBlockRenderer(bool hasEngine) : HtmlObjectRenderer<MathBlock>
{
    protected override void Write(HtmlRenderer renderer, MathBlock math)
    {
        renderer.EnsureLine();
        renderer.Write(hasEngine ? "<div>\\[" : "<div>$$\n");
        renderer.WriteLeafRawLines(math, writeEndOfLines: false, escape: true);
        renderer.WriteLine(hasEngine ? "\\]</div>" : "\n$$</div>");
    }
}
