using System.Globalization;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Syndication.Content.Kramdown;

/// <summary>
/// Decides for each item of a list whether its first text is a paragraph, as kramdown does: where a blank line follows it.
/// (CommonMark decides for the whole list.)
/// </summary>
internal static class ItemParagraphs
{
    private static readonly object Bare = new();

    public static bool IsBare(Block? block) => block is ParagraphBlock && block.ContainsData(Bare);

    public static void Decide(IReadOnlyList<ListBlock> lists, string source)
    {
        foreach (ListBlock list in lists)
        {
            bool anyBare = list.Count == 1;
            for (int i = 0; i < list.Count; i++)
            {
                ListItemBlock item = (ListItemBlock)list[i];
                if (item.Count == 0 || item[0] is not ParagraphBlock first)
                {
                    anyBare = true;
                    continue;
                }

                bool isLast = i == list.Count - 1;
                bool mayBe = !BlankFollows(source, first.Span.End) || isLast && item.Count == 1;
                if (mayBe && (!isLast || anyBare))
                {
                    first.SetData(Bare, true);
                    anyBare = true;
                }
            }

            list.IsLoose = list.Any(item => item is ListItemBlock { Count: > 0 } some && some[0] is ParagraphBlock && !IsBare(some[0]));
        }
    }

    private static bool BlankFollows(string source, int end)
    {
        int line = source.IndexOf('\n', Math.Clamp(end, 0, source.Length));
        if (line < 0)
        {
            return false;
        }

        for (int i = line + 1; i < source.Length; i++)
        {
            if (source[i] == '\n')
            {
                return true;
            }

            if (source[i] is not (' ' or '\t' or '>'))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Lists with the paragraphs that <see cref="ItemParagraphs"/> decided on.</summary>
internal sealed class KramdownListRenderer : HtmlObjectRenderer<ListBlock>
{
    protected override void Write(HtmlRenderer renderer, ListBlock list)
    {
        string tag = list.IsOrdered ? "ol" : "ul";
        renderer.EnsureLine();
        renderer.Write('<').Write(tag);
        if (list.IsOrdered && int.TryParse(list.OrderedStart, CultureInfo.InvariantCulture, out int start) && start != 1)
        {
            renderer.Write(string.Create(CultureInfo.InvariantCulture, $" start=\"{start}\""));
        }

        renderer.WriteAttributes(list);
        renderer.WriteLine('>');
        bool outer = renderer.ImplicitParagraph;
        foreach (ListItemBlock item in list.OfType<ListItemBlock>())
        {
            renderer.EnsureLine();
            renderer.Write("<li");
            renderer.WriteAttributes(item);
            renderer.Write('>');
            foreach (Block child in item)
            {
                renderer.ImplicitParagraph = ItemParagraphs.IsBare(child);
                renderer.Write(child);
            }

            renderer.WriteLine("</li>");
        }

        renderer.ImplicitParagraph = outer;
        renderer.WriteLine($"</{tag}>");
    }
}
