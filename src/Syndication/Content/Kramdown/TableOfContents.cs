using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Syndication.Content.Kramdown;

/// <summary>Puts the table of contents in the place of a list marked {:toc}: the headings below, those marked no_toc left out.</summary>
internal static class TableOfContents
{
    public static void Insert(IReadOnlyList<ListBlock> lists, IReadOnlyList<HeadingBlock> headings, int firstLevel = 1, int lastLevel = 6)
    {
        foreach (ListBlock list in lists)
        {
            if (!list.ContainsData(AttributeApplication.ContentsMark) || list.Parent is not ContainerBlock parent)
            {
                continue;
            }

            List<HeadingBlock> shown = [.. headings.Where(h => h.Level >= firstLevel && h.Level <= lastLevel && h.TryGetAttributes() is { Id: not null } a && a.Classes?.Contains("no_toc") != true)];
            int at = parent.IndexOf(list);
            parent.RemoveAt(at);
            if (shown.Count > 0)
            {
                int next = 0;
                ListBlock contents = Level(list, shown, ref next, shown.Min(h => h.Level));
                contents.GetAttributes().Id = "markdown-toc";
                parent.Insert(at, contents);
            }
        }
    }

    private static ListBlock Level(ListBlock like, List<HeadingBlock> headings, ref int next, int level)
    {
        ListBlock list = new(like.Parser!) { IsOrdered = like.IsOrdered, BulletType = like.BulletType, Span = like.Span };
        while (next < headings.Count && headings[next].Level >= level)
        {
            if (headings[next].Level == level || list.Count == 0)
            {
                list.Add(Entry(like, headings[next]));
                next++;
            }
            else
            {
                ((ListItemBlock)list.LastChild!).Add(Level(like, headings, ref next, headings[next].Level));
            }
        }

        return list;
    }

    private static ListItemBlock Entry(ListBlock like, HeadingBlock heading)
    {
        LinkInline link = new() { Url = "#" + heading.GetAttributes().Id };
        link.AppendChild(new LiteralInline(HeadingIds.TextOf(heading)));
        ContainerInline inlines = new();
        inlines.AppendChild(link);
        ListItemBlock item = new(like.Parser!);
        item.Add(new TextParagraph { Inline = inlines, IsBare = true });
        return item;
    }
}
