using Markdig.Extensions.Footnotes;
using Markdig.Syntax;

namespace Syndication.Content.Kramdown;

/// <summary>Puts the footnotes in the place of a list marked {:footnotes}, where there is one.</summary>
internal static class FootnotePlace
{
    public static void Move(MarkdownDocument document, IReadOnlyList<ListBlock> lists)
    {
        if (lists.FirstOrDefault(l => l.ContainsData(AttributeApplication.FootnotesMark)) is not { Parent: ContainerBlock parent } list)
        {
            return;
        }

        int at = parent.IndexOf(list);
        parent.RemoveAt(at);
        if (document.LastChild is FootnoteGroup group)
        {
            document.Remove(group);
            parent.Insert(at, group);
        }
    }
}
