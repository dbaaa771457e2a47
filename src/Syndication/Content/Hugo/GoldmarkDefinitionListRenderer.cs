using Markdig.Extensions.DefinitionLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Syndication.Content.Hugo;

/// <summary>Writes definition lists as Goldmark does.</summary>
internal sealed class GoldmarkDefinitionListRenderer : HtmlObjectRenderer<DefinitionList>
{
    protected override void Write(HtmlRenderer renderer, DefinitionList list)
    {
        renderer.EnsureLine();
        renderer.WriteLine("<dl>");
        foreach (GoldmarkDefinition definition in list.OfType<GoldmarkDefinition>())
        {
            foreach (DefinitionTerm term in definition.OfType<DefinitionTerm>())
            {
                renderer.Write("<dt>");
                renderer.WriteLeafInline(term);
                renderer.WriteLine("</dt>");
            }

            renderer.Write("<dd>");
            bool isBare = definition.IsTight;
            foreach (Block block in definition.Where(b => b is not DefinitionTerm))
            {
                bool implicitBefore = renderer.ImplicitParagraph;
                renderer.ImplicitParagraph = isBare && block is ParagraphBlock;
                isBare &= block is not ParagraphBlock;
                renderer.Write(block);
                renderer.ImplicitParagraph = implicitBefore;
            }

            renderer.WriteLine("</dd>");
        }

        renderer.WriteLine("</dl>");
    }
}
